"""Times that were past before the plan could be carried out: late from the first day, or not waited for."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.people.actor import Actor
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.queries.past_times import past_times


def let_past_go(plan: WorkPlan, items: Sequence[PlanItem] | None, by: Actor) -> int:
    """Cancel, with the reason, what was due before today and has no deed; each can be restored. The caller holds the
    plan's lock and has checked the right. Returns how many. Side effects: audit; what waits and the days in calendars
    are written anew for the items it touches."""
    rows = past_times(plan, today_in(plan))
    if items is not None:
        rows = rows.filter(item__in=items)
    touched = set(rows.values_list("item", flat=True))
    gone: int = ItemOccurrence.objects.filter(pk__in=rows.values("pk")).update(
        state=OccurrenceState.CANCELLED, why=_("The deadline had passed before the plan was approved or amended.")
    )
    if gone:
        siblings = ItemOccurrence.objects.filter(item__in=touched)  # the next time says how many before it were missed
        waiting.renew_keys(ItemOccurrence, siblings.values_list("pk", flat=True))
        audit.record("plan.past_let_go", plan, by=by, number=gone)
    return gone
