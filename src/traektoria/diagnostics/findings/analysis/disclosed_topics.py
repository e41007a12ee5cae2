"""What of the figures of a part may be shown to those who plan help: one decision for page, picture and workbook.

Who sat is no secret to the coordinator, what they answered is. So nothing is said of fewer than ``least`` people, of an
answer, a topic or a school (``engines.disclosure.cells``). Sheets that a coordinator typed in count for nobody here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.findings.analysis.topics import TopicResult
from traektoria.diagnostics.findings.enums import Finding
from traektoria.engines.disclosure import both_sides, shown_cells, shown_parts
from traektoria.engines.lazy_imports import np

Figures = dict[str, Any]
Rows = Collection[int]
JUDGED = (Finding.EXPRESSED, Finding.POSSIBLE, Finding.NO_GROUNDS)


@dataclass(frozen=True)
class Crowd:
    """People by their rows of the table; ``known`` are those whose answers a reader typed in."""

    known: frozenset[int]
    least: int

    @classmethod
    def of(cls, sheet: ScoreSheet, least: int) -> "Crowd":
        return cls(frozenset(place for place, row in enumerate(sheet.rows) if row.on_paper), least)

    def number(self, rows: Rows) -> int:
        """How many of them count towards the least number."""
        return len(set(rows) - self.known)

    def is_enough(self, rows: Rows) -> bool:
        return self.number(rows) >= self.least

    def cells(self, parts: Sequence[Rows], *, zeros: bool = True) -> list[int | None]:
        """The numbers of a group in which everybody is in one part, None where one may not be shown."""
        everybody, unknown = [len(part) for part in parts], [self.number(part) for part in parts]
        shown = [shown_cells(counts, minimum=self.least, zeros=zeros) for counts in (everybody, unknown)]
        return [count if all(seen) else None for count, *seen in zip(everybody, *shown, strict=True)]

    def one(self, part: Rows, whole: Rows) -> int | None:
        """The number of those who did something: nobody, or as many as may be shown."""
        return len(part) if not part or self.two_sides(part, whole) else None

    def two_sides(self, part: Rows, whole: Rows) -> bool:
        return both_sides(self.number(part), self.number(whole), minimum=self.least)


def topic_figures(sheet: ScoreSheet, found: Iterable[TopicResult], crowd: Crowd) -> Figures:
    """«lines»: a topic with its people by finding; «map»: «expressed» by topic and school."""
    tables: dict[str, dict[str, list[int]]] = {}
    for one in found:
        tables.setdefault(one.topic, {}).setdefault(str(one.finding), []).append(one.row)
    lines = [_topic(topic, tables[topic], crowd) for topic in sorted(tables)]
    return {"lines": lines, "map": _map(sheet, tables, crowd)}


def _topic(topic: str, table: Mapping[str, list[int]], crowd: Crowd) -> Figures:
    """Whose work says little of the topic is a part too, where there is anybody."""
    names = [*JUDGED, *([Finding.LITTLE_DATA] if table.get(Finding.LITTLE_DATA) else [])]
    parts = [table.get(name, []) for name in names]
    people = [row for part in parts for row in part]
    counts = crowd.cells(parts, zeros=False) if crowd.is_enough(people) else [None] * len(parts)
    return {"topic": topic, "n": len(people), "counts": {name.value: n for name, n in zip(names, counts, strict=True)}}


def _map(sheet: ScoreSheet, tables: Mapping[str, Mapping[str, list[int]]], crowd: Crowd) -> Figures:
    cells = {topic: _schools(sheet, tables[topic], crowd) for topic in sorted(tables)}
    schools = sorted({school for row in cells.values() for school in row})
    everywhere = {row.school for row in sheet.rows if row.school}
    return {
        "schools": schools,
        "rows": [{"topic": topic, "cells": [row.get(school) for school in schools]} for topic, row in cells.items()],
        "hidden": len(everywhere) - len(schools),
    }


def _schools(sheet: ScoreSheet, table: Mapping[str, list[int]], crowd: Crowd) -> dict[int, list[int]]:
    """School → (expressed, people) where it may be shown; without a school people are a part that is never named."""
    people: dict[int, list[int]] = {}
    for row in (row for rows in table.values() for row in rows):
        people.setdefault(sheet.rows[row].school or 0, []).append(row)
    named = set(table.get(Finding.EXPRESSED, []))
    yes = {school: [row for row in rows if row in named] for school, rows in people.items()}
    numbers = {school: (crowd.number(yes[school]), crowd.number(people[school])) for school in people}
    shown = shown_parts(numbers, minimum=crowd.least)
    return {school: [len(yes[school]), len(people[school])] for school in shown if school}


def rows_with(sheet: ScoreSheet, place: int) -> list[int]:
    """People whose form has the column."""
    return [row for row, one in enumerate(sheet.rows) if one.form in sheet.columns[place].places]


def answered(sheet: ScoreSheet, rows: Rows, place: int) -> list[int]:
    return [row for row in rows if (row, place) in sheet.values]


def scored(sheet: ScoreSheet, rows: Rows, place: int) -> list[int]:
    return [row for row in rows if not np.isnan(sheet.scores[row, place])]
