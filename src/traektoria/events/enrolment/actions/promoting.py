"""A freed place goes to the first in the waiting list who can take it; each decision is a line of the event's log. The
order and the times are of ``engines.queueing``. Inside the caller's transaction, with the event locked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.engagements import clashes
from traektoria.core.prepared import Given, prepared
from traektoria.engines.queueing import Line, Waiter, offer
from traektoria.events.enrolment.enums import EnrolmentState, Said
from traektoria.events.enrolment.letters import PROMOTED, dates_of, tell
from traektoria.events.enrolment.models import Enrolment, EventLine
from traektoria.events.enrolment.policies import can_open, coming_dates, notice_of, priorities, subjects_count
from traektoria.events.enrolment.seats import Numbers
from traektoria.events.event.models import Event
from traektoria.events.event.policies import of_centre
from traektoria.people import addressees
from traektoria.people.actor import in_force
from traektoria.people.models import Employment

STANDS_FOR = timedelta(weeks=60)
"""Who waits has said yes already: the place is theirs until they give it back."""


def promote(event: Event, now: datetime | None = None) -> list[Enrolment]:
    """As many as there are places for. Where nobody waits, or nothing is free, nothing is written."""
    moment = now or timezone.now()
    waiting = {row.person_id: row for row in _waiting(event)}
    coming = [one.pk for one in coming_dates(event, moment)]
    numbers = Numbers(event)
    made: list[Enrolment] = []
    told: set[Line] = set()
    while waiting and coming and numbers.has_any_room(coming):
        decision = offer(
            _queue(event, list(waiting.values())), now=moment, start=max(one.start for one in event.dates.all()
            if one.pk in coming), notice=notice_of(event), stands_for=STANDS_FOR,
            why_not=_why_not(event, waiting, numbers, moment), is_open=can_open(event, moment),
        )  # fmt: skip
        fresh = [line for line in decision.lines if line not in told]
        told |= set(fresh)
        EventLine.objects.bulk_create(
            [EventLine(event=event, person_id=one.key, said=one.why or Said.PROMOTED) for one in fresh]
        )
        if decision.key is None:
            break
        made.append(_promoted(waiting.pop(decision.key), numbers, moment))
    tell(made, PROMOTED)
    return made


def _waiting(event: Event) -> list[Enrolment]:
    """Three queries."""
    rows = Enrolment.objects.filter(event=event.pk, state=EnrolmentState.WAITS).prefetch_related("seats")
    found = list(rows.order_by("since", "pk"))
    for row in found:
        row.event = event
    return found


def _queue(event: Event, rows: list[Enrolment]) -> list[Waiter]:
    ranks = priorities(event, rows, _teach(event, [row.person_id for row in rows]))
    return [Waiter(row.person_id, row.since, ranks[row.person_id]) for row in rows]


def place_in_queue(event: Event, person: int) -> int:
    """From 1, in the order of today; 0 for who does not wait. At most four queries, of columns alone."""
    rows = [_Waits(*row) for row in _columns().all(event=event.pk)]
    mine = next((row for row in rows if row.person_id == person), None)
    if mine is None:
        return 0
    ranks = priorities(event, rows, _teach(event, [row.person_id for row in rows]))
    last = (ranks[person], mine.since, person)
    return len([1 for row in rows if (ranks[row.person_id], row.since, row.person_id) <= last])


class _Waits(NamedTuple):
    person_id: int
    since: datetime
    work_id: int | None
    item_id: int | None


@prepared
def _columns() -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(event=Given("event"), state=EnrolmentState.WAITS).order_by()
    return rows.values_list("person_id", "since", "work_id", "item_id")


def _teach(event: Event, people: list[int]) -> dict[int, list[str]]:
    """One query, none where it does not matter."""
    if not subjects_count(event):
        return {}
    rows = Employment.objects.filter(in_force(timezone.localdate()), person__in=people)
    found: dict[int, list[str]] = {}
    for person, subjects in rows.values_list("person_id", "subjects"):
        found.setdefault(person, []).extend(subjects)
    return found


def _why_not(event: Event, rows: dict[int, Enrolment], numbers: Numbers, now: datetime) -> Callable[[int], str]:
    there = of_centre(list(rows), event.centre_id)

    def why(person: int) -> str:
        row = rows[person]
        dates = [one for one in dates_of(row) if one.stands and one.start > now]
        if person not in there:
            return Said.GONE
        if not dates or min(one.start for one in dates) - notice_of(event) <= now:
            return Said.TOO_NEAR
        if not numbers.school_has_room(row.work_id):
            return Said.SCHOOL
        if not numbers.have_room([one.pk for one in dates]):
            return Said.FULL
        busy = clashes([addressees.person(person)], *[one.interval for one in dates])
        return Said.BUSY if busy else ""

    return why


def _promoted(row: Enrolment, numbers: Numbers, now: datetime) -> Enrolment:
    dates = [one.pk for one in dates_of(row) if one.stands and one.start > now]
    numbers.take(row, dates)
    row.state, row.decided_at = EnrolmentState.IN, now
    row.save(update_fields=["state", "decided_at"])
    audit.record("enrolment.promote", row, by=None, of=row.event_id)
    return row
