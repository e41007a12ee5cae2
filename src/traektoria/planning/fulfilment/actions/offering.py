"""A fact that appears is offered for the times for which it may count; one that is withdrawn counts no more."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.planning.facts.kinds import is_meant
from traektoria.planning.facts.registry import Fact, FactKind, fact_kinds
from traektoria.planning.fulfilment.actions.counting import take_back
from traektoria.planning.fulfilment.models import Deed, Suggestion
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.enums import OccurrenceState, PlanState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan

BEFORE: Final = timedelta(days=31)
"""So long before a day without a beginning («до 25 числа») a fact may count for it."""

LONG: Final = timedelta(days=27)
AFTER: Final = timedelta(days=15)
"""So long after its last day a fact may be what was missed, done late, though the next time runs already."""


def hear_facts() -> None:
    """Listen to the models of all kinds; called once, when all are registered."""
    for kind in fact_kinds:
        heard = partial(_heard, kind)
        uid = f"plans {kind.slug}"
        post_save.connect(heard, sender=kind.model, weak=False, dispatch_uid=uid)
        post_delete.connect(heard, sender=kind.model, weak=False, dispatch_uid=f"{uid} gone")


def _heard(kind: FactKind, sender: Any, instance: Any, **facts: Any) -> None:
    if not facts.get("raw"):
        offer_fact(kind, instance.pk)


@transaction.atomic(savepoint=False)
def offer_fact(kind: FactKind, pk: int) -> None:
    """In the transaction of the act that made or changed the fact: the times are held until its end, so that an
    amendment that takes them away waits. Three queries, two where nothing is planned."""
    fact = next(iter(kind.stand([pk])), None)
    if fact is None:
        _withdraw(kind, pk)
        return
    mine = Q(item__plan__owner=None) | Q(item__plan__owner=fact.by)
    rows = ItemOccurrence.objects.filter(
        mine, item__plan__centre=fact.centre_id, item__plan__state=PlanState.APPROVED, item__removed_in=None,
        item__counted__contains=f" {kind.slug} ", state=OccurrenceState.OPEN, former=False,
    )  # fmt: skip
    by_item: dict[int, list[ItemOccurrence]] = {}
    locked = rows.select_related("item").order_by("pk").select_for_update(of=("self",), no_key=True)
    for row in sorted(locked, key=lambda one: (one.due or date.max, one.number, one.pk)):
        if is_meant(row.item.content, fact):
            by_item.setdefault(row.item_id, []).append(row)
    _offer(kind, [(place, fact) for times in by_item.values() for place in places_for(fact.day, times)])


def offer_for_items(plan: WorkPlan, items: Sequence[PlanItem]) -> None:
    """What has happened in the year already, for items whose times were made or changed. A query a kind, and two."""
    if plan.state != PlanState.APPROVED:
        return
    waiting = [item for item in items if item.counted and item.removed_in_id is None]
    if not waiting:
        return
    by_item: dict[int, list[ItemOccurrence]] = {item.pk: [] for item in waiting}
    Suggestion.objects.filter(occurrence__item__in=by_item, dismissed_at=None).delete()
    rows = ItemOccurrence.objects.filter(item__in=by_item, state=OccurrenceState.OPEN, former=False)
    for row in rows.order_by("due", "number", "pk"):
        by_item[row.item_id].append(row)
    days = [day for times in by_item.values() for row in times for day in (row.start, row.due) if day]
    if not days:
        return
    first, last = min(days) - BEFORE, today_in(plan)
    for kind in fact_kinds:
        wanted = [item for item in waiting if f" {kind.slug} " in item.counted]
        facts = list(kind.between(plan.centre_id, first, last)) if wanted else []
        own = [fact for fact in facts if plan.owner_id in (None, fact.by)]
        pairs = [(item, fact) for item in wanted for fact in own if is_meant(item.content, fact)]
        _offer(kind, [(place, fact) for item, fact in pairs for place in places_for(fact.day, by_item[item.pk])])


def places_for(day: date, times: Iterable[ItemOccurrence]) -> list[ItemOccurrence]:
    """For which of the open times something of that day may count: that in which it lies, and the last one that was
    missed, if that is not long ago or there is no other."""
    missed = None
    for row in times:
        first = row.start or ((row.due or day) - BEFORE)
        if first <= day and (row.due is None or day <= row.due):
            return [row, missed] if missed is not None and _may_be_late(missed, day) else [row]
        if row.due is not None and row.due < day:
            missed = row
    return [missed] if missed is not None else []


def _may_be_late(missed: ItemOccurrence, day: date) -> bool:
    """Of a month or a quarter people bring the deed a little later; a week that was missed is missed."""
    long = missed.start is None or missed.due is None or missed.due - missed.start >= LONG
    return long and missed.due is not None and day - missed.due <= AFTER


def _offer(kind: FactKind, pairs: Collection[tuple[ItemOccurrence, Fact]]) -> None:
    made = [
        Suggestion(occurrence=row, fact_kind=kind.slug, fact_id=fact.pk, what=fact.what[:300], day=fact.day)
        for row, fact in pairs
    ]
    if made:
        Suggestion.objects.bulk_create(made, ignore_conflicts=True)


def _withdraw(kind: FactKind, pk: int) -> None:
    """It is offered no more, and what it counted for is open again, with that as the reason."""
    Suggestion.objects.filter(fact_kind=kind.slug, fact_id=pk).delete()
    why = _("What it was counted by was withdrawn.")
    deeds = Deed.objects.filter(fact_kind=kind.slug, fact_id=pk, undone_at=None).order_by("occurrence", "pk")
    held = ItemOccurrence.objects.filter(pk__in=deeds.values("occurrence")).order_by("pk")
    list(held.select_for_update(no_key=True))
    for deed in deeds.select_related("occurrence__item__plan", "item"):
        take_back(deed, why)
        audit.record("plan.deed_lost", deed, by=None, deed=deed.pk)
