"""A plan with many times is approved and copied by the worker: each time is written down for who answers for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errands import Doing, Shown, ask
from traektoria.core.errors import Conflict
from traektoria.core.models import Errand
from traektoria.core.registries import ErrandKind, errand_kinds
from traektoria.people.actor import Actor
from traektoria.people.guard import existing
from traektoria.planning.plans.actions.approving import approve_plan, edition_of
from traektoria.planning.plans.actions.copying import Decision, copy_plan
from traektoria.planning.plans.models import ItemOccurrence, WorkPlan
from traektoria.planning.plans.permissions import check_approve, check_write
from traektoria.planning.plans.policies import check_day_of_act, check_ready
from traektoria.planning.plans.queries.plans import find_plan

APPROVE: Final = "planning.approve"
COPY: Final = "planning.copy"
LIGHT: Final = 600
"""Times: half a millisecond each."""


def weight_of(plan: WorkPlan) -> int:
    """How many times stand in it. One query."""
    return ItemOccurrence.objects.filter(item__plan=plan, item__removed_in=None, former=False).count()


def check(actor: Actor, facts: dict[str, Any]) -> None:
    check_approve(actor, existing(find_plan(actor, facts["plan"])))


def ask_to_approve(*, plan: WorkPlan, act: str, number: str, day: date, by: Actor, from_today: bool = False) -> Errand:
    """What is refused already now is not asked for. Raises ``Invalid``, ``Refused``."""
    check_ready(plan)
    check_day_of_act(day)
    facts = {
        "plan": plan.pk, "act": act, "number": number, "day": day.isoformat(), "seen": edition_of(plan),
        "from_today": bool(from_today),
    }  # fmt: skip
    return ask(APPROVE, facts, by=by, centre_id=plan.centre_id)


def approve(doing: Doing) -> Shown:
    """One transaction. A second attempt finds it approved."""
    facts = doing.facts
    plan = existing(find_plan(doing.actor, facts["plan"]))
    day = date.fromisoformat(facts["day"])
    with doing.apart(weight_of(plan)):
        approve_plan(
            plan=plan, act=facts["act"], number=facts["number"], day=day, by=doing.actor, seen=facts["seen"],
            from_today=facts.get("from_today", False),
        )  # fmt: skip
    said = _("Approved: %(title)s. What is due now stands on «My day» of those who answer for it.")
    return Shown(reverse("planning:plan_detail", args=[plan.pk]), said % {"title": plan.title})


def check_copy(actor: Actor, facts: dict[str, Any]) -> None:
    check_write(actor, existing(find_plan(actor, facts["plan"])))


def ask_to_copy(*, plan: WorkPlan, year: int, title: str, decisions: Mapping[int, Decision], by: Actor) -> Errand:
    """As the person has decided it of the lines that were shown."""
    decided = {str(pk): [one.content, one.phrase, one.goes] for pk, one in decisions.items()}
    facts = {"plan": plan.pk, "year": year, "title": title, "decisions": decided, "seen": edition_of(plan)}
    return ask(COPY, facts, by=by, centre_id=plan.centre_id)


def copy(doing: Doing) -> Shown:
    """One transaction; a second attempt finds the draft of the first. Raises ``Conflict``."""
    facts = doing.facts
    plan = existing(find_plan(doing.actor, facts["plan"]))
    if facts["seen"] != edition_of(plan):
        text = _("The plan was changed while its copy waited: look at it and copy it again.")
        raise Conflict(text, code="changed_meanwhile")
    decisions = {int(pk): Decision(*said) for pk, said in facts["decisions"].items()}
    with doing.apart(weight_of(plan)):
        made = copy_plan(
            plan=plan, year=facts["year"], title=facts["title"], decisions=decisions, by=doing.actor, asked_by=doing.key
        )
    return Shown(reverse("planning:plan_detail", args=[made.pk]), copied_words())


def copied_words() -> str:
    return _("The draft for the other year is there: its dates are those of its calendar.")


errand_kinds.add(ErrandKind(COPY, 62, gettext_lazy("Copying a large plan"), LIGHT, check_copy, copy))
errand_kinds.add(ErrandKind(APPROVE, 61, gettext_lazy("Approving a large plan"), LIGHT, check, approve))
