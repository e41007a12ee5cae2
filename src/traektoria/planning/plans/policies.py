"""When a plan and its items may be changed, proposed and approved."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Invalid
from traektoria.planning.plans.enums import PlanState, TermState
from traektoria.planning.plans.models import PlanItem, WorkPlan

MOST_ITEMS = 400
YEARS = (2015, 2060)


def check_reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say in a few words why."), code="reason_needed")
    return reason.strip()


def check_first_day(day: date | None, within: tuple[date, date]) -> None:
    """A plan that does not begin with its year begins on a day of it."""
    if day is not None and not within[0] <= day <= within[1]:
        raise Invalid(_("The plan begins on a day of its year."), code="begins_outside")


def check_editable(plan: WorkPlan) -> None:
    """While it waits for approval nobody changes what is being read."""
    if plan.state == PlanState.PROPOSED:
        raise Conflict(_("The plan waits for approval: take it back first."), code="plan_is_proposed")


def check_room(number: int) -> None:
    if number > MOST_ITEMS:
        raise Invalid(_("A plan has at most %(most)s items.") % {"most": MOST_ITEMS}, code="too_many_items")


def check_standing(item: PlanItem) -> None:
    if item.removed_in_id is not None:
        raise Conflict(_("This item was taken out of the plan: it can only be read."), code="item_removed")


def check_ready(plan: WorkPlan) -> None:
    """What is proposed or approved has items, and no question about a deadline is open: answered or put off."""
    rows = list(plan.items.filter(removed_in=None).values_list("term", flat=True))
    if not rows:
        raise Invalid(_("There is nothing in the plan yet: add its items."), code="plan_is_empty")
    asked = sum(term == TermState.ASKED for term in rows)
    if asked:
        sentence = _("Deadlines that are not understood: %(number)s. Say what is meant, or put the question off.")
        raise Invalid(sentence % {"number": asked}, code="deadlines_asked")


def check_day_of_act(day: date) -> None:
    if day > timezone.localdate():
        raise Invalid(_("The day of the order is not later than today."), code="day_ahead")


def check_running(plan: WorkPlan) -> None:
    """Deeds are counted under an approved plan."""
    if plan.state != PlanState.APPROVED:
        raise Conflict(
            _("The plan is not approved yet: what was done is written down after that."), code="not_approved"
        )
