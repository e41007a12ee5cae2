"""Plans follow the calendar of their centre, and people who leave it."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from traektoria.core import audit, school_year
from traektoria.core.tasks import ask_for
from traektoria.organisations.models import CalendarPeriod
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.plans.actions.dating import date_items
from traektoria.planning.plans.actions.writing import locked_plan
from traektoria.planning.plans.enums import PlanSpan
from traektoria.planning.plans.models import ItemResponsible, WorkPlan


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


def settle_person(person_id: int, by: Actor | None) -> None:
    """Who has no role in a centre any more answers for nothing in its plans (registered as ``Farewell``): where nobody
    else is named, the coordinator does."""
    held = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person_id, centre__isnull=False)
    duties = ItemResponsible.objects.filter(person=person_id).exclude(item__plan__centre__in=held.values("centre"))
    for duty in duties.select_related("item__plan").order_by("pk"):
        item = duty.item
        duty.delete()
        if not item.responsible.exists():
            ItemResponsible.objects.create(item=item, role=Role.COORDINATOR)
        audit.record("plan.responsible_left", item.plan, by=by, item=item.pk)
