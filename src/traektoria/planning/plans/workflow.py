"""States of a work plan, and who holds it in each."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.workflow import Transition, Workflow
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.permissions import check_approve, check_write

plan_workflow = Workflow(
    slug="plan",
    states=dict(PlanState.choices),
    initial=PlanState.DRAFT,
    owners={
        PlanState.DRAFT: "the coordinator, of a tutor's own plan the tutor",
        PlanState.PROPOSED: "who approves: the head of the school whose centre it is, else the coordinator",
        PlanState.APPROVED: "those who answer for its items; it changes by amendments",
    },
    transitions=(
        Transition("propose", (PlanState.DRAFT,), PlanState.PROPOSED, _("Put forward for approval"), check_write),
        Transition("recall", (PlanState.PROPOSED,), PlanState.DRAFT, pgettext_lazy("plan", "Take back"), check_write),
        Transition("return", (PlanState.PROPOSED,), PlanState.DRAFT, pgettext_lazy("plan", "Return"), check_approve),
        Transition("approve", (PlanState.DRAFT, PlanState.PROPOSED), PlanState.APPROVED, _("Approve"), check_approve),
    ),
)
