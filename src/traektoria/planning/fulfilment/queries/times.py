"""An occurrence with all that is told of it, and its neighbours in the year."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from traektoria.people.actor import Actor
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.plans.models import ItemOccurrence, PlanItem
from traektoria.planning.plans.queries.plans import find_item


def find_occurrence(actor: Actor, pk: int) -> ItemOccurrence | None:
    """Of an item that the person may see, with its deeds. A bounded number of queries."""
    told = Deed.objects.select_related("by").order_by("day", "pk")
    found = ItemOccurrence.objects.filter(pk=pk).prefetch_related(Prefetch("deeds", queryset=told)).first()
    item = find_item(actor, found.item_id) if found else None
    if found is None or item is None:
        return None
    found.item = item
    return found


def find_deed(actor: Actor, pk: int) -> Deed | None:
    deed = Deed.objects.filter(pk=pk).select_related("occurrence").first()
    if deed is None or find_occurrence(actor, deed.occurrence_id) is None:
        return None
    return deed


def deed_days(item: PlanItem) -> list[date]:
    """Days on which something was done for the item, in whatever period. One query."""
    rows: Any = Deed.objects.filter(occurrence__item=item, undone_at=None).order_by("day")
    return list(rows.values_list("day", flat=True))
