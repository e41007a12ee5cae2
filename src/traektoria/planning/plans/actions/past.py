"""Times that were past before the plan could be carried out: late from the first day, or not waited for."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.people.actor import Actor
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.queries.past import past_times


def let_past_go(plan: WorkPlan, items: Sequence[PlanItem] | None, by: Actor) -> int:
    """Cancel, with the reason, what was due before today and has no deed; each can be restored. The caller holds the
    plan's lock and has checked the right. Returns how many. Side effect: audit."""
    rows = past_times(plan, today_in(plan))
    if items is not None:
        rows = rows.filter(item__in=items)
    gone: int = ItemOccurrence.objects.filter(pk__in=rows.values("pk")).update(
        state=OccurrenceState.CANCELLED, why=_("The deadline had passed before the plan was approved or amended.")
    )
    if gone:
        audit.record("plan.past_let_go", plan, by=by, number=gone)
    return gone
