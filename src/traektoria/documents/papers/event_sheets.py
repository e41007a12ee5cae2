"""The sheet that is signed at the door of an event: who is registered, with a place to sign, and empty rows."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.documents.papers.shared import in_russian
from traektoria.engines.papers import Facts, Paper, Signature, Table
from traektoria.events.attendance.queries import sheet_of
from traektoria.events.enrolment.access_log import log_list
from traektoria.events.event.enums import STANDS, DateState
from traektoria.events.event.models import EventDate
from traektoria.events.event.time_and_place import place, when, zone_of
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

HEAD: Final = ("№", "Фамилия, имя, отчество", "Школа", "Подпись")
WIDTHS: Final = (0.07, 0.4, 0.31, 0.22)
EMPTY: Final = 12
"""Rows for who comes without a registration."""


def readable_sheets(actor: Actor) -> QuerySet[EventDate]:
    """Of dates whose event the person leads or keeps, as ``events.event.permissions.check_lead`` says."""
    leads = Q(event__leads__person=actor.person_id or 0, event__centre__in=actor.centre_ids)
    wrote = Q(event__author=actor.person_id or 0, event__centre__in=actor.centres(Role.TUTOR))
    seen = leads | wrote | Q(event__centre__in=actor.centres(Role.COORDINATOR))
    there = EventDate.objects.filter(seen, state=DateState.STANDING, event__state__in=STANDS, event__pupils_only=False)
    rows = EventDate.objects.filter(pk__in=there.order_by().values("pk"))
    whole = ("event__centre__municipality", "event__point", "event__room", "event__school")
    return rows.select_related(*whole).prefetch_related("event__leads__person")


@in_russian
def sheet_paper(date: EventDate) -> Paper:
    event, zone = date.event, zone_of(date.event)
    people = [row for row in sheet_of(date, whole=True) if not row.walk_in]
    rows = [(str(number), row.name, row.work, "") for number, row in enumerate(people, 1)]
    rows += [(str(number), "", "", "") for number in range(len(rows) + 1, len(rows) + 1 + EMPTY)]
    leaders = [one.person.short_name for one in event.leads.all()]
    day = timezone.localdate(date.start, zone)
    return Paper(
        kind="event_sheet",
        file_name=f"Лист регистрации {day:%d.%m.%Y} {event.title}"[:110],
        issuer=(event.centre.name,),
        title=("ЛИСТ РЕГИСТРАЦИИ", f"{event.kind_name} «{event.title}»"),
        day=day,
        blocks=(
            Facts((("Когда", when(date, zone)), ("Где", place(event)), ("Кто ведёт", ", ".join(leaders)))),
            Table(HEAD, WIDTHS, tuple(rows)),
        ),
        signatures=tuple(Signature("Кто ведёт", name) for name in leaders[:1]),
    )  # fmt: skip


def log_sheet(date: EventDate, by: Actor) -> None:
    """Whose names went on paper."""
    log_list(by=by, event=date.event, people=[row.person for row in sheet_of(date)])
