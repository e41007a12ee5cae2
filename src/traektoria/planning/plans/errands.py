"""A plan with many times is approved by the worker: each time is written down for those who answer for it."""

from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown, ask
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.people.actor import Actor
from traektoria.people.guard import existing
from traektoria.planning.plans.actions.approving import approve_plan, edition_of
from traektoria.planning.plans.models import ItemOccurrence, WorkPlan
from traektoria.planning.plans.permissions import check_approve
from traektoria.planning.plans.policies import check_day_of_act, check_ready
from traektoria.planning.plans.queries.plans import find_plan

APPROVE: Final = "planning.approve"
LIGHT: Final = 600
"""Times: half a millisecond each."""


def weight_of(plan: WorkPlan) -> int:
    """How many times wait from the approval on. One query."""
    return ItemOccurrence.objects.filter(item__plan=plan, item__removed_in=None, former=False).count()


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_approve(actor, existing(find_plan(actor, facts["plan"])))


def ask_to_approve(*, plan: WorkPlan, act: str, number: str, day: date, by: Actor) -> Errand:
    """What is refused already now is not asked for. Raises ``Invalid``, ``Refused``."""
    check_ready(plan)
    check_day_of_act(day)
    facts = {"plan": plan.pk, "act": act, "number": number, "day": day.isoformat(), "seen": edition_of(plan)}
    return ask(APPROVE, facts, by=by, centre_id=plan.centre_id)


def approve(doing: Doing) -> Shown:
    """One transaction. A second attempt finds it approved."""
    facts = doing.facts
    plan = existing(find_plan(doing.actor, facts["plan"]))
    day = date.fromisoformat(facts["day"])
    approve_plan(plan=plan, act=facts["act"], number=facts["number"], day=day, by=doing.actor, seen=facts["seen"])
    said = _("Approved: %(title)s. What is due now stands on «My day» of those who answer for it.")
    return Shown(reverse("planning:plan_detail", args=[plan.pk]), said % {"title": plan.title})


errand_kinds.add(ErrandKind(APPROVE, 61, gettext_lazy("Approving a large plan"), LIGHT, check, approve))
