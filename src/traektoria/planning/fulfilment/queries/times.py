"""An occurrence with all that is told of it, and its neighbours in the year."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.people.actor import Actor
from traektoria.planning.fulfilment.models import Deed, Suggestion
from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem
from traektoria.planning.plans.queries.plans import find_item


def find_occurrence(actor: Actor, pk: int) -> ItemOccurrence | None:
    """Of an item that the person may see, with its deeds. A bounded number of queries."""
    told = Deed.objects.select_related("by").prefetch_related("files").order_by("day", "pk")
    found = ItemOccurrence.objects.filter(pk=pk).prefetch_related(Prefetch("deeds", queryset=told)).first()
    item = find_item(actor, found.item_id) if found else None
    if found is None or item is None:
        return None
    found.item = item
    return found


def find_deed(actor: Actor, pk: int) -> Deed | None:
    """Of a time or an item that the person may see."""
    deed = Deed.objects.filter(pk=pk).select_related("occurrence", "item").first()
    if deed is None:
        return None
    item = deed.occurrence.item_id if deed.occurrence else deed.item_id
    return deed if item and find_item(actor, item) else None


def find_suggestion(actor: Actor, pk: int) -> Suggestion | None:
    found = Suggestion.objects.filter(pk=pk).select_related("occurrence").first()
    if found is None or find_item(actor, found.occurrence.item_id) is None:
        return None
    return found


def deeds_of(item: PlanItem) -> list[Deed]:
    """What was done for an item without times. Two queries at most."""
    rows = Deed.objects.filter(item=item, undone_at=None).select_related("by").prefetch_related("files")
    return list(rows.order_by("day", "pk"))


def offered_times(items: Collection[int]) -> tuple[set[int], set[int]]:
    """Items among these, and their times, for which something is offered. One query, none for no items."""
    pairs = _offered().all(items=items) if items else []
    return {item for item, _time in pairs}, {time for _item, time in pairs}


@prepared
def _offered() -> QuerySet[Suggestion, Any]:
    rows = Suggestion.objects.filter(
        occurrence__item__in=Numbers("items"), occurrence__state=OccurrenceState.OPEN, dismissed_at=None
    )
    return rows.order_by().values_list("occurrence__item", "occurrence").distinct()


def deed_days(item: PlanItem) -> list[date]:
    """Days on which something was done for the item, in whatever period. One query."""
    rows: Any = Deed.objects.filter(occurrence__item=item, undone_at=None).order_by("day")
    return list(rows.values_list("day", flat=True))
