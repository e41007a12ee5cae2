"""Who may do what with a plan. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.approvers import check_approve_in
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates, is_head_of_the_school
from traektoria.planning.associations.models import Association
from traektoria.planning.associations.permissions import chairs
from traektoria.planning.plans.models import PlanItem, WorkPlan

BEGIN = (Role.COORDINATOR, Role.TUTOR)
"""Who begins a plan by a role; who leads an association may be any of ``WRITERS``."""
READ = (Role.COORDINATOR, Role.TUTOR, *HEADS, Role.TEACHER)
WRITERS = (Role.COORDINATOR, Role.TUTOR, *HEADS, Role.TEACHER)
"""Who comes to a page that writes: whoever may lead an association. Of which plan is for ``check_write`` to say."""
IN_MENU = (Role.COORDINATOR, Role.TUTOR, *HEADS)
"""Whose menu has the plans. A teacher, who reads them too, has them in the menu under the own name."""


def check_begin(actor: Actor, centre_id: int, *, own: bool, association: Association | None = None) -> None:
    """The coordinator begins plans of the centre, a tutor their own, who leads an association its plan-schedule."""
    if association is not None and chairs(actor, association):
        return
    if own and not actor.has(centre_id, Role.TUTOR):
        raise Refused(_("A plan of one's own is for tutors of the centre."), code="not_a_tutor")
    if not own:
        check_coordinates(actor, centre_id, _("Plans of the centre are written by its coordinator."))


def check_write(actor: Actor, plan: WorkPlan) -> None:
    """Add, change and take out items, propose the plan."""
    if plan.association is not None and chairs(actor, plan.association):
        return
    if plan.owner_id is not None:
        if actor.person_id != plan.owner_id or not actor.has(plan.centre_id, Role.TUTOR):
            raise Refused(_("A tutor's own plan is written by this tutor."), code="not_the_owner")
    else:
        check_coordinates(actor, plan.centre_id, _("Plans of the centre are written by its coordinator."))


def check_approve(actor: Actor, plan: WorkPlan) -> None:
    """Write down that it is approved, or return it: as all that is approved in the centre."""
    check_approve_in(actor, plan.centre)


def reads_whole(actor: Actor, plan: WorkPlan) -> bool:
    """Others read the lines that concern them."""
    return (
        actor.has(plan.centre_id, Role.COORDINATOR, Role.TUTOR)
        or is_head_of_the_school(actor, plan.centre)
        or (plan.owner_id is not None and plan.owner_id == actor.person_id)
        or (plan.association is not None and chairs(actor, plan.association))
    )


def is_responsible(actor: Actor, item: PlanItem) -> bool:
    """By name, by a role held in the centre, as a head of a named school. Reads the prefetched ``responsible``."""
    centre_id, rows = item.plan.centre_id, item.responsible.all()
    schools = {grant.school_id for grant in actor.grants if grant.role in HEADS and grant.centre_id == centre_id}
    return any(
        (row.person_id is not None and row.person_id == actor.person_id and centre_id in actor.centre_ids)
        or (row.role and actor.has(centre_id, Role(row.role)))
        or (row.school_id is not None and row.school_id in schools)
        for row in rows
    )


def check_do(actor: Actor, item: PlanItem) -> None:
    """Say what was done: whoever answers for the item, and who writes the plan."""
    if not is_responsible(actor, item) and not can_write(actor, item.plan):
        raise Refused(_("What was done is said by those who answer for it."), code="not_responsible")


def check_arrange(actor: Actor, item: PlanItem) -> None:
    """Move a time, cancel it: whoever writes the plan."""
    check_write(actor, item.plan)


can_write = twin(check_write)

can_approve = twin(check_approve)

can_do = twin(check_do)
