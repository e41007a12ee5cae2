"""Aiken: the format, its errors with lines, and what Russian files do with it."""

import pytest

from tests.engines.questionbanks.short_reads import aiken, found, only, weights
from traektoria.engines.questionbanks import FileFormat, QuestionKind, TextFormat


def test_both_ways_of_lettering() -> None:
    bank = aiken("""
        Первый вопрос
        A) да
        B) нет
        ANSWER: B

        Второй & <b>
        в две строки
        A. раз
        B. два
        C. три
        ANSWER: A
    """)
    assert bank.format is FileFormat.AIKEN
    assert [weights(question) for question in bank.questions] == [
        [("да", "0"), ("нет", "100")],
        [("раз", "100"), ("два", "0"), ("три", "0")],
    ]
    assert bank.questions[1].text == "Второй & <b>\nв две строки"
    assert bank.questions[1].text_format is TextFormat.PLAIN
    assert [question.number_line for question in bank.questions] == [1, 6]
    assert found(bank) == []


def test_errors_have_lines_and_good_questions_are_read() -> None:
    bank = aiken("""
        Мало ответов
        A) один
        ANSWER: A

        A) Без вопроса

        ANSWER: Тоже без вопроса

        Хороший
        A) верно
        B) нет
        ANSWER: A

        Не закончен
        A) раз
        B) два

        Второй хороший
        A)слитно
        B)тоже
        ANSWER: B
    """)
    assert [question.text for question in bank.questions] == ["Хороший", "Второй хороший"]
    assert found(bank) == [
        (2, "too_few_answers", True),
        (5, "option_without_question", True),
        (16, "no_answer_line", True),
        (19, "no_space_after_letter", False),
        (20, "no_space_after_letter", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В\nA) а\nB) б\nANSWER: C", [(4, "unknown_answer_letter", True)]),
        ("В\nA) а\nB) б\nANSWER: оба", [(4, "bad_answer_line", True)]),
        ("В\nA) а\nB) б\nANSWER:", [(4, "bad_answer_line", True)]),
        ("В\nANSWER: A", [(2, "answer_without_options", True)]),
        ("В\nA) а\nC) б\nANSWER: C", [(3, "option_out_of_order", False)]),
        ("В\nA) а\nещё\nB) б\nANSWER: A", [(3, "continued_option", False)]),
        ("В\nA) а\nB) б\nC) в\nANSWER: A, C", [(5, "several_answer_letters", False)]),
        ("В\nA) а\nB) б", [(3, "no_answer_line", True)]),
    ],
)
def test_problems(text: str, expected: list[tuple[int, str, bool]]) -> None:
    assert found(aiken(text)) == expected


def test_several_letters_make_several_answers() -> None:
    question = only(aiken("В\nA) а\nB) б\nC) в\nANSWER: AC"))
    assert (question.kind, weights(question)) == (QuestionKind.MULTIPLE, [("а", "50"), ("б", "0"), ("в", "50")])


@pytest.mark.parametrize("answer", ["ОТВЕТ: Б", "Правильный ответ: б", "Answer: Б)"])
def test_russian_letters(answer: str) -> None:
    assert weights(only(aiken(f"В\nА) а\nБ) б\nВ) в\n{answer}"))) == [("а", "0"), ("б", "100"), ("в", "0")]


def test_a_russian_letter_that_looks_latin() -> None:
    assert weights(only(aiken("Вопрос\nA) а\nB) б\nANSWER: В"))) == [("а", "0"), ("б", "100")]


def test_initials_begin_a_question() -> None:
    question = only(aiken("А. С. Пушкин родился в\nA) 1799\nB) 1812\nANSWER: A"))
    assert question.text == "А. С. Пушкин родился в"


def test_an_answer_that_goes_on() -> None:
    assert only(aiken("В\nA) а\nдальше\nB) б\nANSWER: A")).options[0].text == "а\nдальше"
