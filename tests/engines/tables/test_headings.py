"""Which rows and sheets are the table; what is not taken is listed with its reason."""

from typing import Any

import pytest

from tests.engines.tables.samples import Page, workbook
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.headings import Table, find_heading, table_at
from traektoria.engines.tables.workbook import read_workbook

HEAD = ["№", "Класс", "Ученик", "1", "2"]
ROWS = [[n, "5А", f"код {n}", 1, 0] for n in range(1, 5)]


def table(pages: dict[str, Any]) -> Table:
    book = read_workbook(workbook(pages), "a.xlsx")
    found = find_heading(book, lambda cells: True if {"Ученик", "1"} <= set(map(shown, cells)) else None)
    assert found is not None
    return table_at(book, found[0], naming=[1, 2])


def left(found: Table) -> list[tuple[int, str]]:
    return [(one.number, one.why) for one in found.left]


def names(found: Table) -> list[str]:
    return [line.cells[2] for line in found.lines]


NAMES = [row[2] for row in ROWS]


def test_titles_stand_over_the_headings_and_numbers_of_columns_under_them() -> None:
    found = table({"a": [["Отчёт"], [], HEAD, [1, 2, 3, 4, 5], *ROWS]})
    assert (found.number, left(found), names(found)) == (3, [(4, "numbers")], NAMES)


@pytest.mark.parametrize("again", [HEAD, ["№", "Класс", "УЧЕНИК", "1", "2"], ["№ ", "Класс:", "Ученик", "1", ""]])
def test_headings_in_the_middle_are_none_of_the_rows(again: list[str]) -> None:
    found = table({"a": [HEAD, *ROWS[:2], again, [1, 2, 3, 4, 5], *ROWS[2:]]})
    assert (left(found), names(found)) == ([(4, "heading"), (5, "numbers")], NAMES)


@pytest.mark.parametrize(
    "text",
    ["Итого", "ИТОГО:", "Всего по классу", "Средний балл", "Средняя отметка", "% выполнения", "Процент выполнения",
     "Максимальный балл", "Ср. балл", "Качество знаний, %", "Успеваемость", "Кол-во писавших", "Выполнили"],
)  # fmt: skip
def test_totals_are_told(text: str) -> None:
    found = table({"a": [HEAD, *ROWS, [text, None, None, 4, 0], [None, None, text, 4, 0]]})
    assert names(found)[:4] == NAMES
    assert left(found)[0] == (6, "total")


@pytest.mark.parametrize(
    "word", ["Итогов", "Максим", "Всеволодов", "Сумароков", "Средняя школа № 5", "Качалов", "Числов"]
)
def test_names_that_begin_like_totals_are_rows(word: str) -> None:
    found = table({"a": [HEAD, *ROWS, [word, "5А", word, 1, 1]]})
    assert (left(found), names(found)) == ([], [*NAMES, word])


@pytest.mark.parametrize(
    "row",
    [
        ["Учитель", None, "Примерова А. И."],
        ["Директор школы ______ / Образцов П. С. /"],
        ["Дата: 15.04.2026"],
        [None, "М. П."],
        ["Исполнитель: Выдумкина, 8-000-00-00"],
    ],
)
def test_signatures_are_told(row: list[Any]) -> None:
    found = table({"a": [HEAD, *ROWS, [], row]})
    assert (left(found), names(found)) == ([(7, "signature")], NAMES)


def test_sheets_with_the_same_columns_go_on_and_each_other_is_named() -> None:
    other = [["Лист второй"], HEAD, *ROWS[:2]]
    turned = [[*reversed(HEAD)], *([*reversed(row)] for row in ROWS[:1])]
    pages = {"5А": [HEAD, *ROWS], "5Б": other, "5В": turned, "Справка": [["x"]], "Пример": [HEAD, *ROWS], "Пустой": []}
    pages["Прошлый"] = Page([HEAD], state="hidden")
    found = table(pages)
    assert names(found) == [*NAMES, *NAMES[:2], NAMES[0]]
    assert [line.sheet for line in found.lines[4:]] == ["5Б", "5Б", "5В"]
    assert {(one.sheet, one.why) for one in found.unread} == {
        ("Справка", "other_columns"), ("Прошлый", "hidden"), ("Пример", "example"),
    }  # fmt: skip
    assert (found.letters("5А", 0), found.letters("5В", 0)) == ("A", "E")


def test_headings_of_two_storeys_are_one() -> None:
    upper, lower = ["№", "Класс", "Ученик", "Задания"], [None, None, None, "1", "2"]
    for page in (Page([upper, lower, *ROWS]), Page([upper, lower, *ROWS], merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1"])):
        found = table({"a": page})
        assert ([shown(cell) for cell in found.heading], names(found)) == (HEAD, NAMES)
