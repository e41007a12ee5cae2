"""The list by which who came is marked; what holds of one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import OuterRef, QuerySet, Subquery

from traektoria.core.joined_rows import Joined
from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.attendance.enums import EvidenceAnswer, Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.enrolment.enums import EnrolmentState
from traektoria.events.enrolment.models import Seat
from traektoria.events.event.models import MINUTE, Event, EventDate
from traektoria.people.models import full_name, short_name

_OWN = Joined(Attendance, "date")
NAME = ("surname", "given", "patronymic")


@dataclass(frozen=True)
class SheetRow:
    """A line of the list; ``key`` is of the press that may come from it, ``said`` what holds now."""

    person: int
    name: str
    work: str
    said: str
    walk_in: bool
    key: UUID


def sheet_of(date: EventDate, *, whole: bool = False) -> list[SheetRow]:
    """Who has a place on the date, then who came without one, each by name; ``whole`` names are as one says them. Two
    queries."""
    called = full_name if whole else short_name
    rows = [
        SheetRow(person, called(*name), work or "", _standing(said), False, uuid4())
        for person, work, said, *name in _expected().all(date=date.pk)
    ]
    there = {row.person for row in rows}
    more = [
        SheetRow(person, called(*name), "", _standing(said), True, uuid4())
        for person, said, *name in _marked().all(date=date.pk)
        if person not in there and _standing(said)
    ]
    return [*rows, *more]


def _standing(said: str | None) -> str:
    """A mark that was taken back is none."""
    return said if said and said != Word.UNDONE else ""


@prepared
def _expected() -> QuerySet[Seat, Any]:
    said = Attendance.objects.filter(date=Given("date"), person=OuterRef("enrolment__person")).values("said")
    rows = Seat.objects.filter(date=Given("date"), enrolment__state=EnrolmentState.IN)
    found: QuerySet[Any, Any] = rows.annotate(said=Subquery(said[:1]))
    names = (f"enrolment__person__{part}" for part in NAME)
    ordered = found.order_by("enrolment__person__sort_name", "enrolment__person")
    return ordered.values_list("enrolment__person", "enrolment__work__name", "said", *names)


@prepared
def _marked() -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(date=Given("date")).order_by("person__sort_name", "person")
    return rows.values_list("person", "said", *(f"person__{part}" for part in NAME))


def own_of(event: Event, person: int | None) -> list[Attendance]:
    """What is said of the person at the event, by date; what they counted for their route though it is said no more,
    too. One query."""
    if not person:
        return []
    rows = _OWN.find("date.event_id = %s AND t.person_id = %s", event.pk, person, order="date.start")
    return [row for row in rows if _standing(row.said) or row.answer == EvidenceAnswer.TAKEN]


def minutes_since(person: int | None, since: datetime) -> int:
    """Of all dates since then that took place and to which the person came. One query."""
    spans = _been().all(person=person or 0, since=since)
    return sum((end - start) // MINUTE for start, end in spans)


@prepared
def _been() -> QuerySet[Attendance, Any]:
    came = Attendance.objects.filter(person=Given("person"), said=Word.CAME)
    rows = came.filter(date__held_at__isnull=False, date__start__gte=Given("since"))
    return rows.order_by("pk").values_list("date__start", "date__end")


def asked_of(rows: list[Attendance]) -> list[Attendance]:
    """Of dates that took place. Reads ``date``."""
    return [row for row in rows if row.answer == EvidenceAnswer.ASKED and row.date.held_at is not None]


def unfounded(rows: Iterable[Attendance]) -> list[Attendance]:
    """Counted for the route by the teacher, and nobody says any more that they came."""
    return [row for row in rows if row.answer == EvidenceAnswer.TAKEN and row.said != Word.CAME]


def minutes_of(rows: Iterable[Attendance]) -> int:
    """Of the dates that took place and to which one came: the minutes that also load who led them, each date once.
    Reads ``date``."""
    return sum(row.date.minutes for row in rows if row.said == Word.CAME and row.date.held_at is not None)
