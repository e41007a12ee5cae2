"""Who is offered a place that has become free: by priority, then by how long they wait; to one person for a stated
time, never when it begins too soon, and each decision is said. For slots of consultations and for events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum


class WhyNot(StrEnum):
    """Why nobody was offered the place. What else a room knows against it, it says by a word of its own."""

    TOO_NEAR = "too_near"
    CLOSED = "closed"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Waiter:
    """Who waits since when; of a lower ``priority`` comes earlier."""

    key: int
    since: datetime
    priority: int = 0

    def gave_back(self, now: datetime) -> "Waiter":
        """Who gave a place back, or let an offer pass, goes to the end."""
        return replace(self, since=now)


@dataclass(frozen=True)
class Line:
    """What was decided of one who waits, or (``key`` None) of all of them. ``why`` empty: offered."""

    key: int | None
    why: str = ""


@dataclass(frozen=True)
class Decision:
    """``key`` is offered the place until ``until``; None: nobody is. ``lines`` say it of each who was looked at."""

    key: int | None
    until: datetime | None
    lines: tuple[Line, ...]


def in_order(waiters: Iterable[Waiter]) -> list[Waiter]:
    return sorted(waiters, key=lambda one: (one.priority, one.since, one.key))


def by_day(now: datetime, hours: timedelta, zone: tzinfo, night: tuple[time, time]) -> datetime:
    """The moment when so many hours have passed of which none is of the night (it begins in the evening and ends in the
    morning, by the clock of ``zone``): in it nobody reads that a place is kept."""
    evening, morning = night
    at = now.astimezone(zone).replace(tzinfo=None)
    while True:
        if at.time() >= evening:
            at = datetime.combine(at.date() + timedelta(days=1), morning)
        elif at.time() < morning:
            at = datetime.combine(at.date(), morning)
        last = min(at + hours, datetime.combine(at.date(), evening))
        hours -= last - at
        if not hours:
            return last.replace(tzinfo=zone)
        at = last


def offer(
    waiters: Iterable[Waiter],
    *,
    now: datetime,
    start: datetime,
    notice: timedelta,
    stands_for: timedelta,
    why_not: Callable[[int], str],
    is_open: bool = True,
) -> Decision:
    """To whom the place that begins at ``start`` is offered now. ``why_not(key)`` says what stands against it, or "".

    Nobody is offered what begins sooner than ``notice`` from now; an offer ends at the latest ``notice`` before the
    beginning. A pure function of its arguments: asked again, it answers the same.
    """
    last = start - notice
    if not is_open:
        return Decision(None, None, (Line(None, WhyNot.CLOSED),))
    if last <= now:
        return Decision(None, None, (Line(None, WhyNot.TOO_NEAR),))
    lines: list[Line] = []
    for one in in_order(waiters):
        why = why_not(one.key)
        lines.append(Line(one.key, why))
        if not why:
            return Decision(one.key, min(now + stands_for, last), tuple(lines))
    return Decision(None, None, (*lines, Line(None, WhyNot.NOBODY)))
