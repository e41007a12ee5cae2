"""What some people are and have at the time of a slot, in one statement: whether they teach there, what takes their
time then, how many bookings each has in the month."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, ExpressionWrapper, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.bookings.enums import COMING, LIVE
from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.slots.models import Slot
from traektoria.consultations.slots.queries.busy_times import busy_of, busy_rows, busy_sources, together
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.engines.intervals import Interval
from traektoria.people.actor import in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

BOOKED, MONTH, TEACHES = "booked", "month", "teaches"
_TIMES: Final = ("person_id", "slot__start", "slot__end")
Month = tuple[datetime, datetime]
Elsewhere = dict[int, tuple[Interval, str]]


@dataclass(frozen=True)
class Then:
    """``teaching``: teachers of the centre today. ``elsewhere``: what is at the same time, without its topic.
    ``booked``: live bookings of the centre in the month of the slot."""

    teaching: frozenset[int]
    elsewhere: Elsewhere
    booked: Counter[int]


def then(people: Collection[int], slot: Slot, *, besides: Collection[int] = ()) -> Then:
    """Under the locks of the people. ``besides``: bookings that don't count. One query."""
    span, month = slot.interval, month_of(slot)
    rows = _then(busy_sources(span)).all(
        people=people, since=span.start, until=span.end, without=0, besides=besides, centre=slot.centre_id,
        month_since=month[0], month_until=month[1], today=timezone.localdate(),
    )  # fmt: skip
    teaching = frozenset([row[0] for row in rows if row[4] == TEACHES])
    booked = Counter([row[0] for row in rows if row[4] == MONTH])
    return Then(teaching, _elsewhere([row for row in rows if row[4] not in (TEACHES, MONTH)], span), booked)


@prepared
def _then(sources: tuple[str, ...]) -> QuerySet[Any, Any]:
    at: Any = ExpressionWrapper(Given("since"), output_field=DateTimeField())
    month = live_in_month("month_").filter(person__in=Numbers("people"))
    return together(_coming(), BOOKED, *_TIMES).union(
        *busy_rows(sources), together(month, MONTH, *_TIMES), together(_teachers(), TEACHES, "person_id", at, at),
        all=True,
    )  # fmt: skip


def elsewhere(people: Collection[int], span: Interval) -> Elsewhere:
    """By person: what is at the same time, without its topic. One query."""
    asked = _at_once(busy_sources(span))
    rows = asked.all(people=people, since=span.start, until=span.end, without=0, besides=())
    return _elsewhere(rows, span)


@prepared
def _at_once(sources: tuple[str, ...]) -> QuerySet[Any, Any]:
    return together(_coming(), BOOKED, *_TIMES).union(*busy_rows(sources), all=True)


def _elsewhere(rows: Collection[tuple[int, datetime, datetime, str, str]], span: Interval) -> Elsewhere:
    """What is booked is said first."""
    words = _("a booked consultation")
    found = {person: (Interval(start, end), words) for person, start, end, _words, what in rows if what == BOOKED}
    for busy in busy_of([row for row in rows if row[4] != BOOKED]):
        if busy.interval.clashes(span):
            found.setdefault(busy.tutor, (busy.interval, busy.words))
    return found


def _coming() -> QuerySet[Booking]:
    rows = Booking.objects.filter(
        person__in=Numbers("people"), state__in=COMING, slot__start__lt=Given("until"), slot__end__gt=Given("since")
    )
    return rows.exclude(pk__in=Numbers("besides"))


def teaching(people: Collection[int], centre_id: int) -> set[int]:
    """Who of them teaches there today. One query."""
    return {person for (person,) in _teaching().all(people=people, centre=centre_id, today=timezone.localdate())}


@prepared
def _teaching() -> QuerySet[RoleAssignment, Any]:
    return _teachers().order_by().values_list("person")


def _teachers() -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(
        in_force(Given("today")), person__in=Numbers("people"), role=Role.TEACHER, centre=Given("centre")
    )


def month_of(slot: Slot) -> Month:
    """[first moment, first moment of the next): by the calendar of the centre, whose zone is that of the Hour."""
    day = timezone.localtime(slot.start, ZoneInfo(slot.date.hour.zone))
    first = day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, (first + timedelta(days=32)).replace(day=1)


def booked_in_month(people: Collection[int], centre_id: int, month: Month) -> Counter[int]:
    """Of each, how many. One query."""
    found = _of_month().all(people=people, centre=centre_id, since=month[0], until=month[1], besides=())
    return Counter([person for (person,) in found])


@prepared
def _of_month() -> QuerySet[Booking, Any]:
    return live_in_month().filter(person__in=Numbers("people")).values_list("person")


def live_in_month(prefix: str = "") -> QuerySet[Booking]:
    """``prefix``: of the names under which the month is given."""
    since, until = Given(f"{prefix}since"), Given(f"{prefix}until")
    rows = Booking.objects.filter(
        slot__centre=Given("centre"), state__in=LIVE, slot__start__gte=since, slot__start__lt=until
    )
    return rows.exclude(pk__in=Numbers("besides")).order_by()
