"""Lesson calendars as offices have them, for tests: rows with columns in any order, and the paper made of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from traektoria.engines.days import is_public_holiday
from traektoria.engines.lessons.model import Calendar, Lesson, Section, Year
from traektoria.engines.lessons.reader import read_calendar
from traektoria.engines.plantables.model import Cell, Grid, GridRow, Paper, Place, Where
from traektoria.engines.plantables.pasted_text import read_pasted

START = 2026
YEAR = Year(date(2026, 9, 1), date(2027, 5, 26), ((date(2026, 10, 24), date(2026, 11, 3), True),))
HEADS = {"number": "№ урока", "theme": "Тема урока", "hours": "Кол-во часов", "day": "Дата по плану"}


def place(row: int) -> Place:
    return Place(Where.TABLE, 1, row=row)


def days(number: int) -> list[date]:
    """Tuesdays and Thursdays of the year that are in no holidays."""
    found, day = [], YEAR.first
    while len(found) < number:
        in_holidays = any(first <= day <= last for first, last, _sure in YEAR.holidays)
        if day.weekday() in (1, 3) and not in_holidays and not is_public_holiday(day):
            found.append(day)
        day += timedelta(days=1)
    return found


def good(number: int = 20) -> Calendar:
    """In which everything agrees: each half a section."""
    half = number // 2
    sections = (Section(place(1), "Дроби (всего)", 0, Decimal(half)),
                Section(place(half + 2), "Уравнения", half, Decimal(number - half)))  # fmt: skip
    lessons = [
        Lesson(place(at + 2 + (at >= half)), f"Тема {at}", str(at + 1), Decimal(1), when="есть", days=(day,),
               section=int(at >= half))
        for at, day in enumerate(days(number))
    ]  # fmt: skip
    return Calendar(tuple(lessons), sections)


def pasted(rows: Sequence[Sequence[str]], heads: Sequence[str] = tuple(HEADS.values())) -> Calendar:
    lines = ["\t".join(row) for row in (heads, *rows)]
    return read_calendar(read_pasted("\n".join(lines)), START)


def grid(*rows: Sequence[tuple[str, int]]) -> Paper:
    """A table whose cells are as wide as said."""
    made = []
    for number, cells in enumerate(rows, 1):
        at, found = 0, []
        for text, wide in cells:
            found.append(Cell(at, at + wide, (text,)))
            at += wide
        made.append(GridRow(place(number), tuple(found)))
    return Paper("docx", (Grid(tuple(made), max(one.cells[-1].end for one in made)),))
