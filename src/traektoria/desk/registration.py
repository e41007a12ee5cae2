"""What the room desk tells the rooms below (core registries)."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import DeskGroup, DeskLine, DeskSource, MenuEntry, desk, menu
from traektoria.core.tasks.queries import failed_count, worker_seen
from traektoria.people.actor import Actor

BACKGROUND = "desk:background"


def for_administrator(actor: Actor, today: date) -> Iterable[DeskLine]:
    """Background work that stands still, or gave something up. Two queries, for the administrator alone."""
    if not actor.is_administrator:
        return
    if not worker_seen().lives:
        what = gettext("Background work stands still: letters and reminders do not go out")
        yield DeskLine(DeskGroup.TODAY, what, "", reverse(BACKGROUND), gettext("Look"))
    if failed_count():
        what = gettext("Background work gave something up after several tries")
        yield DeskLine(DeskGroup.TODAY, what, "", reverse(BACKGROUND), gettext("Look"))


menu.add(MenuEntry("desk", 10, _("My day"), "desk:home", "sun", lambda actor: True, ()))
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
desk.add(DeskSource("desk.background", 3, for_administrator))
