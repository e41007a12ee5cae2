"""Saving answers: one action for the script's queue and for a plain form. What it returns is on the disk.

A browser may send anything twice, late and from two tabs. Each answer has a sequence (``sittings.policies.EPOCH``): the
greatest one counts, whatever comes last. A tab that was taken over still brings what it had, and learns that it is old.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, DomainError, Invalid
from traektoria.core.joined_rows import marks
from traektoria.diagnostics.campaigns.models import Uncounted
from traektoria.diagnostics.instruments.queries.forms import Entry, form_of
from traektoria.diagnostics.items.answers import clean, score
from traektoria.diagnostics.sittings.actions.sittings import ended
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.permissions import check_sits
from traektoria.diagnostics.sittings.policies import EPOCH, check_late, clock_of, epoch_of
from traektoria.diagnostics.sittings.queries.sittings import ANSWERS, locked
from traektoria.people.actor import Actor

MOST: int = 100
"""Answers in one go."""
LARGEST: int = 2**53
_CHANGED = ["value", "sequence", "late", "score", "saved_at"]


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as it came: ``item`` is a form item. ``sequence`` None: a plain form, whose word is the newest.
    ``age``: how long ago it was given, by the clock of the device."""

    item: int
    value: Any
    sequence: int | None = None
    age: timedelta = timedelta()


@dataclass
class Saved:
    """``kept``: item → the sequence up to which nothing need be sent again; ``refused``: item → why. ``owner``: this
    tab is the one that writes."""

    sitting: Sitting
    left: int | None
    owner: bool
    kept: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def save_answers(*, sitting: Sitting, tab: str, answers: Sequence[GivenAnswer], by: Actor) -> Saved:
    """Keep what is newer than what is there. Raises ``Conflict`` where the sitting takes nothing (any more); a single
    answer that can't be taken is in ``refused``. After the time is over, by the rule of late answers."""
    now = timezone.now()
    row = ended(locked(sitting), now)
    check_sits(by, row)
    _takes_something(row)
    saved = Saved(row, clock_of(row, now).left, _takes_over(row, tab))
    rows = [made for one in answers[:MOST] if (made := _made(row, one, now, saved)) is not None]
    _write(row, rows, saved)
    return saved


def _takes_something(row: Sitting) -> None:
    if row.state == SittingState.SUBMITTED:
        raise Conflict(_("The work is handed in: answers are not taken any more."), code="handed_in")
    if row.state == SittingState.NEW:
        raise Conflict(_("The work has not been begun."), code="not_begun")
    if row.part.adaptive:
        raise Conflict(_("In this work an answer is sent once, by its button."), code="adaptive")


def _takes_over(row: Sitting, tab: str) -> bool:
    """The tab with the greatest number writes; a newer one is written down."""
    if row.tab == tab:
        return True
    if tab and epoch_of(tab) <= epoch_of(row.tab):
        return False
    row.tab = (tab or f"{epoch_of(row.tab) + 1}-form")[:40]
    row.save(update_fields=["tab"])
    return True


def _made(row: Sitting, given: GivenAnswer, now: datetime, saved: Saved) -> Answer | None:
    """The answer in its shape with its points; None where it is refused."""
    try:
        entry = _entry(row, given)
        value = clean(entry.content, given.value)
        late = row.state == SittingState.EXPIRED
        if late:
            check_late(row, now - given.age, now)
    except DomainError as refusal:
        saved.refused[given.item] = refusal.sentence
        return None
    points = score(entry.content, value, entry.max_score)
    sequence = -1 if given.sequence is None else given.sequence
    return Answer(
        sitting=row, form_item_id=entry.pk, value=value, sequence=sequence, late=late, score=points, saved_at=now
    )


def _entry(row: Sitting, given: GivenAnswer) -> Entry:
    entry = form_of(row.part.version, row.form).by_pk.get(given.item)
    if entry is None or not entry.number:
        raise Invalid(_("This question is not in your work. Open the page again."), code="bad_item")
    if given.sequence is not None and not 0 <= given.sequence < LARGEST:
        raise Invalid(_("This answer does not belong to the question. Open the page again."), code="bad_answer")
    return entry


def _write(row: Sitting, rows: list[Answer], saved: Saved) -> None:
    """What is there, and what is newer than that."""
    items = {one.form_item_id for one in rows}
    if not items:
        return
    there = ANSWERS.find(f"t.sitting_id = %s AND t.form_item_id IN ({marks(items)})", row.pk, *items)
    stored = {one.form_item_id: one for one in there}
    known = {item: one.sequence for item, one in stored.items()}
    newest: dict[int, Answer] = {}
    for one in rows:
        before = known.get(one.form_item_id, -1)
        if one.sequence < 0:
            one.sequence = max(before + 1, epoch_of(row.tab) * EPOCH)
        if one.sequence > before and _keeps_marks(one, stored.get(one.form_item_id), saved):
            newest[one.form_item_id] = one
            known[one.form_item_id] = one.sequence
    if newest:
        Answer.objects.bulk_create(
            newest.values(), update_conflicts=True, unique_fields=["sitting", "form_item"], update_fields=_CHANGED
        )
    if row.state == SittingState.EXPIRED and newest:
        Uncounted.objects.create(campaign_id=row.part.campaign_id)
    saved.kept = {item: known[item] for item in items if item not in saved.refused}


def _keeps_marks(new: Answer, there: Answer | None, saved: Saved) -> bool:
    """The same words again keep their points; other words are not taken where somebody has marked the first ones."""
    if there is None:
        return True
    if new.value == there.value:
        new.score = new.score if there.score is None else there.score
    elif new.score is not None:
        return True
    elif there.score is not None or (new.late and there.markings.filter(done_at__isnull=False).exists()):
        saved.refused[new.form_item_id] = _("This answer has been marked already: it stays as it was.")
        return False
    return True
