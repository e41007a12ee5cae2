"""A plan is put forward, taken back, returned with a reason, approved by an order or a protocol, thrown away."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.text import squash
from traektoria.core.typography import ru_day
from traektoria.core.workflow import move
from traektoria.people.actor import Actor, acting
from traektoria.planning.plans.actions.past_times import let_past_go
from traektoria.planning.plans.actions.writing import locked_plan
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.models import ItemResponsible, WorkPlan
from traektoria.planning.plans.permissions import check_approve, check_write
from traektoria.planning.plans.policies import check_day_of_act, check_ready, check_reason
from traektoria.planning.plans.registries import settle_dated
from traektoria.planning.plans.workflow import plan_workflow


@transaction.atomic
def propose_plan(*, plan: WorkPlan, by: Actor) -> WorkPlan:
    """Put it forward to whoever approves it. A repeated press changes nothing."""
    row = locked_plan(plan)
    check_write(by, row)
    if row.state == PlanState.PROPOSED:
        return row
    check_ready(row)
    return move(plan_workflow, row, "propose", by=by, changes={"returned_why": ""}, locked=True)


@transaction.atomic
def recall_plan(*, plan: WorkPlan, by: Actor) -> WorkPlan:
    row = locked_plan(plan)
    check_write(by, row)
    return row if row.state == PlanState.DRAFT else move(plan_workflow, row, "recall", by=by, locked=True)


@transaction.atomic
def return_plan(*, plan: WorkPlan, reason: str, by: Actor) -> WorkPlan:
    """With a reason that its writer reads on the page of the plan."""
    row = locked_plan(plan)
    check_approve(by, row)
    why = check_reason(reason)
    if row.state == PlanState.DRAFT and row.returned_why == why:
        return row
    return move(plan_workflow, row, "return", by=by, changes={"returned_why": why}, locked=True)


def edition_of(plan: WorkPlan) -> str:
    """A digest of the plan's state and of all that its lines say. Two queries."""
    lines = list(plan.items.filter(removed_in=None).order_by("pk").values_list())
    people = list(ItemResponsible.objects.filter(item__plan=plan).order_by("pk").values_list())
    return hashlib.sha256(repr((plan.state, plan.title, lines, people)).encode()).hexdigest()


@transaction.atomic
def approve_plan(
    *, plan: WorkPlan, act: str, number: str, day: date, by: Actor, seen: str = "", from_today: bool = False
) -> WorkPlan:
    """By an order or a protocol with its number and day; from now on what is due waits for those who answer for it.

    Raises ``Invalid`` where a deadline is not understood and nobody has put it off, ``Conflict`` where the plan is not
    the one that was ``seen`` (``edition_of``), or is approved already by another paper. A repeated press changes
    nothing. ``from_today``: what was due before is not waited for.
    """
    row = locked_plan(plan)
    check_approve(by, row)
    if row.state == PlanState.APPROVED:
        return _by_the_same(row, (squash(act), squash(number), day))
    if seen and seen != edition_of(row):
        text = _("The plan was changed or returned while its approval waited: read it again and approve it.")
        raise Conflict(text, code="changed_meanwhile")
    check_ready(row)
    check_day_of_act(day)
    changes = {
        "act": squash(act), "act_number": squash(number), "act_day": day, "approved_at": timezone.now(),
        "approved_by_id": acting(by), "returned_why": "",
    }  # fmt: skip
    row = move(plan_workflow, row, "approve", by=by, changes=changes, locked=True)
    settle_dated(row, list(row.items.filter(removed_in=None)))
    if from_today:
        let_past_go(row, None, by)
    return row


def _by_the_same(row: WorkPlan, act: tuple[str, str, date]) -> WorkPlan:
    """Raises ``Conflict`` where another number was given meanwhile: whose and which, so that nobody thinks that theirs
    stands."""
    if (row.act, row.act_number, row.act_day) == act:
        return row
    name = row.approved_by.short_name if row.approved_by else ""
    said = {"act": row.act, "number": row.act_number, "day": ru_day(row.act_day), "name": name}
    text = _(
        "The plan is approved already: %(act)s No. %(number)s of %(day)s (%(name)s). What you wrote was not taken."
    )
    raise Conflict(text % said, code="approved_already")


@transaction.atomic
def discard_plan(*, plan: WorkPlan, by: Actor) -> None:
    """A draft goes for good; what is approved stays."""
    row = WorkPlan.objects.select_for_update(no_key=True).filter(pk=plan.pk).first()
    if row is None:
        return
    check_write(by, row)
    if row.state != PlanState.DRAFT:
        raise Conflict(_("Only a draft can be thrown away."), code="not_a_draft")
    audit.record("plan.discard", row, by=by, items=row.items.count())
    row.items.all().delete()
    row.delete()
