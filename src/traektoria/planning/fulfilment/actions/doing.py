"""What was done is written down, taken back; a time is moved or cancelled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.people.actor import Actor
from traektoria.planning.fulfilment.models import Deed
from traektoria.planning.plans.actions.dating import today_in
from traektoria.planning.plans.actions.writing import locked_plan
from traektoria.planning.plans.enums import OccurrenceState
from traektoria.planning.plans.models import ItemOccurrence, PlanItem, WorkPlan
from traektoria.planning.plans.permissions import check_arrange, check_do
from traektoria.planning.plans.policies import check_reason, check_running, check_standing
from traektoria.routes.tutees.permissions import acting


@dataclass(frozen=True)
class Told:
    """What was done, in words, and what shows it."""

    what: str
    day: date
    note: str = ""
    link: str = ""


@transaction.atomic
def tell_deed(*, occurrence: ItemOccurrence, told: Told, by: Actor) -> Deed:
    """Something was done that is no fact of ours: it counts for its own period, also when it comes late or early.

    The same words of the same day are one deed. Side effects: audit; with the last deed that is needed the occurrence
    is done.
    """
    row = locked_occurrence(occurrence)
    check_do(by, row.item)
    check_may_be_done(row)
    if told.day > today_in(row.item.plan):
        raise Invalid(_("What was done has a day that has come: not later than today."), code="day_ahead")
    facts: dict[str, Any] = {"what": squash(told.what), "day": told.day, "note": told.note.strip(), "link": told.link}
    known = row.deeds.filter(undone_at=None, fact_id=None, **facts).first()
    if known:
        return known
    deed = Deed.objects.create(occurrence=row, by_id=acting(by), **facts)
    count_deeds(row)
    audit.record("plan.deed", row, by=by, centre_id=row.item.plan.centre_id, deed=deed.pk)
    return deed


@transaction.atomic
def undo_deed(*, deed: Deed, reason: str, by: Actor) -> Deed:
    """It counts no more and stays to be read with the reason; the occurrence is open again. A repeated press changes
    nothing."""
    row = locked_occurrence(deed.occurrence)
    check_do(by, row.item)
    found = Deed.objects.select_for_update(of=("self",), no_key=True).get(pk=deed.pk)
    if found.undone_at is not None:
        return found
    take_back(found, row, check_reason(reason))
    audit.record("plan.deed_undone", row, by=by, centre_id=row.item.plan.centre_id, deed=found.pk)
    return found


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


def check_may_be_done(row: ItemOccurrence) -> None:
    """Its plan is approved, it stands in the plan and is not cancelled."""
    check_running(row.item.plan)
    check_standing(row.item)
    if row.state == OccurrenceState.CANCELLED:
        raise Conflict(_("This time was cancelled: take the cancellation back first."), code="occurrence_cancelled")


def take_back(deed: Deed, row: ItemOccurrence, why: str) -> None:
    """The caller holds the lock of the occurrence."""
    deed.undone_at, deed.undone_why = timezone.now(), why
    deed.save(update_fields=["undone_at", "undone_why"])
    count_deeds(row)


def count_deeds(row: ItemOccurrence) -> None:
    """Done on the day of the last deed that was needed; open again where there are too few."""
    days = sorted(row.deeds.filter(undone_at=None).values_list("day", flat=True))
    enough = len(days) >= row.item.needs
    row.deeds_done = len(days)
    row.state = OccurrenceState.DONE if enough else OccurrenceState.OPEN
    row.done_on = days[row.item.needs - 1] if enough else None
    row.save(update_fields=["deeds_done", "state", "done_on"])
