"""Half-open intervals: what touches never clashes, what contains or is contained always does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.intervals import Interval, first_clash

BEGIN = datetime(2026, 9, 7, tzinfo=UTC)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = BEGIN + timedelta(minutes=draw(st.integers(0, 600)))
    return Interval(start, start + timedelta(minutes=draw(st.integers(1, 300))))


@given(one=intervals(), minutes=st.integers(1, 300))
def test_touching_never_clashes(one: Interval, minutes: int) -> None:
    after = Interval(one.end, one.end + timedelta(minutes=minutes))
    before = Interval(one.start - timedelta(minutes=minutes), one.start)
    assert not one.clashes(after)
    assert not one.clashes(before)


@given(one=intervals(), left=st.integers(0, 60), right=st.integers(0, 60))
def test_containing_and_contained_always_clash(one: Interval, left: int, right: int) -> None:
    wider = Interval(one.start - timedelta(minutes=left), one.end + timedelta(minutes=right))
    assert one.clashes(wider)
    assert wider.clashes(one)


@given(one=intervals(), other=intervals())
def test_a_clash_is_a_moment_in_both(one: Interval, other: Interval) -> None:
    assert one.clashes(other) == other.clashes(one)
    assert one.clashes(other) == (max(one.start, other.start) < min(one.end, other.end))


@given(one=intervals(), others=st.lists(intervals(), max_size=8))
def test_the_first_clash_is_the_earliest(one: Interval, others: list[Interval]) -> None:
    clashing = sorted(other for other in others if one.clashes(other))
    assert first_clash(one, others) == (clashing[0] if clashing else None)


def test_an_empty_interval_is_none() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Interval(BEGIN, BEGIN)
