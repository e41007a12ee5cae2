"""What the values of a table stand for: signs of no answer among them, and items that are scored the other way."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isnan

import numpy as np

from .answer_table import Responses
from .errors import FitCode, FitProblem, FitRefused, Note, NoteCode
from .reader import Layout, Sheet, chosen, number_of

SIGNS = frozenset(float(sign) for sign in (-999, -99, -9, -8, -1, 8, 9, 88, 98, 99, 888, 998, 999, 9999))
"""Numbers that questionnaires and statistical programs write for «no answer»."""
LEAST_GAP = 3


def without_signs(sheet: Sheet, layout: Layout, signs: Sequence[str]) -> tuple[Sheet, Layout]:
    """The sheet with empty cells where an item has one of the values that stand for no answer."""
    if not signs:
        return sheet, layout
    numbers = {number for number in map(number_of, signs) if number is not None and not isnan(number)}
    places = {sheet.columns.index(name) for name in layout.items}
    told = {cell for _row, cells in sheet.rows for cell in cells if cell in signs or number_of(cell) in numbers}
    rows = tuple(
        (row, tuple("" if place in places and cell in told else cell for place, cell in enumerate(cells)))
        for row, cells in sheet.rows
    )
    n = sum(cells[place] in told for _row, cells in sheet.rows for place in places)
    note = Note(NoteCode.MISSING_CODES_TAKEN, {"values": tuple(signs), "n": n})
    return Sheet(sheet.columns, rows), replace(layout, notes=(*layout.notes, note))


def check_signs(sheet: Sheet, layout: Layout, low: float | None, high: float | None) -> None:
    """A usual sign of no answer far from all other values (9 among 0 and 1). Raises MISSING_CODE with the items; `low`
    and `high` allow what lies between them.
    """
    found: dict[float, list[tuple[str, int]]] = {}
    for item in layout.items:
        numbers = list(map(number_of, sheet.column(item)))
        values = {number for number in numbers if number is not None and not isnan(number)}
        for sign in _suspected(values, low, high):
            found.setdefault(sign, []).append((item, numbers.count(sign)))
    if found:
        raise FitRefused([_problem(sign, where) for sign, where in sorted(found.items())])


def _problem(sign: float, where: Sequence[tuple[str, int]]) -> FitProblem:
    items, n = tuple(item for item, _n in where), sum(n for _item, n in where)
    return FitProblem(FitCode.MISSING_CODE, {"value": f"{sign:g}", "items": items, "n": n})


def _suspected(values: set[float], low: float | None, high: float | None) -> Iterator[float]:
    """Signs that stand further from the rest than the rest is wide; a negative one beside points needs no distance."""
    signs = {value for value in values & SIGNS if not _allowed(value, low, high)}
    while goes_on := {sign for sign in signs if {sign - 1, sign + 1} & (values - signs) and sign > 0}:
        signs -= goes_on  # 6, 7, 8: a scale goes on
    rest = values - signs
    if not rest:
        return
    for sign in signs:
        gap = min(abs(sign - value) for value in rest)
        if gap >= max(max(rest) - min(rest), LEAST_GAP) or (sign < 0 <= min(rest)):
            yield sign


def _allowed(value: float, low: float | None, high: float | None) -> bool:
    """The caller has said the range, and the value lies in it."""
    if value > 0:
        return high is not None and value <= high
    return low is not None and value >= low


def turned_round(
    answers: Responses, patterns: Sequence[str], low: float | None, high: float | None
) -> tuple[Responses, list[Note]]:
    """Turn the values of some items round: the lowest becomes the highest. The ends are `low` and `high`, else those
    met in the whole table. Raises MISSING_COLUMN.
    """
    if not patterns:
        return answers, []
    names = chosen(answers.items, tuple(patterns))
    places = [answers.items.index(name) for name in names]
    bottom = float(np.nanmin(answers.values)) if low is None else low
    top = float(np.nanmax(answers.values)) if high is None else high
    values = answers.values.copy()
    values[:, places] = bottom + top - values[:, places]
    return replace(answers, values=values), [Note(NoteCode.REVERSED, {"items": names, "low": bottom, "high": top})]
