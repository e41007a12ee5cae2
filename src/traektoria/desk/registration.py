"""What the room desk tells the rooms below (core registries)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from traektoria.core import audit
from traektoria.core.models import Installation
from traektoria.core.registries import (
    DeskGroup,
    DeskLine,
    DeskSign,
    MenuEntry,
    PersonalData,
    Wait,
    Waited,
    WaitingKind,
    WaitingSource,
    Watch,
    Words,
    desk_signs,
    menu,
    personal_data,
    word_events,
)
from traektoria.core.repairs import MENDED
from traektoria.core.tasks.queries import worker_seen
from traektoria.core.typography import counted
from traektoria.core.waiting import waits
from traektoria.desk import errand_waiting as errand_waiting
from traektoria.desk.personal_data import feeds_of
from traektoria.people import addressees
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.throttle import proxy_seen

BACKGROUND = "desk:background"
GIVEN_UP, WRONG = "desk.given_up", "desk.wrong"
WEEK = timedelta(days=7)


def of_tasks(tasks: QuerySet[Any]) -> Iterator[Wait]:
    """Those that gave up. One query."""
    for pk in tasks.filter(status=TaskResultStatus.FAILED).values_list("pk", flat=True):
        yield Wait(GIVEN_UP, addressees.ADMINISTRATOR, pk)


def of_installation(rows: QuerySet[Installation]) -> Iterator[Wait]:
    """That rows of what waits were wrong in one of the last nights. Two queries."""
    for installation in rows:
        last = audit.trail(installation).filter(event=MENDED).last()
        if last is not None:
            facts, until = {"rows": last.facts["rows"]}, timezone.localdate(last.at) + WEEK
            to = addressees.ADMINISTRATOR
            yield Wait(WRONG, to, installation, facts=facts, since=last.at, shows_until=until)


def _has_failed(task: Any) -> bool:
    """Now or before: those that never did need no look."""
    return task.status == TaskResultStatus.FAILED or bool(task.exception_class_path)


def given_up(row: Waited) -> Words:
    what = gettext("Background work gave something up after several tries")
    return Words(what, "", reverse(BACKGROUND), gettext("Look"))


def wrong(row: Waited) -> Words:
    what = counted(
        row.facts["rows"],
        "%(n)s line of «My day» or of the calendar was wrong and is mended: tell the developers",
        "%(n)s lines of «My day» or of the calendar were wrong and are mended: tell the developers",
    )
    return Words(what, "", reverse(BACKGROUND), gettext("Look"))


def for_administrator(actor: Actor) -> Iterable[DeskLine]:
    """Background work that stands still: who could write it is dead. A proxy that the server was not told of: who could
    write it must not wait. Two queries, for the administrator alone."""
    if not actor.is_administrator:
        return
    if not worker_seen().lives:
        what = gettext("Background work stands still: letters and reminders do not go out")
        yield DeskLine(DeskGroup.TODAY, what, "", reverse(BACKGROUND), gettext("Look"))
    if proxy_seen():
        what = gettext("A proxy stands before the server, and the server was not told: set TRAEKTORIA_PROXIES")
        yield DeskLine(DeskGroup.TODAY, what, "", reverse("help:page", args=["administrator"]), gettext("How"))


menu.add(MenuEntry("desk", 10, _("My day"), "desk:home", "sun", lambda actor: True, ()))
menu.add(
    MenuEntry(
        slug="calendar",
        order=12,
        label=_("Calendar"),
        url_name="desk:calendar",
        icon="calendar-days",
        visible=lambda actor: not actor.roles.isdisjoint({Role.TUTOR, Role.COORDINATOR, *HEADS}),
        prefixes=("/calendar/",),
    )
)
menu.add(
    MenuEntry(
        slug="background",
        order=97,
        label=_("Background work"),
        url_name=BACKGROUND,
        icon="clock",
        visible=lambda actor: actor.is_administrator,
        prefixes=("/background/",),
    )
)
word_events(
    {
        "calendar_feed.make": _("address of the calendar made"),
        "calendar_feed.revoke": _("address of the calendar taken back"),
    }
)
personal_data.add(PersonalData("calendar_feeds", 93, _("addresses of your calendar"), feeds_of))
desk_signs.add(DeskSign("desk.background", 3, for_administrator))
waits(
    WaitingSource(
        slug="desk.tasks",
        order=3,
        model=DBTaskResult,
        rows=of_tasks,
        kinds=(WaitingKind(GIVEN_UP, 3, DeskGroup.TODAY, given_up, sums=True),),
        watches=(Watch(DBTaskResult, lambda task: [task.pk] if _has_failed(task) else []),),
    )
)
waits(
    WaitingSource(
        slug="desk.wrong",
        order=3,
        model=Installation,
        rows=of_installation,
        kinds=(WaitingKind(WRONG, 3, DeskGroup.SOON, wrong),),
    )
)
