"""Programmes of tutorials on the shelf of a centre, one of them with its versions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from traektoria.core.paging import Page, page_of, replaced
from traektoria.events.event.permissions import KEEPERS
from traektoria.events.tutorials.content import Module, modules_of
from traektoria.events.tutorials.models import Tutorial, TutorialProgramme, TutorialVersion
from traektoria.people.actor import Actor


def visible_to(actor: Actor) -> QuerySet[TutorialProgramme]:
    """Those of the centres where the person prepares events."""
    rows = TutorialProgramme.objects.filter(centre__in=actor.centres(*KEEPERS))
    return rows.select_related("centre__municipality", "author")


@dataclass(frozen=True)
class ProgrammeRow:
    """A line of the shelf: ``held`` so many times, ``version`` 0 where none was released yet."""

    programme: TutorialProgramme
    version: int
    held: int

    @property
    def meetings(self) -> int:
        return len(self.programme.modules)

    @property
    def tasks(self) -> int:
        return sum(1 for one in modules_of(self.programme.modules) if one.task)


def programme_page(actor: Actor, asked: object, *, aside: bool) -> Page[ProgrammeRow]:
    """In the order of the titles. One query."""
    newest = TutorialVersion.objects.filter(programme=OuterRef("pk")).order_by("-number").values("number")[:1]
    held = Tutorial.objects.filter(version__programme=OuterRef("pk")).order_by()
    times = held.values("version__programme").annotate(n=Count("pk")).values("n")
    found: QuerySet[Any, Any] = visible_to(actor).filter(archived_at__isnull=not aside).annotate(
        newest=Coalesce(Subquery(newest), 0), held=Coalesce(Subquery(times), 0)
    )  # fmt: skip
    page = page_of(found.order_by("title", "pk"), asked)
    return replaced(page, [ProgrammeRow(one, one.newest, one.held) for one in page])


def newest_of(programme: TutorialProgramme) -> TutorialVersion | None:
    """The version of which events are made. One query."""
    return programme.versions.select_related("by").first()


def versions_of(programme: TutorialProgramme) -> list[TutorialVersion]:
    """The newest first. One query."""
    return list(programme.versions.select_related("by"))


def held_of(programme: TutorialProgramme, actor: Actor) -> list[Tutorial]:
    """Events made of it that the person may read: announced ones, and drafts of one's own. One query."""
    rows = Tutorial.objects.filter(version__programme=programme).select_related("event", "version")
    if not actor.is_coordinator:
        rows = rows.filter(Q(event__announced_at__isnull=False) | Q(event__author=actor.person_id))
    return list(rows.order_by("-pk")[:20])


def modules_in(version: TutorialVersion) -> list[Module]:
    return modules_of((version.content or {}).get("modules", []))
