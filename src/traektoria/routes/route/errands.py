"""Long work of the room: routes of all teachers of a school drafted at once."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown
from traektoria.core.errors import Refused
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.core.typography import counted
from traektoria.people.actor import Actor
from traektoria.routes.route.actions.batch import draft_all

DRAFTS: Final = "routes.drafts"
LIGHT: Final = 5
"""So many routes are drafted while one waits."""


def check(actor: Actor, facts: dict[str, Any]) -> None:
    if not actor.is_tutor:
        raise Refused(_("Routes of one's teachers are drafted by a tutor."), code="not_the_tutor")


def draft(doing: Doing) -> Shown:
    """A second attempt finds what the first has drafted."""
    school = doing.facts["school"]
    lines = draft_all(by=doing.actor, school=school, told=doing.progress)
    page = reverse("routes:route_batch") + (f"?school={school}" if school else "")
    number = sum(line.made for line in lines)
    return Shown(page, counted(number, "%(n)s draft is made.", "%(n)s drafts are made."))


errand_kinds.add(ErrandKind(DRAFTS, 45, gettext_lazy("Drafting routes"), LIGHT, check, draft))
