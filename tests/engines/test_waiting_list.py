"""Who is offered a freed place, and what is said of the others."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.waiting_list import Decision, Line, Waiter, WhyNot, by_day, in_order, offer

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def decided(*waiters: Waiter, start: datetime = NOW + 48 * HOUR, against: dict[int, str] | None = None) -> Decision:
    reasons = against or {}
    return offer(
        waiters, now=NOW, start=start, notice=12 * HOUR, stands_for=6 * HOUR, why_not=lambda key: reasons.get(key, "")
    )


def waits(key: int, hours_ago: int, priority: int = 0) -> Waiter:
    return Waiter(key, NOW - hours_ago * HOUR, priority)


def test_by_priority_then_by_time() -> None:
    one, two, first = waits(1, 5), waits(2, 9), waits(3, 1, priority=-1)
    assert [each.key for each in in_order([one, two, first])] == [3, 2, 1]
    assert decided(one, two, first) == Decision(3, NOW + 6 * HOUR, (Line(3),))


def test_what_stands_against_it_is_said_of_each() -> None:
    found = decided(waits(1, 9), waits(2, 5), waits(3, 1), against={1: "busy", 2: "limit"})
    assert (found.key, found.lines) == (3, (Line(1, "busy"), Line(2, "limit"), Line(3)))
    nobody = decided(waits(1, 9), against={1: "busy"})
    assert (nobody.key, nobody.lines) == (None, (Line(1, "busy"), Line(None, WhyNot.NOBODY)))


def test_never_nearer_than_the_notice() -> None:
    assert decided(waits(1, 1), start=NOW + 12 * HOUR).lines == (Line(None, WhyNot.TOO_NEAR),)
    late = decided(waits(1, 1), start=NOW + 14 * HOUR)
    assert late.until == NOW + 2 * HOUR, "the offer ends where the notice begins"
    closed = offer(
        [waits(1, 1)], now=NOW, start=NOW + 48 * HOUR, notice=HOUR, stands_for=HOUR, why_not=lambda _key: "",
        is_open=False,
    )  # fmt: skip
    assert closed.lines == (Line(None, WhyNot.CLOSED),)


def test_who_gave_a_place_back_goes_to_the_end() -> None:
    one, two = waits(1, 9), waits(2, 5)
    assert decided(one.gave_back(NOW), two).key == 2


people = st.lists(
    st.builds(waits, st.integers(1, 40), st.integers(0, 99), st.integers(0, 2)), unique_by=lambda w: w.key
)


@given(waiters=people, against=st.sets(st.integers(1, 40)), hours=st.integers(-5, 60))
def test_exactly_the_first_who_can_is_offered(waiters: list[Waiter], against: set[int], hours: int) -> None:
    start = NOW + hours * HOUR
    found = decided(*waiters, start=start, against=dict.fromkeys(against, "no"))
    can = [one.key for one in in_order(waiters) if one.key not in against]
    if start - 12 * HOUR <= NOW or not can:
        assert (found.key, found.until) == (None, None)
    else:
        assert found.key == can[0]
        assert found.until is not None
        assert NOW < found.until <= start - 12 * HOUR


def test_hours_of_the_night_are_not_counted() -> None:
    """21 to 8: what is offered in the evening or at night can be answered in the morning."""
    night = (time(21), time(8))
    day = datetime(2026, 12, 1, tzinfo=UTC)

    def until(hour: int, hours: int) -> datetime:
        return by_day(day + hour * HOUR, hours * HOUR, UTC, night)

    assert until(9, 6) == day + 15 * HOUR
    assert until(15, 6) == day + 21 * HOUR
    assert until(20, 6) == day + (24 + 13) * HOUR
    assert until(22, 6) == until(31, 6) == day + (24 + 14) * HOUR
    assert until(3, 1) == day + 9 * HOUR
    assert until(20, 1 + 13 + 1) == day + (48 + 9) * HOUR
