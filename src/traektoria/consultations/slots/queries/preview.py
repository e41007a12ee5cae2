"""What would become of each date of an Hour, before any of them is made: free, taken, outside hours, a day off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from traektoria.consultations.slots.queries.busy_times import (
    Frame,
    Off,
    busy_room,
    busy_tutors,
    frames,
    off_days,
    span_of,
)
from traektoria.consultations.slots.registries import Busy
from traektoria.consultations.slots.wanted_hour import WantedHour
from traektoria.consultations.slots.wording import hours, when
from traektoria.engines.intervals import Interval, first_clash
from traektoria.people.models import Person


class Outlook(StrEnum):
    """``FREE`` is proposed; ``OFF`` and ``OUTSIDE`` can be chosen all the same; ``TAKEN`` and ``PAST`` can't."""

    FREE = "free"
    OFF = "off"
    OUTSIDE = "outside"
    TAKEN = "taken"
    PAST = "past"


POSSIBLE = frozenset({Outlook.FREE, Outlook.OFF, Outlook.OUTSIDE})


@dataclass(frozen=True)
class DateOutlook:
    """A date, and why it is not simply free."""

    day: date
    interval: Interval
    outlook: Outlook
    why: str = ""

    @property
    def when(self) -> str:
        return when(self.interval.start, self.interval.end)

    @property
    def possible(self) -> bool:
        return self.outlook in POSSIBLE


@dataclass(frozen=True)
class _WishFacts:
    """What all dates of a wish are held against, read once."""

    busy: Sequence[Busy]
    room: Sequence[Interval]
    frames: dict[int, Frame]
    off: Off
    names: dict[int, str]
    now: datetime


def outlooks(wanted: WantedHour, *, now: datetime) -> list[DateOutlook]:
    """Each date of the rule in its order. A bounded number of queries, whatever the number of dates."""
    if not wanted.dates:
        return []
    span, days = span_of(wanted.dates), [day for day, _interval in wanted.dates]
    school = wanted.point.school if wanted.point else None
    known = _WishFacts(
        busy_tutors(wanted.tutors, span),
        busy_room(wanted.room.pk if wanted.room else None, span),
        frames(wanted.tutors, wanted.centre.pk, wanted.zone, days[0], days[-1]),
        off_days(wanted.centre, school, days[0], days[-1]),
        {one.pk: one.short_name for one in Person.objects.filter(pk__in=wanted.tutors)},
        now,
    )
    return [_outlook(day, interval, known) for day, interval in wanted.dates]


def _outlook(day: date, interval: Interval, known: _WishFacts) -> DateOutlook:
    if interval.start <= known.now:
        return DateOutlook(day, interval, Outlook.PAST, _("this time has passed"))
    for outlook, why in (
        (Outlook.TAKEN, _taken(interval, known)),
        (Outlook.OFF, known.off.on(day)),
        (Outlook.OUTSIDE, _outside(day, interval, known)),
    ):
        if why:
            return DateOutlook(day, interval, outlook, why)
    return DateOutlook(day, interval, Outlook.FREE)


def _taken(interval: Interval, known: _WishFacts) -> str:
    """Who or what has something else then; "" where nothing."""
    for busy in known.busy:
        if busy.interval.clashes(interval):
            return f"{known.names.get(busy.tutor, '')}: {busy.words}, {hours(busy.interval.start, busy.interval.end)}"
    room = first_clash(interval, known.room)
    return _("the room is taken %(hours)s") % {"hours": hours(room.start, room.end)} if room else ""


def _outside(day: date, interval: Interval, known: _WishFacts) -> str:
    """Whose weekly hours it is not in, or who is away; "" where all are there."""
    for tutor, frame in known.frames.items():
        away = frame.away_on(day)
        if away is not None:
            return ", ".join(filter(None, [_("%(name)s is away") % {"name": known.names.get(tutor, "")}, away]))
        if not frame.covers(interval):
            return _("outside the hours of %(name)s") % {"name": known.names.get(tutor, "")}
    return ""
