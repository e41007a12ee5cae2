"""Plans follow the calendar of their centre."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from traektoria.core import school_year
from traektoria.core.tasks import ask_for
from traektoria.organisations.models import CalendarPeriod
from traektoria.planning.plans.actions.dating import date_items
from traektoria.planning.plans.actions.writing import locked_plan
from traektoria.planning.plans.enums import PlanSpan
from traektoria.planning.plans.models import WorkPlan


def hear_calendars() -> None:
    """A period that is saved or taken out has the plans of its year dated anew, by the worker."""
    for signal, name in ((post_save, "changed"), (post_delete, "gone")):
        signal.connect(_heard, sender=CalendarPeriod, weak=False, dispatch_uid=f"plans calendar {name}")


def _heard(sender: Any, instance: CalendarPeriod, **facts: Any) -> None:
    from traektoria.planning.plans.tasks import date_plans_of  # it calls this module

    if not facts.get("raw"):
        ask_for(date_plans_of, centre=instance.centre_id, start_year=instance.year.start_year)


def date_centre(centre_id: int, start_year: int) -> None:
    """Plans that have days of this school year: those for it, and for both calendar years that it touches."""
    school = Q(span=PlanSpan.SCHOOL, year=start_year)
    calendar = Q(span=PlanSpan.CALENDAR, year__in=(start_year, start_year + 1))
    for plan in WorkPlan.objects.filter(school | calendar, centre=centre_id).order_by("pk"):
        date_plan(plan)


def date_everywhere() -> None:
    """Plans of this year and of the coming one."""
    for plan in WorkPlan.objects.filter(year__gte=school_year.this_year()).order_by("pk").iterator():
        date_plan(plan)


@transaction.atomic
def date_plan(plan: WorkPlan) -> None:
    row = locked_plan(plan)
    date_items(row, list(row.items.filter(removed_in=None).select_related("heading")))
