"""Days of a plan in the calendar: times that are one day, of those who answer for them by name."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.addresses import path_of
from traektoria.core.engagements import (
    Engaged,
    EngagementKind,
    EngagementRead,
    EngagementSource,
    EngagementWords,
    engages,
)
from traektoria.core.registries import Watch
from traektoria.organisations import zones
from traektoria.organisations.zones import zone_watch
from traektoria.people import addressees
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import ItemOccurrence, ItemResponsible, PlanItem, WorkPlan

DAY = "planning.day"


def rows(occurrences: QuerySet[ItemOccurrence]) -> Iterator[Engaged]:
    """A whole day that takes no hour; what lasts longer stands on boards, not in calendars. Two queries."""
    found = occurrences.filter(
        start__isnull=False, due__isnull=False, former=False, item__removed_in=None,
        item__plan__state=PlanState.APPROVED, item__responsible__person__isnull=False,
    ).exclude(state=OccurrenceState.CANCELLED)  # fmt: skip
    related = found.select_related("item__plan__centre__municipality").prefetch_related("item__responsible")
    for row in related.distinct():
        if row.start == row.end and row.due is not None:
            yield from _of_day(row)


def _of_day(row: ItemOccurrence) -> Iterator[Engaged]:
    zone = row.item.plan.centre.municipality.time_zone
    start = timezone.make_aware(datetime.combine(row.due or row.first, time()), zones.zone(zone))
    for duty in row.item.responsible.all():
        if duty.person_id is not None:
            yield Engaged(
                DAY, addressees.person(duty.person_id), row, row.item.plan.centre_id, start, start + timedelta(days=1),
                zone=zone, person_id=duty.person_id, busy=False, all_day=True, facts={"number": row.item.number},
            )  # fmt: skip


def words(row: EngagementRead) -> EngagementWords:
    title = _("By the plan: item %(number)s") % {"number": row.facts["number"]}
    return EngagementWords(title, "", path_of("planning:time_detail", row.object_id))


def _times(item: PlanItem) -> Iterable[int]:
    return item.occurrences.values_list("pk", flat=True)


def _siblings(duty: ItemResponsible) -> Iterable[int]:
    return ItemOccurrence.objects.filter(item=duty.item_id).values_list("pk", flat=True)


def _of_plan(plan: WorkPlan) -> Iterable[int]:
    return ItemOccurrence.objects.filter(item__plan=plan.pk).values_list("pk", flat=True)


engages(
    EngagementSource(
        slug="planning.days",
        order=60,
        model=ItemOccurrence,
        rows=rows,
        kinds=(EngagementKind(DAY, 60, gettext_lazy("Days of the plan"), words),),
        watches=(
            Watch(ItemResponsible, _siblings),
            Watch(PlanItem, _times, frozenset({"number", "removed_in"})),
            Watch(WorkPlan, _of_plan, frozenset({"state"})),
            zone_watch(ItemOccurrence, "item__plan__centre__municipality"),
        ),
    )
)
