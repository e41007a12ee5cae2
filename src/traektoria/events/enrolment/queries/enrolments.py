"""Who is registered for an event; one's own registration; the log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from traektoria.core.joined_rows import Joined
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.enrolment.enums import EnrolmentState, LogLine
from traektoria.events.enrolment.models import Enrolment, EventLine, Seat
from traektoria.events.event.models import Event
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import short_name

LOOKS: dict[str, tuple[str, str]] = {
    EnrolmentState.IN: ("success", "check"),
    EnrolmentState.WAITS: ("warning", "hourglass"),
    EnrolmentState.LEFT: ("neutral", ""),
    EnrolmentState.REMOVED: ("neutral", "x"),
}
NAME = ("person__surname", "person__given", "person__patronymic")
COLUMNS = ("pk", "person", "state", "whole", "since", "school__name", "work__name", "why")
_OWN = Joined(Enrolment, "school", "item")
_SEATS = Joined(Seat)
_LINES = Joined(EventLine, "person", "by")
MOST_SHOWN = 100


@dataclass(frozen=True)
class EnrolmentRow:
    """``school`` registered the person, ``work`` is where they work."""

    pk: int
    person: int
    state: str
    whole: bool
    since: datetime
    school: str | None
    work: str | None
    why: str
    name: str

    @property
    def state_label(self) -> str:
        return text_of(EnrolmentState, self.state)

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.state]


def visible_to(actor: Actor) -> QuerySet[Enrolment]:
    """One's own; those of events that one leads; of the coordinator's centre; those that the school of a head made."""
    if actor.person_id is None:
        return Enrolment.objects.none()
    seen = Q(person=actor.person_id) | Q(event__leads__person=actor.person_id, event__centre__in=actor.centre_ids)
    seen |= Q(event__author=actor.person_id, event__centre__in=actor.centres(Role.TUTOR))
    seen |= Q(event__centre__in=actor.centres(Role.COORDINATOR))
    if actor.is_head:
        seen |= Q(school__in=actor.schools(*HEADS), event__centre__in=actor.centres(*HEADS))
    rows = Enrolment.objects.filter(pk__in=Enrolment.objects.filter(seen).order_by().values("pk"))
    return rows.select_related("event__centre__municipality", "person", "school")


def find_enrolment(actor: Actor, pk: int) -> Enrolment | None:
    """One of those, with its event. One query."""
    found: Enrolment | None = _seen(actor.roles).first(pk=pk, **given_of(actor)) if actor.person_id else None
    return found


@prepared
def _seen(roles: frozenset[Role]) -> QuerySet[Enrolment]:
    return visible_to(anybody(roles)).filter(pk=Given("pk"))


def own(event: Event, person: int | None) -> tuple[Enrolment | None, list[int]]:
    """The person's registration and its dates. At most two queries."""
    found = _OWN.find("t.event_id = %s AND t.person_id = %s", event.pk, person) if person else []
    if not found:
        return None, []
    found[0].event = event
    return found[0], [one.date_id for one in _SEATS.find("t.enrolment_id = %s", found[0].pk)]


def people_page(event: Event, asked: object) -> Page[EnrolmentRow]:
    """Those who are in by name, then those who wait, then those who are off. One query."""
    found = _of_event().page(asked, event=event.pk)
    return replaced(found, [_row(*columns) for columns in found])


def _row(*columns: Any) -> EnrolmentRow:
    plain, name = columns[: len(COLUMNS)], columns[len(COLUMNS) :]
    return EnrolmentRow(*(*plain, short_name(*name)))


@prepared
def _of_event() -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(event=Given("event"))
    return rows.order_by("state", "person__sort_name", "pk").values_list(*COLUMNS, *NAME)


def of_school(event: Event, school_id: int) -> list[EnrolmentRow]:
    """Whom the school registered. One query."""
    rows = Enrolment.objects.filter(event=event.pk, school=school_id).order_by("person__sort_name", "pk")
    return [_row(*columns) for columns in rows.values_list(*COLUMNS, *NAME)]


def counts_of(event: Event) -> dict[str, int]:
    """How many are in, wait, are off. One query."""
    rows = Enrolment.objects.filter(event=event.pk).order_by().values("state").annotate(number=Count("pk"))
    return dict(rows.values_list("state", "number"))


def log_of(event: Event) -> list[EventLine]:
    """The newest first. One query."""
    return _LINES.find("t.event_id = %s", event.pk, order="t.id DESC", of=(0, MOST_SHOWN))


def said(line: EventLine) -> str:
    return text_of(LogLine, line.said)


def in_of(event: Event, people: Collection[int]) -> set[int]:
    """Those of the people who are in or wait. One query."""
    rows = Enrolment.objects.filter(event=event.pk, person__in=people, state__in=["in", "waits"])
    return set(rows.values_list("person_id", flat=True))
