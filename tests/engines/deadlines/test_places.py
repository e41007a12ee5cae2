"""Each place in the calendar is known wherever places are told apart; an unknown one is never taken for another."""

from dataclasses import dataclass
from typing import Any, get_args

import pytest

from tests.engines.deadlines.samples import PLAN
from traektoria.engines.deadlines.grammar_together import size
from traektoria.engines.deadlines.named_dates import assume_year
from traektoria.engines.deadlines.occurrence import Work
from traektoria.engines.deadlines.paraphrases import place_said
from traektoria.engines.deadlines.place_days import candidates, with_year, year_of
from traektoria.engines.deadlines.places import (
    Day,
    Edge,
    Exams,
    Holidays,
    Month,
    NamedPeriod,
    Part,
    PieceOfMonth,
    Place,
    SchoolYear,
    Season,
    Seasons,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
    Year,
)
from traektoria.engines.deadlines.reasons import Unplaced

PLACES = [
    Day(1, 10), Month(10), Year(2025), SchoolYear(2025), UnitOfYear(Unit.QUARTER, 1),
    PieceOfMonth(Unit.WEEK, 1, Month(10)), WeekdayOfMonth(1, 1, Month(10)), Season(Seasons.AUTUMN), Holidays(),
    Exams("ВПР"), NamedPeriod("практики"), Part(Edge.END, Month(10)),
]  # fmt: skip


@dataclass(frozen=True)
class Council:
    """A place that nobody has told the engine of."""


def test_there_is_one_of_each() -> None:
    assert {type(place) for place in PLACES} == set(get_args(Place))


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_said_measured_and_found(place: Any) -> None:
    assert place_said(place)
    assert size(place) >= 0
    try:
        found = candidates(place, PLAN)
    except Unplaced:
        assert isinstance(place, NamedPeriod)
        return
    assert all(with_year(place, one) for one in found)
    assert found


@pytest.mark.parametrize(
    "asked",
    [
        place_said,
        size,
        year_of,
        lambda place: candidates(place, PLAN),
        lambda place: with_year(place, candidates(Day(1, 10), PLAN)[0]),
        lambda place: assume_year(Work(PLAN), place, candidates(Day(1, 10), PLAN)[0]),
    ],
)
def test_an_unknown_place_is_no_other_one(asked: Any) -> None:
    with pytest.raises(AssertionError, match="Council"):
        asked(Council())
