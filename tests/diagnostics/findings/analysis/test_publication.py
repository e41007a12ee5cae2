"""Published figures hide what a few people answered: random works, questionnaires and schools, by linear programming
over everything that is shown at once and at two moments."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.diagnostics.campaign_factories import CONTENTS
from tests.thoroughness import rounds
from traektoria.diagnostics.findings.analysis.disclosed_items import parts_of
from traektoria.diagnostics.findings.analysis.item_figures import item_figures
from traektoria.diagnostics.findings.analysis.membership import Membership, may_follow, membership_of
from traektoria.diagnostics.findings.analysis.publication import publication_of
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet, SheetColumn, SittingRow
from traektoria.diagnostics.findings.analysis.survey import survey_figures
from traektoria.diagnostics.findings.analysis.topics import TopicResult
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.kinds.likert import Likert
from traektoria.diagnostics.items.kinds.short import Short
from traektoria.diagnostics.items.kinds.single import Single

LEAST, NARROW = 10, 4
KINDS = ("single", "single", "short", "likert", "choice")
Truth = dict[str, dict[str, dict[Any, int]]]
"""Measure → category → group of people → how many."""


def sheet_of(draw: random.Random, people: int, first: int = 0, kept: ScoreSheet | None = None) -> ScoreSheet:
    """A work and a questionnaire in one form; what people answer leans to one side as chance will have it."""
    columns = tuple(
        SheetColumn(version, version, "", "Дроби", "", "", content_of(CONTENTS[kind]), 1, {"": version}, {"": version})  # type: ignore[arg-type]
        for version, kind in enumerate(KINDS, start=1)
    )
    values = dict(kept.values) if kept else {}
    old = list(kept.rows) if kept else []
    rows = [*old]
    lean = [draw.random() for _column in columns]
    for number in range(people):
        place = len(rows)
        rows.append(SittingRow(first + number, first + number, "", draw.random() < 0.1, draw.choice((1, 2, 3))))
        for at, column in enumerate(columns):
            if draw.random() < 0.95:
                values[place, at] = _answer(draw, column.content, lean[at])
    scores = np.array([[_score(columns[at], values.get((place, at))) for at in range(len(columns))]
                       for place in range(len(rows))])  # fmt: skip
    return ScoreSheet(columns, tuple(rows), scores, values, 0, 0, (0,) * len(columns), (0,) * len(columns))


def _answer(draw: random.Random, content: Any, lean: float) -> dict[str, Any]:
    first = draw.random() < lean
    match content:
        case Single():
            return {"choice": 0 if first else draw.choice((1, 1, 2))}
        case Short():
            return {"text": "Москва" if first else "Пермь"}
        case Likert():
            return {"step": 4 if first else draw.choice((1, 2, 3, 3))}
        case _:
            return {"choices": [0] if first else [0, 1]}


def _score(column: SheetColumn, value: dict[str, Any] | None) -> float:
    if not column.judged:
        return float("nan")
    return float(value is not None and (value.get("choice") == 0 or value.get("text") == "Москва"))


def found_of(draw: random.Random, sheet: ScoreSheet) -> list[TopicResult]:
    kinds = (
        [Finding.EXPRESSED] * draw.randint(1, 6) + [Finding.POSSIBLE] * 2 + [Finding.NO_GROUNDS] * draw.randint(1, 6)
    )
    return [
        TopicResult(row, "Дроби", "", 3, 1, 3, None, None, None, None, draw.choice(kinds))
        for row in range(len(sheet.rows))
    ]


def published(sheet: ScoreSheet, found: list[TopicResult]) -> dict[str, Any] | None:
    figures = {"schema": 2, "people": len(sheet.rows), "waiting": 0, **item_figures(sheet)}
    return publication_of(sheet, {**figures, "survey": survey_figures(sheet)}, found, LEAST)


def truth_of(sheet: ScoreSheet, found: list[TopicResult]) -> dict[str, dict[str, list[int]]]:
    """Measure → category → participants: what the reader is after."""
    rows = list(range(len(sheet.rows)))
    made: dict[str, dict[str, list[int]]] = {"topic": defaultdict(list)}
    for at, column in enumerate(sheet.columns):
        if column.judged:
            made[str(column.version)] = dict(parts_of(sheet, rows, at))
        elif isinstance(column.content, Likert):
            steps: dict[str, list[int]] = {str(step): [] for step in range(4)} | {"silent": []}
            for row in rows:
                value = sheet.values.get((row, at))
                steps["silent" if value is None else str(value["step"] - 1)].append(row)
            made[str(column.version)] = steps
    for one in found:
        made["topic"][f"{one.finding}"].append(one.row)
    return made


def sums_of(shown: Mapping[str, Any]) -> dict[str, list[tuple[dict[tuple[str, int | None], float], float]]]:
    """Measure → what the page, the picture and the workbook say, as sums over (category, school; None: all)."""
    said: dict[str, list[tuple[dict[tuple[str, int | None], float], float]]] = defaultdict(list)
    for one in shown["items"]:
        key = str(one["version"])
        numbers = {option["option"]: option["n"] for option in one["options"]}
        numbers |= {"omitted": one["omitted"], "unreached": one["unreached"]}
        said[key] += [({(name, None): 1.0}, n) for name, n in numbers.items() if n is not None]
        if one["facility"] is not None:
            right = "0" if one["options"] else "right"
            said[key].append(({(right, None): 1.0}, round(one["facility"] * one["n"])))
    for one in shown["survey"]["questions"]:
        if one["kind"] == "likert":
            key = str(one["version"])
            said[key] += [({(str(at), None): 1.0}, n) for at, n in enumerate(one["counts"]) if n is not None]
            if one["n"] is not None:
                said[key].append(({("silent", None): 1.0}, one["people"] - one["n"]))
            if one["mean"] is not None:
                said[key].append(({(str(at), None): at + 1.0 for at in range(4)}, round(one["mean"] * one["n"])))
    for line in shown["topics"]["lines"]:
        said["topic"] += [({(name, None): 1.0}, n) for name, n in line["counts"].items() if n is not None]
    found = shown["topics"]["map"]
    for one in found["rows"]:
        for school, cell in zip(found["schools"], one["cells"], strict=True):
            if cell:
                said["topic"].append(({(Finding.EXPRESSED.value, school): 1.0}, cell[0]))
    return said


def least_width(states: list[tuple[ScoreSheet, list[TopicResult], dict[str, Any]]], known: bool) -> list[str]:
    """Numbers of a few people that can be worked out too well. ``known``: the reader typed in the paper sheets."""
    wrong: list[str] = []
    truths = [truth_of(sheet, found) for sheet, found, _shown in states]
    for measure in truths[0]:
        groups, order = _groups([sheet for sheet, _found, _shown in states])
        names = sorted({name for truth in truths for name in truth[measure]})
        unknown = {(name, group): at for at, (name, group) in enumerate((n, g) for n in names for g in order)}
        rows: list[Any] = []
        values: list[float] = []

        for group in order:
            _add(rows, values, len(unknown), {unknown[name, group]: 1.0 for name in names}, len(groups[group]))
        for moment, ((sheet, _found, shown), truth) in enumerate(zip(states, truths, strict=True)):
            inside = [group for group in order if group[0][moment]]
            for weights, value in sums_of(shown)[measure]:
                wanted = {unknown[name, group]: weight for (name, school), weight in weights.items()
                          for group in inside if school in (None, group[1])}  # fmt: skip
                _add(rows, values, len(unknown), wanted, value)
            if known:
                for name in names:
                    for group in (group for group in inside if group[2]):
                        there = {sheet.rows[row].participant for row in truth[measure][name]} & groups[group]
                        _add(rows, values, len(unknown), {unknown[name, group]: 1.0}, len(there))
        limits = LinearConstraint(np.array(rows), np.array(values), np.array(values))
        for moment, ((sheet, _found, _shown), truth) in enumerate(zip(states, truths, strict=True)):
            fresh = {row.participant for row in sheet.rows if not (known and row.on_paper)}
            aims: list[tuple[str, int | None]] = [(name, None) for name in names]
            aims += [(Finding.EXPRESSED.value, school) for school in (1, 2, 3)] if measure == "topic" else []
            for name, school in aims:
                here = {row.participant for row in sheet.rows if school in (None, row.school)} & fresh
                count = len({sheet.rows[row].participant for row in truth[measure].get(name, [])} & here)
                if count and (count < LEAST or len(here) - count < LEAST):
                    aim = np.zeros(len(unknown))
                    for group in order:
                        if group[0][moment] and school in (None, group[1]) and not (known and group[2]):
                            aim[unknown[name, group]] = 1.0
                    low, high = _ends(aim, limits)
                    if high - low < min(NARROW, len(here) - 1):
                        wrong.append(f"{measure} {name} {school}: {count} of {len(here)} is in {low}…{high}")
    return wrong


def _add(rows: list[Any], values: list[float], size: int, weights: dict[int, float], value: float) -> None:
    row = np.zeros(size)
    for at, weight in weights.items():
        row[at] += weight
    rows.append(row)
    values.append(value)


def _groups(sheets: list[ScoreSheet]) -> tuple[dict[Any, set[int]], list[Any]]:
    """People by (in which moments, school, typed in), as the reader knows them by their names."""
    there: dict[int, list[bool]] = defaultdict(lambda: [False] * len(sheets))
    facts: dict[int, tuple[int | None, bool]] = {}
    for moment, sheet in enumerate(sheets):
        for row in sheet.rows:
            there[row.participant][moment] = True
            facts[row.participant] = row.school, row.on_paper
    groups: dict[Any, set[int]] = defaultdict(set)
    for one, moments in there.items():
        groups[tuple(moments), *facts[one]].add(one)
    return groups, sorted(groups)


def _ends(aim: Any, limits: LinearConstraint) -> tuple[int, int]:
    low, high = (
        sign * milp(sign * aim, constraints=limits, bounds=Bounds(0, np.inf), integrality=np.ones(len(aim))).fun
        for sign in (1, -1)
    )
    return round(low), round(high)


@pytest.mark.parametrize("seed", range(rounds(3, 8)))
@pytest.mark.parametrize("known", [False, True])
def test_nothing_of_a_few_people_is_worked_out_of_what_is_shown(seed: int, known: bool) -> None:
    draw = random.Random(seed)
    sheet = sheet_of(draw, draw.choice((14, 24, 33, 60, 90)))
    found = found_of(draw, sheet)
    shown = published(sheet, found)
    if shown is not None:
        assert least_width([(sheet, found, shown)], known) == []


@pytest.mark.parametrize("seed", range(rounds(3, 8)))
def test_nor_of_two_moments(seed: int) -> None:
    """Some leave and some come: either the second is not published, or both together say no more."""
    draw = random.Random(seed)
    first = sheet_of(draw, 60)
    gone = draw.choice((0, 1, 9, 10, 14))
    rest = _without(first, set(draw.sample(range(60), gone)))
    second = sheet_of(draw, draw.choice((0, 1, 12)), 100, rest)
    states = [(sheet, found, published(sheet, found)) for sheet in (first, second) if (found := found_of(draw, sheet))]
    (old, new) = (membership_of(sheet, shown or {}, found) for sheet, found, shown in states)
    came = len(second.rows) - len(rest.rows)
    if may_follow(new, [Membership.read(old.as_json())], LEAST):
        assert gone not in (1, 9)
        assert came != 1
        small = least_width([state for state in states if state[2]], known=False)  # type: ignore[misc]
        assert [one for one in small if not one.startswith("topic")] == []


def test_two_moments_are_published_where_enough_have_left() -> None:
    """The rule is not «never»: and a saved file of the first moment compares with the second as it should."""
    draw = random.Random(3)
    first = sheet_of(draw, 90)
    first = replace(first, rows=tuple(replace(row, on_paper=False) for row in first.rows))
    states = [first, _without(first, set(range(30)))]
    made = [membership_of(sheet, published(sheet, []) or {}, []) for sheet in states]
    assert may_follow(made[1], made[:1], LEAST)
    assert not may_follow(
        membership_of(_without(first, {4}), published(_without(first, {4}), []) or {}, []), made[:1], LEAST
    )


def test_conclusions_that_change_with_the_answers_of_others_count_too() -> None:
    """One person's answers are the same and the conclusion is another: the two publications tell that person apart."""
    sheet = sheet_of(random.Random(3), 40)
    found = found_of(random.Random(4), sheet)
    shown = published(sheet, found) or {}
    other = [*found]
    at = next(place for place, one in enumerate(found) if one.finding == Finding.POSSIBLE)
    other[at] = replace(found[at], finding=Finding.NO_GROUNDS)
    old, new = (membership_of(sheet, shown, one) for one in (found, other))
    assert may_follow(old, [old], LEAST)
    assert not may_follow(new, [old], LEAST)


def _without(sheet: ScoreSheet, gone: set[int]) -> ScoreSheet:
    stay = [place for place in range(len(sheet.rows)) if place not in gone]
    values = {
        (new, at): sheet.values[old, at]
        for new, old in enumerate(stay)
        for at in range(len(sheet.columns))
        if (old, at) in sheet.values
    }
    return replace(sheet, rows=tuple(sheet.rows[old] for old in stay), scores=sheet.scores[stay], values=values)


def test_weights_of_the_made_up_items_are_what_the_test_takes_them_for() -> None:
    assert [Fraction(option.weight) for option in content_of(CONTENTS["single"]).options] == [100, 0, 0]  # type: ignore[union-attr]
