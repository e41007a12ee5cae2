"""A table whose headings nobody foresaw: a person says which column is what, with a guess filled in."""

import pytest

from tests.engines.tables.samples import workbook
from traektoria.engines.questionbanks import UnreadableBank, ask_columns, read

CAPITALS = [
    ["№", "Что спросить у учителя", "А", "Б", "В", "Эталон", "Сколько дать", "Кто придумал"],
    ["1", "Столица Франции?", "Париж", "Рим", "Лондон", "А", "2", "методист"],
    ["2", "Столица Италии?", "Париж", "Рим", "Лондон", "Б", "1", "методист"],
]
OURS = {
    "№": "", "что спросить у учителя": "text", "а": "answer", "б": "answer", "в": "answer", "эталон": "key",
    "сколько дать": "max_score", "кто придумал": "",
}  # fmt: skip


def test_a_table_with_headings_of_its_own_is_asked_about() -> None:
    content = workbook({"Лист1": CAPITALS})
    with pytest.raises(UnreadableBank) as refused:
        read(content, "bank.xlsx")
    assert refused.value.code == "no_header"
    asked = ask_columns(content, "bank.xlsx")
    assert [(one.letter, one.guess) for one in asked] == [
        ("A", ""), ("B", "text"), ("C", "answer"), ("D", "answer"), ("E", "answer"), ("F", "key"), ("G", ""), ("H", ""),
    ]  # fmt: skip
    assert asked[1].samples == ("Столица Франции?", "Столица Италии?")


def test_what_was_said_is_how_it_is_read() -> None:
    content = workbook({"Лист1": CAPITALS, "Лист2": CAPITALS})
    bank = read(content, "bank.xlsx", told=OURS)
    assert [
        (question.text, [option.text for option in question.options if option.fraction > 0], question.max_score)
        for question in bank.questions
    ] == [("Столица Франции?", ["Париж"], 2), ("Столица Италии?", ["Рим"], 1)] * 2
    assert not [problem for problem in bank.problems if problem.code in ("unknown_column", "repeated_column")]
    assert [one.guess for one in ask_columns(content, "bank.xlsx", OURS)] == list(OURS.values())


def test_what_was_understood_can_be_understood_otherwise() -> None:
    rows = [["Вопрос", "Ответ 1", "Ответ 2", "Ключ", "Пояснение"], ["Кто?", "я", "он", "1", "тема: люди"]]
    content = workbook({"Лист1": rows})
    assert [one.guess for one in ask_columns(content, "b.xlsx")] == ["text", "answer", "answer", "key", "feedback"]
    (question,) = read(content, "b.xlsx", told={"пояснение": "topic"}).questions
    assert (question.feedback, [(tag.name, tag.value) for tag in question.tags]) == ("", [("topic", "тема: люди")])


def test_a_csv_and_what_is_no_table() -> None:
    lines = "Формулировка задачи;Дистрактор 1;Дистрактор 2;Правильно\nДважды два?;четыре;пять;1\n".encode("cp1251")
    assert [one.guess for one in ask_columns(lines, "bank.csv")] == ["text", "answer", "answer", "key"]
    told = {one.key: one.guess for one in ask_columns(lines, "bank.csv")}
    (question,) = read(lines, "bank.csv", told=told).questions
    assert [option.text for option in question.options if option.fraction > 0] == ["четыре"]
    assert ask_columns("::Имя:: Сколько? {=2 ~3}".encode(), "bank.gift") == ()
    assert ask_columns(workbook({"Лист1": [["Просто текст"], ["и ещё"]]}), "bank.xlsx") == ()


def test_numbers_of_questions_are_not_the_question() -> None:
    rows = [["Номер вопроса", "Вопрос теста", "Вариант", "Номер верного"], ["1", "Сколько будет 2 + 2?", "4", "1"]]
    asked = ask_columns(workbook({"Лист1": rows}), "bank.xlsx")
    assert [one.guess for one in asked] == ["", "text", "answer", "key"]
