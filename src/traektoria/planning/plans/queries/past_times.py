"""Times of a plan that are past already while nothing was done for them."""

from datetime import date

from django.db.models import QuerySet

from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence, WorkPlan


def past_times(plan: WorkPlan, today: date) -> QuerySet[ItemOccurrence]:
    """Due before today, open, without a deed."""
    return ItemOccurrence.objects.filter(
        item__plan=plan, item__removed_in=None, former=False, state=OccurrenceState.OPEN, deeds_done=0, due__lt=today
    )
