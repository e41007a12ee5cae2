"""Announcements of outer events: those that still run, and those that are over."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from traektoria.core.audit import trail
from traektoria.core.labels import text_of, texts_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.events.announcements.models import Announcement
from traektoria.events.event.enums import Level
from traektoria.people.actor import Actor
from traektoria.people.enums import Subject
from traektoria.people.history import HistoryLine, history_lines

COLUMNS = (
    "pk", "kind_name", "title", "source", "level", "subjects", "for_whom", "held", "deadline", "withdrawn_at",
    "centre__name",
)  # fmt: skip


@dataclass(frozen=True)
class AnnouncementRow:
    pk: int
    kind_name: str
    title: str
    source: str
    level: str
    subjects: str
    for_whom: str
    held: str
    deadline: date
    withdrawn_at: datetime | None
    centre: str

    @property
    def level_label(self) -> str:
        return text_of(Level, self.level)

    @property
    def subject_labels(self) -> str:
        return ", ".join(texts_of(Subject, self.subjects.split()))


def visible_to(actor: Actor) -> QuerySet[Announcement]:
    return Announcement.objects.filter(centre__in=actor.centre_ids).select_related("centre__municipality", "author")


def announcement_page(
    actor: Actor, asked: object, *, over: bool, kind: str = "", subject: str = "", today: date
) -> Page[AnnouncementRow]:
    """The nearest deadline first; of what is over, the latest. One query."""
    found = _listed(over, bool(kind), bool(subject)).page(
        asked, centres=actor.centre_ids, today=today, kind=kind, subject=f" {subject} "
    )
    return replaced(found, [AnnouncementRow(*columns) for columns in found])


@prepared
def _listed(over: bool, by_kind: bool, by_subject: bool) -> QuerySet[Announcement, Any]:
    rows = Announcement.objects.filter(centre__in=Numbers("centres"))
    ended = Q(deadline__lt=Given("today")) | Q(withdrawn_at__isnull=False)
    rows = rows.filter(ended) if over else rows.exclude(ended)
    if by_kind:
        rows = rows.filter(kind=Given("kind"))
    if by_subject:
        rows = rows.filter(Q(subjects="") | Q(subjects__contains=Given("subject")))
    return rows.order_by("-deadline" if over else "deadline", "pk").values_list(*COLUMNS)


def history_of(row: Announcement) -> list[HistoryLine]:
    return history_lines(trail(row))
