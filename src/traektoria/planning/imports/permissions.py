"""Who may bring a table into a plan: whoever writes the plan, while it can be written."""

from traektoria.people.actor import Actor
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.permissions import check_write
from traektoria.planning.plans.policies import check_editable


def check_import(actor: Actor, plan: WorkPlan) -> None:
    check_write(actor, plan)
    check_editable(plan)
