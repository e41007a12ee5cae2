"""A freed place goes to the first in the waiting list who can take it; each decision is a line of the event's log. The
order and the times are of ``engines.queueing``. Inside the caller's transaction, with the event locked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.engagements import clashes
from traektoria.core.joined import Joined, RowWriter
from traektoria.core.prepared import Given, prepared
from traektoria.core.prepared import Numbers as Keys
from traektoria.core.waiting import gathered
from traektoria.engines.queueing import Line, Waiter, offer
from traektoria.events.enrolment.enums import EnrolmentState, LogLine
from traektoria.events.enrolment.letters import PROMOTED, tell
from traektoria.events.enrolment.models import Enrolment, EventLine, Seat
from traektoria.events.enrolment.policies import can_open, coming_dates, notice_of, priorities, subjects_count
from traektoria.events.enrolment.seats import SeatNumbers
from traektoria.events.event.models import Event, EventDate
from traektoria.events.event.policies import of_centre
from traektoria.people import addressees
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import Employment

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
    why_not, is_open = _why_not(event, waiting, dates, numbers, now), can_open(event, now)
    last, notice, days = max(one.start for one in coming), notice_of(event), [one.pk for one in coming]
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
    event: Event, rows: dict[int, _Waits], chosen: dict[int, list[EventDate]], numbers: SeatNumbers, now: datetime
) -> Callable[[int], str]:
    there = of_centre(list(rows), event.centre_id)

    def why(person: int) -> str:
        row = rows[person]
        dates = chosen.get(row.pk, [])
        if person not in there:
            return LogLine.GONE
        if not dates or min(one.start for one in dates) - notice_of(event) <= now:
            return LogLine.TOO_NEAR
        if not numbers.school_has_room(row.work_id):
            return LogLine.SCHOOL
        if not numbers.have_room([one.pk for one in dates]):
            return LogLine.FULL
        busy = clashes([addressees.person(person)], *[one.interval for one in dates])
        return LogLine.BUSY if busy else ""

    return why


def give_place(
    event: Event, row: Enrolment, dates: list[int], numbers: SeatNumbers, now: datetime, by: Actor | None = None
) -> Enrolment:
    """To who waits. ``by``: they asked for it themselves."""
    row.event = event
    numbers.take(row, dates)
    row.state, row.decided_at = EnrolmentState.IN, now
    WRITTEN.update(row, "state", "decided_at", heard=True)
    audit.record("enrolment.promote", row, by=by, of=row.event_id)
    return row
