"""Reports of the federal system that hold groups: Ф3 and the comparison with the journal."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from traektoria.engines.results.layouts.base import Candidate, titles_above
from traektoria.engines.results.model import Aggregate, JournalComparison, MarkStatistics
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.headings import table_at

_GROUPS = "группы участников"


def mark_statistics(candidate: Candidate) -> Aggregate | None:
    """«Группы участников | Кол-во ОО | Кол-во участников | 2 | 3 | 4 | 5», shares in per cent."""
    texts = [text.rstrip("% ,") for text in candidate.header.texts]
    if _GROUPS not in texts or not all(mark in texts for mark in "2345"):
        return None
    group, schools, people = texts.index(_GROUPS), _find(texts, "кол-во оо"), _find(texts, "кол-во участников")
    marks = [texts.index(mark) for mark in "2345"]
    rows = tuple(
        MarkStatistics(name, _whole(row, schools), _whole(row, people), *(_number(row, mark) for mark in marks))
        for name, row in _group_rows(candidate, group)
    )
    return (
        Aggregate("f3_marks", candidate.book.sheets[candidate.heading.sheet].name, rows, titles_above(candidate))
        if rows
        else None
    )


def journal_comparison(candidate: Candidate) -> Aggregate | None:
    """«Группы участников | Кол-во участников | Понизили … % | … Кол-во | Подтвердили … | Повысили …»."""
    texts = list(candidate.header.texts)
    if _GROUPS not in texts or not any(text.startswith("понизили") for text in texts):
        return None
    group, people = texts.index(_GROUPS), _find(texts, "кол-во участников")
    pairs = [_pair(texts, word) for word in ("понизили", "подтвердили", "повысили")]
    rows = tuple(
        JournalComparison(name, _whole(row, people), *_shares(row, pairs))
        for name, row in _group_rows(candidate, group)
    )
    return (
        Aggregate(
            "journal_comparison", candidate.book.sheets[candidate.heading.sheet].name, rows, titles_above(candidate)
        )
        if rows
        else None
    )


def _shares(row: Sequence[Any], pairs: list[tuple[int | None, int | None]]) -> Iterator[Any]:
    for percent, number in pairs:
        yield _number(row, percent)
        yield _whole(row, number)


def _pair(texts: list[str], word: str) -> tuple[int | None, int | None]:
    """Columns of the share and of the number; the number may be headed only «Кол-во» to the right of the share."""
    own = [column for column, text in enumerate(texts) if text.startswith(word)]
    numbers = [column for column in own if "кол-во" in texts[column] or "количество" in texts[column]]
    shares = [column for column in own if column not in numbers]
    share = shares[0] if shares else None
    if numbers:
        return share, numbers[0]
    beside = (share or 0) + 1
    follows = share is not None and beside < len(texts) and (not texts[beside] or texts[beside].startswith("кол-во"))
    return share, beside if follows else None


def _find(texts: list[str], beginning: str) -> int | None:
    return next((column for column, text in enumerate(texts) if text.startswith(beginning)), None)


def _group_rows(candidate: Candidate, group: int) -> Iterator[tuple[str, Sequence[Any]]]:
    for line in table_at(candidate.book, candidate.heading, totals=False).lines:
        name = shown(line.cells[group])
        if name and any(_number(line.cells, column) is not None for column in range(len(line.cells))):
            yield name, line.cells


def _number(row: Sequence[Any], column: int | None) -> float | None:
    """A number as written, «12,36 %» included; None where there is none."""
    if column is None or isinstance(row[column], bool):
        return None
    text = re.sub(r"[\s\u00a0%]", "", shown(row[column])).replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,12})?", text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def _whole(row: Sequence[Any], column: int | None) -> int | None:
    value = _number(row, column)
    return int(value) if value is not None and value.is_integer() else None
