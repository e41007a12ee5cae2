"""What was done is written down, taken back; a time is moved or cancelled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.people.actor import Actor, acting
from traektoria.planning.facts.registry import Fact, FactKind, fact_kinds
from traektoria.planning.fulfilment.actions.counting import count_deeds, take_back
from traektoria.planning.fulfilment.actions.deed_files import show_deed
from traektoria.planning.fulfilment.models import Deed, Suggestion
from traektoria.planning.fulfilment.policies import check_day, check_day_of_plan
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.actions.writing import locked_plan
from traektoria.planning.plans.enums import OccurrenceState, TermState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.permissions import check_arrange, check_do
from traektoria.planning.plans.policies import check_reason, check_running, check_standing


@dataclass(frozen=True)
class DeedText:
    """What was done, in words, and what shows it. The same words of the same day are one deed."""

    what: str
    day: date
    note: str = ""
    link: str = ""
    file: File[bytes] | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return {"what": squash(self.what), "day": self.day, "note": self.note.strip(), "link": self.link}


@transaction.atomic
def tell_deed(*, occurrence: ItemOccurrence, told: DeedText, by: Actor) -> Deed:
    """Something was done that is no fact of ours: it counts for its own period, also when it comes late or early.

    The same words of the same day are one deed. Side effects: audit; with the last deed that is needed the occurrence
    is done.
    """
    row = locked_occurrence(occurrence)
    check_do(by, row.item)
    check_may_be_done(row)
    check_has_come(row.item.plan, told.day)
    known = row.deeds.filter(undone_at=None, fact_id=None, **told.facts).first()
    if known:
        return _shown(known, told, by)
    deed = Deed.objects.create(occurrence=row, by_id=acting(by), **told.facts)
    count_deeds(row)
    audit.record("plan.deed", row, by=by, centre_id=row.item.plan.centre_id, deed=deed.pk)
    return _shown(deed, told, by)


@transaction.atomic
def tell_of_item(*, item: PlanItem, told: DeedText, by: Actor) -> Deed:
    """The same for an item that has no times: on request, constantly, by another paper. Each is a line of its own."""
    row = _locked_item(item)
    check_do(by, row)
    check_takes_deeds(row)
    check_has_come(row.plan, told.day)
    known = row.deeds.filter(undone_at=None, fact_id=None, **told.facts).first()
    if known:
        return _shown(known, told, by)
    deed = Deed.objects.create(item=row, by_id=acting(by), **told.facts)
    audit.record("plan.deed", row, by=by, centre_id=row.plan.centre_id, deed=deed.pk)
    return _shown(deed, told, by)


def _shown(deed: Deed, told: DeedText, by: Actor) -> Deed:
    if told.file is not None:
        show_deed(deed=deed, file=told.file, by=by)
    return deed


@transaction.atomic
def count_fact(*, suggestion: Suggestion, by: Actor) -> Deed:
    """Yes, this is what was done: the fact counts for the occurrence. It may count for others too. A repeated press
    changes nothing. Raises ``Conflict`` where the fact was withdrawn meanwhile."""
    return link_fact(
        occurrence=suggestion.occurrence, fact_kind=suggestion.fact_kind, fact_id=suggestion.fact_id, by=by
    )


@transaction.atomic
def link_fact(*, occurrence: ItemOccurrence, fact_kind: str, fact_id: int, by: Actor) -> Deed:
    """The same for a fact that nobody offered and a person found. Of a tutor's own plan only their own work counts.
    What was offered counts whenever it was; the rest lies about the days of the time. Raises ``Conflict`` where there
    is no such fact in the centre, or no more."""
    kind = _held(fact_kind, fact_id)
    row = locked_occurrence(occurrence)
    check_do(by, row.item)
    check_may_be_done(row)
    mark: dict[str, Any] = {"fact_kind": fact_kind, "fact_id": fact_id}
    known = row.deeds.filter(undone_at=None, **mark).first()
    if known:
        return known
    fact = _of_plan(kind, fact_id, row.item.plan)
    if not row.suggestions.filter(dismissed_at=None, **mark).exists():
        check_day(row, fact.day)
    deed = Deed.objects.create(occurrence=row, what=fact.what[:300], day=fact.day, by_id=acting(by), **mark)
    row.suggestions.filter(**mark).delete()
    count_deeds(row)
    audit.record("plan.deed", row, by=by, centre_id=row.item.plan.centre_id, deed=deed.pk, fact=fact_kind)
    return deed


@transaction.atomic
def link_to_item(*, item: PlanItem, fact_kind: str, fact_id: int, by: Actor) -> Deed:
    """The same for an item that has no times: on request, constantly, by another paper. It lies in the days of the
    plan. A repeated press changes nothing."""
    kind = _held(fact_kind, fact_id)
    row = _locked_item(item)
    check_do(by, row)
    check_takes_deeds(row)
    mark: dict[str, Any] = {"fact_kind": fact_kind, "fact_id": fact_id}
    known = row.deeds.filter(undone_at=None, **mark).first()
    if known:
        return known
    fact = _of_plan(kind, fact_id, row.plan)
    check_day_of_plan(row.plan, fact.day)
    deed = Deed.objects.create(item=row, what=fact.what[:300], day=fact.day, by_id=acting(by), **mark)
    audit.record("plan.deed", row, by=by, centre_id=row.plan.centre_id, deed=deed.pk, fact=fact_kind)
    return deed


def _held(fact_kind: str, fact_id: int) -> FactKind | None:
    """The fact is held before the plan, as by whoever withdraws it."""
    kind = fact_kinds.get(fact_kind)
    if kind is not None:
        list(kind.model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=fact_id))
    return kind


def _of_plan(kind: FactKind | None, fact_id: int, plan: WorkPlan) -> Fact:
    """A fact that stands, of the centre; of a tutor's own plan, of this tutor."""
    fact = next(iter(kind.stand([fact_id])), None) if kind else None
    if fact is None or fact.centre_id != plan.centre_id or plan.owner_id not in (None, fact.by):
        raise Conflict(_("This was withdrawn meanwhile: it can't be counted."), code="fact_withdrawn")
    return fact


@transaction.atomic
def dismiss_fact(*, suggestion: Suggestion, by: Actor) -> None:
    """No, it is something else: it is not offered for this time again."""
    row = locked_occurrence(suggestion.occurrence)
    check_do(by, row.item)
    found = row.suggestions.filter(pk=suggestion.pk, dismissed_at=None).first()
    if found is not None:
        found.dismissed_at = timezone.now()
        found.save(update_fields=["dismissed_at"])


@transaction.atomic
def undo_deed(*, deed: Deed, reason: str, by: Actor) -> Deed:
    """It counts no more and stays to be read with the reason; the occurrence is open again. A repeated press changes
    nothing."""
    occurrence = locked_occurrence(deed.occurrence) if deed.occurrence else None
    item = occurrence.item if occurrence else _locked_item(_item_of(deed))
    check_do(by, item)
    found = Deed.objects.select_for_update(of=("self",), no_key=True).get(pk=deed.pk)
    if found.undone_at is not None:
        return found
    found.occurrence = occurrence
    take_back(found, check_reason(reason))
    audit.record("plan.deed_undone", occurrence or item, by=by, centre_id=item.plan.centre_id, deed=found.pk)
    return found


def _item_of(deed: Deed) -> PlanItem:
    assert deed.item is not None, "a deed without an occurrence has its item"  # noqa: S101
    return deed.item


def _locked_item(item: PlanItem) -> PlanItem:
    plan = locked_plan(WorkPlan(pk=PlanItem.objects.values_list("plan", flat=True).get(pk=item.pk)))
    row = PlanItem.objects.select_for_update(of=("self",), no_key=True).prefetch_related("responsible").get(pk=item.pk)
    row.plan = plan
    return row


@transaction.atomic
def move_occurrence(*, occurrence: ItemOccurrence, day: date, reason: str, by: Actor) -> ItemOccurrence:
    """To another last day, with a reason; what the plan said first stays to be read. A repeated press changes
    nothing."""
    row = locked_occurrence(occurrence)
    check_arrange(by, row.item)
    check_may_be_done(row)
    why = check_reason(reason)
    if (row.moved_to, row.why) == (day, why):
        return row
    if row.start and day < row.start:
        raise Invalid(_("It is moved to a day not before its beginning."), code="before_it_begins")
    audit.record(
        "plan.moved", row, by=by, centre_id=row.item.plan.centre_id, day=day.isoformat(), reason=why,
        before=row.due.isoformat() if row.due else "",
    )  # fmt: skip
    row.moved_to, row.due, row.why = day, day, why
    row.save(update_fields=["moved_to", "due", "why"])
    return row


@transaction.atomic
def cancel_occurrence(*, occurrence: ItemOccurrence, reason: str, by: Actor) -> ItemOccurrence:
    """It will not be, with a reason; nobody is reminded of it. A repeated press changes nothing."""
    row = locked_occurrence(occurrence)
    check_arrange(by, row.item)
    if row.state == OccurrenceState.CANCELLED:
        return row
    check_may_be_done(row)
    row.state, row.why = OccurrenceState.CANCELLED, check_reason(reason)
    row.save(update_fields=["state", "why"])
    audit.record("plan.cancelled", row, by=by, centre_id=row.item.plan.centre_id, reason=row.why)
    return row


@transaction.atomic
def restore_occurrence(*, occurrence: ItemOccurrence, by: Actor) -> ItemOccurrence:
    """A cancelled one is to be done after all. A repeated press changes nothing."""
    row = locked_occurrence(occurrence)
    check_arrange(by, row.item)
    if row.state != OccurrenceState.CANCELLED:
        return row
    row.state, row.why = OccurrenceState.OPEN, ""
    row.save(update_fields=["state", "why"])
    count_deeds(row)
    audit.record("plan.restored", row, by=by, centre_id=row.item.plan.centre_id)
    return row


def locked_occurrence(occurrence: ItemOccurrence) -> ItemOccurrence:
    """With its item, plan and centre; the plan is locked first, as by whoever amends it. Raises ``Conflict`` where an
    amendment has just taken it away."""
    plan = locked_plan(WorkPlan(pk=PlanItem.objects.values_list("plan", flat=True).get(pk=occurrence.item_id)))
    rows = ItemOccurrence.objects.select_for_update(of=("self",), no_key=True).select_related("item")
    row = rows.prefetch_related("item__responsible").filter(pk=occurrence.pk).first()
    if row is None:
        raise Conflict(_("The plan has changed meanwhile: this time stands in it no more."), code="occurrence_gone")
    row.item.plan = plan
    return row


def check_has_come(plan: WorkPlan, day: date) -> None:
    if day > today_in(plan):
        raise Invalid(_("What was done has a day that has come: not later than today."), code="day_ahead")


def check_takes_deeds(item: PlanItem) -> None:
    """Its plan is approved, it stands in the plan and has no times."""
    check_running(item.plan)
    check_standing(item)
    if item.term == TermState.DATED:
        raise Conflict(_("This item has times: open the one for which it was done."), code="item_has_times")


def check_may_be_done(row: ItemOccurrence) -> None:
    """Its plan is approved, it stands in the plan and is not cancelled."""
    check_running(row.item.plan)
    check_standing(row.item)
    if row.state == OccurrenceState.CANCELLED:
        raise Conflict(_("This time was cancelled: take the cancellation back first."), code="occurrence_cancelled")
