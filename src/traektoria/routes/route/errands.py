"""Long work of the room: routes of many teachers drafted at once, by their tutor or by a press of the centre."""

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
from traektoria.routes.route.actions.for_school import draft_for_school

DRAFTS: Final = "routes.drafts"
SCHOOL_DRAFTS: Final = "routes.school_drafts"
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


def check_school(actor: Actor, facts: dict[str, Any]) -> None:
    if not actor.is_coordinator:
        raise Refused(_("Routes of a school are begun by the coordinator of its centre."), code="not_the_coordinator")


def draft_school(doing: Doing) -> Shown:
    """A second attempt finds what the first has drafted."""
    school = doing.facts["school"]
    draft_for_school(school=school, by=doing.actor, told=doing.progress)
    return Shown(f"{reverse('routes:school_routes')}?school={school}", drafted_words())


def drafted_words() -> str:
    """Without a number: at a school with one support it would say that its teacher has confirmed something."""
    return _("Done: where a draft could be made, its tutor has it on «My day».")


errand_kinds.add(
    ErrandKind(SCHOOL_DRAFTS, 46, gettext_lazy("Drafting routes of a school"), LIGHT, check_school, draft_school)
)
errand_kinds.add(ErrandKind(DRAFTS, 45, gettext_lazy("Drafting routes"), LIGHT, check, draft))
