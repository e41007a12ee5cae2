"""Lesson calendars as they come: columns in any order, merged headings, sections, totals; the rest is named."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.lessons.samples import HEADS, START, grid, pasted
from traektoria.engines.lessons.dates import days_of
from traektoria.engines.lessons.model import Say, Scope
from traektoria.engines.lessons.reader import MOST_LESSONS as MOST
from traektoria.engines.lessons.reader import read_calendar
from traektoria.engines.plantables.model import Paper, Paragraph, Place, Where, WhyLeftOut
from traektoria.engines.plantables.pasted_text import read_pasted
from traektoria.engines.tables.errors import Unreadable

ROWS = [
    {"number": "1", "theme": "Обыкновенные дроби", "hours": "1", "day": "02.09"},
    {"number": "2", "theme": "Сложение дробей", "hours": "2", "day": "04.09.2026"},
    {"number": "3", "theme": "Контрольная работа № 1", "hours": "1", "day": "12 января"},
]


@given(st.permutations(list(HEADS)))
def test_columns_stand_in_any_order(order: list[str]) -> None:
    found = pasted([[row[name] for name in order] for row in ROWS], [HEADS[name] for name in order])
    assert [(one.number, one.theme, one.hours) for one in found.lessons] == [
        (row["number"], row["theme"], Decimal(row["hours"])) for row in ROWS
    ]
    assert [one.days for one in found.lessons] == [(date(2026, 9, 2),), (date(2026, 9, 4),), (date(2027, 1, 12),)]


def test_headings_of_two_storeys_sections_and_totals() -> None:
    paper = grid(
        [("№", 1), ("Содержание (разделы, темы)", 1), ("Количество часов", 2), ("Дата", 2), ("Вид контроля", 1)],
        [("", 1), ("", 1), ("всего", 1), ("контрольные", 1), ("план", 1), ("факт", 1), ("", 1)],
        [("1", 1), ("2", 1), ("3", 1), ("4", 1), ("5", 1), ("6", 1), ("7", 1)],
        [("Раздел 1. Дроби (3 ч)", 7)],
        [("1", 1), ("Обыкновенные дроби", 1), ("2", 1), ("", 1), ("02.09", 1), ("09.09", 1), ("опрос", 1)],
        [("Итого по разделу", 2), ("2", 1), ("", 4)],
        [("II", 1), ("Уравнения", 1), ("5", 1), ("", 4)],
        [("2", 1), ("Уравнения и корни", 1), ("1", 1), ("1", 1), ("07.09", 1), ("", 1), ("к/р", 1)],
        [("", 2), ("1", 1), ("", 4)],
        [("Всего", 2), ("3", 1), ("", 4)],
        [("Учитель: Петрова А. А.", 7)],
    )
    found = read_calendar(paper, START)
    assert [(one.theme, one.hours, one.days, one.section) for one in found.lessons] == [
        ("Обыкновенные дроби", Decimal(2), (date(2026, 9, 2),), 0),
        ("Уравнения и корни", Decimal(1), (date(2026, 9, 7),), 1),
    ]
    assert [(one.title, one.stated) for one in found.sections] == [
        ("Раздел 1. Дроби (3 ч)", Decimal(3)), ("Уравнения", Decimal(5))
    ]  # fmt: skip
    assert [(one.hours, one.scope, one.first) for one in found.totals] == [
        (Decimal(2), Scope.SECTION, 1), (Decimal(3), Scope.ALL, 2)
    ]  # fmt: skip
    assert [(one.why, one.place.row) for one in found.left] == [
        (WhyLeftOut.NUMBERS, 3),
        (WhyLeftOut.TEXT, 9),
        (WhyLeftOut.SIGNATURE, 11),
    ]
    assert "Петрова" not in repr(found)


def test_what_stands_beside_the_table_gives_hours_and_no_names() -> None:
    line = Paragraph(
        Place(Where.PARAGRAPH, row=1),
        "Учитель: Петрова А. А. 3 часа в неделю, всего 102 часа, 34 учебные недели. Контрольных работ – 8.",
    )
    table = grid([("№", 1), ("Тема", 1), ("Часы", 1)], [("1", 1), ("Дроби", 1), ("1", 1)])
    found = read_calendar(Paper("docx", (line, *table.blocks)), START)
    assert {(one.say, one.value) for one in found.stated} == {
        (Say.WEEK, Decimal(3)), (Say.YEAR, Decimal(102)), (Say.WEEKS, Decimal(34)), (Say.CONTROLS, Decimal(8))
    }  # fmt: skip
    assert [one.why for one in found.left] == [WhyLeftOut.TEXT]
    assert "Петрова" not in repr(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("02.09", ["2026-09-02"]),
        ("2.9.26", ["2026-09-02"]),
        ("15.01", ["2027-01-15"]),
        ("2 сентября", ["2026-09-02"]),
        ("04.мая", ["2027-05-04"]),
        ("2026-09-02", ["2026-09-02"]),
        ("02.09, 04.09", ["2026-09-02", "2026-09-04"]),
        ("пн 02.09.2026 г.", ["2026-09-02"]),
        ("02/09", ["2026-09-02"]),
        ("02.09/03.09", ["2026-09-02", "2026-09-03"]),
        ("02.09.26/03.09.26", ["2026-09-02", "2026-09-03"]),
        *((text, []) for text in ("02–06 сентября", "с 1 по 6 сентября", "02, 04, 06.09", "2,4 сентября", "1/2")),
        ("1 неделя", []),
        ("сентябрь", []),
    ],
)
def test_days_are_read_as_they_are_written(text: str, found: list[str]) -> None:
    assert [one.isoformat() for one in days_of(text, START).days] == found


def test_stretches_and_days_that_no_calendar_has() -> None:
    for text in ("02.09–06.09", "02-06.09", "02.09 по 06.09"):
        assert days_of(text, START)[:2] == ((date(2026, 9, 2),), date(2026, 9, 6)), text
    assert days_of("31.02", START).impossible


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Всего: 2 часа, контрольных работ – 4", 2), ("Итого за 1 четверть: 18 ч", 18), ("Итого: 18", 18),
     ("Итого за 1 четверть 18", None), ("Итого", None)],
)  # fmt: skip
def test_of_several_figures_of_a_total_none_is_guessed(text: str, hours: int | None) -> None:
    found = pasted([["1", "Дроби", "1", "02.09"], ["", text, "", ""]])
    assert [one.hours for one in found.totals] == ([] if hours is None else [Decimal(hours)])
    assert [one.why for one in found.left] == ([WhyLeftOut.TOTAL] if hours is None else [])


def test_the_calendar_of_another_class_is_not_added_and_a_table_that_goes_on_is() -> None:
    def file(*tables: list[list[str]]) -> Paper:
        heads = [(one, 1) for one in HEADS.values()]
        blocks = [grid(heads, *([(text, 1) for text in row] for row in rows)).blocks[0] for rows in tables]
        return Paper("docx", tuple(blocks))

    own = [["1", "Дроби", "1", "02.09"], ["2", "Доли", "1", "04.09"]]
    assert len(read_calendar(file(own, [["3", "Корни", "1", "07.09"]]), START).lessons) == 3
    nameless = [["", *row[1:]] for row in own]
    for again in (own, [["1", "Корни", "1", ""]]):
        with pytest.raises(Unreadable, match="several"):
            read_calendar(file(own, again), START)
    with pytest.raises(Unreadable, match="several"):
        read_calendar(file(nameless, nameless), START)


def test_of_a_calendar_that_is_cut_nothing_is_held_against_what_is_not_there() -> None:
    rows = [[str(at), f"Тема {at}", "1", ""] for at in range(1, MOST + 11)]
    rows.insert(MOST - 5, ["", "Раздел 2 (15 ч)", "", ""])
    found = pasted([["", "Раздел 1 (595 ч)", "", ""], *rows, ["", "Раздел 3", "", ""], ["610", "Ещё", "1", ""],
                    ["", "Итого", "611", ""]])  # fmt: skip
    assert (len(found.lessons), found.totals) == (MOST, ())
    assert [one.stated for one in found.sections] == [Decimal(595), None]


def test_a_paper_without_lessons_is_refused() -> None:
    for text in ("Просто текст", "№\tСрок\n1\tмай"):
        with pytest.raises(Unreadable, match="no_lessons"):
            read_calendar(read_pasted(text), START)


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=12))
def test_whatever_stands_in_the_rows_is_taken_or_named(rows: list[list[str]]) -> None:
    """No row is lost without a word, and nothing is raised but «no lessons»."""
    cells = [[(text, 1) for text in row] for row in rows]
    paper = grid([(title, 1) for title in HEADS.values()], *cells)
    try:
        found = read_calendar(paper, START)
    except Unreadable:
        return
    told = {one.place for one in (*found.lessons, *found.sections, *found.totals, *found.left)}
    filled = {row.place for row in paper.blocks[0].rows[1:] if row.filled}  # type: ignore[union-attr]
    assert filled <= told
