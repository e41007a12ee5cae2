"""The table of questions: our template, tables of others, errors with row and column."""

import io
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import xlsxwriter

from tests.engines.questionbanks.short_reads import only, weights
from traektoria.engines.questionbanks import (
    Bank,
    FileFormat,
    MarkingCriterion,
    MatchingPair,
    NumericRange,
    QuestionKind,
    Tag,
    UnreadableBank,
    read,
    template,
)
from traektoria.engines.questionbanks.table_columns import COLUMNS, EXAMPLES
from traektoria.engines.questionbanks.table_write import write_xlsx


def table(*rows: list[Any], sheet: str = "Вопросы") -> Bank:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return read(target.getvalue(), "bank.xlsx")


def of_titles(*rows: dict[str, Any]) -> Bank:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    return table(titles, *([row.get(title, "") for title in titles] for row in rows))


def test_examples_of_the_template_are_read_without_a_word() -> None:
    bank = of_titles(*EXAMPLES)
    assert bank.problems == ()
    assert bank.format is FileFormat.TABLE
    assert [question.kind for question in bank.questions] == [
        QuestionKind.SINGLE,
        QuestionKind.MULTIPLE,
        QuestionKind.SINGLE,
        QuestionKind.SHORT,
        QuestionKind.NUMERIC,
        QuestionKind.MATCHING,
        QuestionKind.ORDERING,
        QuestionKind.EXTENDED,
    ]
    single, multiple, truth, short, numeric, matching, ordering, extended = bank.questions
    assert weights(single) == [("пять", "0"), ("шесть", "100"), ("семь", "0")]
    assert single.tags == (Tag("kes", "1.4"), Tag("level", "Б"), Tag("topic", "Материки и океаны"))
    assert weights(multiple) == [("2", "50"), ("9", "-50"), ("11", "50")]
    assert weights(truth) == [("true", "100"), ("false", "0")]
    assert weights(short) == [("Париж", "100"), ("г. Париж", "100")]
    assert numeric.numeric == (NumericRange(Decimal("3.13"), Decimal("3.15")),)
    assert matching.pairs == (MatchingPair("Франция", "Париж"), MatchingPair("Италия", "Рим"))
    assert matching.distractors == ("Лондон",)
    assert ordering.order == ("один", "два", "три")
    assert extended.criteria == (
        MarkingCriterion("К1", "Критерии применены верно", Fraction(2)),
        MarkingCriterion("К2", "Оценка обоснована", Fraction(1)),
    )
    assert [question.number_line for question in bank.questions] == list(range(2, 10))


def test_the_template_is_an_empty_table() -> None:
    bank = read(template(), "template.xlsx")
    assert (bank.questions, [problem.code for problem in bank.problems]) == ((), ["empty_table"])


def test_headings_of_others_below_a_title() -> None:
    bank = table(
        ["Контрольная работа"],
        ["Текст задания", "Вариант А", "Вариант Б", "Правильный ответ", "Балл", "Учитель"],
        ["Сколько?", 1, 2.5, "Б", 2, "Иванова"],
    )
    assert weights(only(bank)) == [("1", "0"), ("2,5", "100")]
    assert only(bank).max_score == 2
    assert [(p.code, p.line, p.column) for p in bank.problems] == [
        ("unknown_column", 2, "F"),
        ("kind_guessed", 3, ""),
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"Ответ 1": "а", "Ответ 2": "б", "Верно": "2"}, QuestionKind.SINGLE),
        ({"Ответ 1": "а", "Ответ 2": "б", "Ответ 3": "в", "Верно": "1; 3"}, QuestionKind.MULTIPLE),
        ({"Ответ 1": "а", "Ответ 2": "б", "Ответ 3": "в", "Верно": "1,3"}, QuestionKind.MULTIPLE),
        ({"Ответ 1": "а", "Ответ 2": "б", "Верно": "б"}, QuestionKind.SINGLE),
        ({"Ответ 1": "а -> 1", "Ответ 2": "б → 2"}, QuestionKind.MATCHING),
        ({"Ответ 1": "Париж"}, QuestionKind.SHORT),
        ({"Ответ 1": "3,5"}, QuestionKind.NUMERIC),
        ({"Верно": "да"}, QuestionKind.SINGLE),
        ({"Верно": "Париж; г. Париж"}, QuestionKind.SHORT),
        ({"Верно": 12}, QuestionKind.NUMERIC),
        ({"Критерии": "К1 | а | 1"}, QuestionKind.EXTENDED),
    ],
)
def test_kind_is_guessed(row: dict[str, Any], kind: QuestionKind) -> None:
    bank = of_titles({"Вопрос": "В", "Тема": "т", **row})
    assert only(bank).kind is kind
    assert [problem.code for problem in bank.problems] == ["kind_guessed"]


def test_order_by_the_key() -> None:
    row = {"Вопрос": "В", "Тип": "порядок", "Ответ 1": "два", "Ответ 2": "три", "Ответ 3": "один", "Верно": "3, 1, 2"}
    assert only(of_titles(row)).order == ("один", "два", "три")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"Тип": "загадка"}, "unknown_kind", "B"),
        ({"Тип": "один ответ", "Ответ 1": "а", "Ответ 2": "б", "Верно": "3"}, "bad_key", "E"),
        ({"Тип": "один ответ", "Ответ 1": "а", "Ответ 2": "б", "Верно": ""}, "bad_key", "E"),
        ({"Тип": "число", "Ответ 1": "пять"}, "not_a_number", "C"),
        ({"Тип": "соответствие", "Ответ 1": "а -> б", "Ответ 2": "в"}, "bad_pair", "D"),
        ({"Тип": "эссе", "Критерии": "К1"}, "bad_criterion", "C"),
        ({"Тип": "эссе", "Баллы": "много"}, "bad_score", "C"),
        ({"Тип": "верно/неверно", "Верно": "может быть"}, "bad_key", "C"),
        ({"Тип": "порядок", "Ответ 1": "а", "Ответ 2": "б", "Верно": "1; 1"}, "bad_key", "E"),
    ],
)
def test_errors_name_row_and_column(row: dict[str, Any], code: str, column: str) -> None:
    bank = of_titles({"Вопрос": "В", **row}, {"Вопрос": "Дальше", "Тип": "эссе"})
    assert [(p.code, p.line, p.column, p.fatal) for p in bank.problems] == [(code, 2, column, True)]
    assert only(bank).text == "Дальше"


def test_row_without_a_question() -> None:
    bank = of_titles({"Вопрос": "", "Тип": "эссе", "Тема": "т"})
    assert [(p.code, p.line, p.column) for p in bank.problems] == [("no_text", 2, "A")]


def test_csv() -> None:
    bank = read("Вопрос;Ответ 1;Ответ 2;Верно;Тип\nСколько?;1;2;1;один ответ\n".encode("cp1251"), "bank.csv")
    assert weights(only(bank)) == [("1", "100"), ("2", "0")]


def test_no_headings() -> None:
    with pytest.raises(UnreadableBank) as refusal:
        table(["а", "б"], ["в", "г"])
    assert refusal.value.code == "no_header"


def test_formulas_of_strangers_stay_texts() -> None:
    bank = of_titles({"Вопрос": "В", "Тип": "краткий ответ", "Ответ 1": "x"})
    question = only(read(b"::=cmd|' /C calc'!A0:: =1+1 {=\\=2+2}", "bank.gift"))
    again = only(read(write_xlsx([question]), "bank.xlsx"))
    assert (again.text, again.accepted[0].text, bank.problems) == ("=1+1", "=2+2", ())


def test_a_text_longer_than_a_cell_is_refused() -> None:
    question = only(read(("а" * 40_000 + "{}").encode(), "bank.gift"))
    with pytest.raises(ValueError, match="longer than a cell"):
        write_xlsx([question])


def test_titles_are_unique() -> None:
    titles = [title for column in COLUMNS for title in (column.title.lower(), *column.synonyms)]
    assert len(titles) == len(set(titles))
