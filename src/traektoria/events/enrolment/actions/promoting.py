"""A freed place goes to the first in the waiting list who can take it; each decision is a line of the event's log. The
order and the times are of ``engines.waiting_list``. Inside the caller's transaction, with the event locked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.engagements import clashes
from traektoria.core.joined_rows import Joined, RowWriter
from traektoria.core.prepared_statements import Given, prepared
from traektoria.core.prepared_statements import Numbers as Keys
from traektoria.core.waiting import gathered
from traektoria.engines.waiting_list import Line, Waiter, in_order, offer
from traektoria.events.enrolment.enums import EnrolmentState, LogLine
from traektoria.events.enrolment.letters import PROMOTED, tell
from traektoria.events.enrolment.models import Enrolment, EventLine, Seat
from traektoria.events.enrolment.policies import can_open, coming_dates, notice_of, priorities, subjects_count
from traektoria.events.enrolment.seats import SeatNumbers
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.policies import of_centre
from traektoria.organisations.models import School
from traektoria.people import addressees
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Employment
from traektoria.routes.models import RouteItem

_LINES: Final = RowWriter(EventLine)
WRITTEN: Final = RowWriter(Enrolment)
_ROWS: Final = Joined(Enrolment)
STANDS_FOR = timedelta(weeks=60)
"""Who waits has said yes already: the place is theirs until they give it back."""


def promote(event: Event, now: datetime | None = None) -> list[Enrolment]:
    """As many as there are places for. Where nobody waits, or nothing is free, nothing is written, and nothing else is
    asked: at most three queries."""
    moment = now or timezone.now()
    coming = coming_dates(event, moment)
    waiting = _waiting(event) if coming else {}
    numbers = SeatNumbers(event) if waiting else None
    if numbers is None or not numbers.has_any_room([one.pk for one in coming]):
        return []
    with gathered():
        made = _promote(event, waiting, coming, numbers, moment)
    tell(made, PROMOTED)
    return made


def _promote(
    event: Event, waiting: "dict[int, _Waits]", coming: list[EventDate], numbers: SeatNumbers, now: datetime
) -> list[Enrolment]:
    queue = _queue(event, list(waiting.values()))
    dates = _chosen(event, coming)
    notice, is_open = notice_of(event), can_open(event, now)
    why_not = _why_not(event, waiting, dates, numbers, now, notice)
    last, days = max(one.start for one in coming), [one.pk for one in coming]
    made: list[Enrolment] = []
    told: set[Line] = set()
    while queue and numbers.has_any_room(days):
        decision = offer(
            queue, now=now, start=last, notice=notice, stands_for=STANDS_FOR, why_not=why_not, is_open=is_open
        )
        fresh = [line for line in decision.lines if line not in told]
        told |= set(fresh)
        _LINES.insert_many(
            [EventLine(event=event, person_id=one.key, said=one.why or LogLine.PROMOTED) for one in fresh]
        )
        if decision.key is None:
            break
        queue = [one for one in queue if one.key != decision.key]
        row = waiting[decision.key]
        made.append(give_place(event, _ROWS.get(row.pk), [one.pk for one in dates.get(row.pk, ())], numbers, now))
    return made


def _waiting(event: Event) -> "dict[int, _Waits]":
    """By person. One query, of columns alone: seventeen hundred may wait for one event."""
    return {row.person_id: row for row in (_Waits(*row) for row in _columns().all(event=event.pk))}


def _chosen(event: Event, coming: list[EventDate]) -> dict[int, list[EventDate]]:
    """By number of the registration, on which of the dates to come somebody waits. One query."""
    by_number = {one.pk: one for one in coming}
    found: dict[int, list[EventDate]] = {}
    for row, date in _waited().all(event=event.pk):
        if date in by_number:
            found.setdefault(row, []).append(by_number[date])
    return found


@prepared
def _waited() -> QuerySet[Seat, Any]:
    rows = Seat.objects.filter(enrolment__event=Given("event"), enrolment__state=EnrolmentState.WAITS)
    return rows.order_by("date__start", "date").values_list("enrolment_id", "date_id")


def _queue(event: Event, rows: "list[_Waits]") -> list[Waiter]:
    ranks = priorities(event, rows, _teach(event, [row.person_id for row in rows]))
    return [Waiter(row.person_id, row.since, ranks[row.person_id]) for row in rows]


def place_in_queue(event: Event, person: int) -> int:
    """From 1, in the order of today; 0 for who does not wait. At most four queries, of columns alone."""
    waiting = _waiting(event)
    mine, rows = waiting.get(person), list(waiting.values())
    if mine is None:
        return 0
    ranks = priorities(event, rows, _teach(event, [row.person_id for row in rows]))
    last = (ranks[person], mine.since, person)
    return len([1 for row in rows if (ranks[row.person_id], row.since, row.person_id) <= last])


class _Waits(NamedTuple):
    pk: int
    person_id: int
    since: datetime
    work_id: int | None
    item_id: int | None


@prepared
def _columns() -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(event=Given("event"), state=EnrolmentState.WAITS).order_by()
    return rows.values_list("pk", "person_id", "since", "work_id", "item_id")


def _teach(event: Event, people: list[int]) -> dict[int, list[str]]:
    """One query, none where it does not matter."""
    if not subjects_count(event):
        return {}
    found: dict[int, list[str]] = {}
    for person, subjects in _subjects().all(people=people, today=timezone.localdate()):
        found.setdefault(person, []).extend(subjects)
    return found


@prepared
def _subjects() -> QuerySet[Employment, Any]:
    rows = Employment.objects.filter(in_force(Given("today")), person__in=Keys("people"))
    return rows.order_by().values_list("person_id", "subjects")


def _why_not(
    event: Event, rows: dict[int, _Waits], chosen: dict[int, list[EventDate]], numbers: SeatNumbers, now: datetime,
    notice: timedelta,
) -> Callable[[int], str]:  # fmt: skip
    there = of_centre(list(rows), event.centre_id)

    def why(person: int) -> str:
        row = rows[person]
        dates = chosen.get(row.pk, [])
        if person not in there:
            return LogLine.GONE
        if not dates or min(one.start for one in dates) - notice <= now:
            return LogLine.TOO_NEAR
        if not numbers.school_has_room(row.work_id):
            return LogLine.SCHOOL
        if not numbers.have_room([one.pk for one in dates]):
            return LogLine.FULL
        busy = clashes([addressees.person(person)], *[one.interval for one in dates])
        return LogLine.BUSY if busy else ""

    return why


@dataclass(frozen=True)
class Taking:
    """Who asks for a free place for people who wait already, and for what."""

    by: Actor
    school: School | None = None
    item: RouteItem | None = None

    def is_own(self, person: int) -> bool:
        return person == self.by.person_id

    def write_on(self, row: Enrolment) -> None:
        """What another says of it is theirs; what was said before and is not said anew stays."""
        if not self.is_own(row.person_id):
            row.by_id, row.school = self.by.person_id, self.school or row.school
        row.item = self.item or row.item


def take_free(
    event: Event, wanted: dict[int, Enrolment], taking: Taking, numbers: SeatNumbers, now: datetime
) -> list[Enrolment]:
    """A place that is free although people wait is given to ``wanted``, by person; who has one now, with those who were
    called before them.

    In the order of the list. Who waits earlier and can be called is called. Who presses themselves knows what else they
    have then, and takes even what begins so soon that nobody is called. For others a place is taken as the queue would
    give it; what somebody else who waits could still take is kept in ``numbers``.
    """
    coming = coming_dates(event, now)
    if not numbers.has_any_room([one.pk for one in coming]):
        return []
    waiting, chosen, took = _waiting(event), _chosen(event, coming), []
    why_not = _why_not(event, waiting, chosen, numbers, now, timedelta())
    alone, calls_until = all(map(taking.is_own, wanted)), now + notice_of(event) if can_open(event, now) else None
    for one in in_order(_queue(event, list(waiting.values()))):
        row, dates = waiting[one.key], chosen.get(waiting[one.key].pk, [])
        is_asked, days = one.key in wanted, [date.pk for date in dates]
        is_called = calls_until is not None and bool(dates) and dates[0].start > calls_until
        if alone and not is_asked and not is_called:
            continue
        why = why_not(one.key)
        if is_asked and (not why or (why == LogLine.BUSY and taking.is_own(one.key))):
            took.append(_taken(event, wanted[one.key], days, numbers, now, taking))
        elif is_asked and why in (LogLine.GONE, LogLine.BUSY):
            _LINES.insert(EventLine(event=event, person_id=one.key, said=why))
        elif not why and is_called:
            took.append(give_place(event, _ROWS.get(row.pk), days, numbers, now))
            _LINES.insert(EventLine(event=event, person_id=one.key, said=LogLine.PROMOTED))
        elif not why:
            numbers.keep(row.work_id, days)
        if alone and is_asked:
            break
    return took


def _taken(
    event: Event, row: Enrolment, dates: list[int], numbers: SeatNumbers, now: datetime, taking: Taking
) -> Enrolment:
    taking.write_on(row)
    by = None if taking.is_own(row.person_id) else taking.by.person_id
    _LINES.insert(EventLine(event=event, person_id=row.person_id, said=LogLine.TOOK, by_id=by))
    return give_place(event, row, dates, numbers, now, taking.by)


def give_place(
    event: Event, row: Enrolment, dates: list[int], numbers: SeatNumbers, now: datetime, by: Actor | None = None
) -> Enrolment:
    """To who waits. ``by``: who asked for it."""
    row.event = event
    numbers.take(row, dates)
    row.state, row.decided_at = EnrolmentState.IN, now
    WRITTEN.update(row, "state", "decided_at", *(("by", "school", "item") if by else ()), heard=True)
    audit.record("enrolment.promote", row, by=by, of=row.event_id)
    return row
