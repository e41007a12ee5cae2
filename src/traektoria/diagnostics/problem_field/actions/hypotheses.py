"""What happens to hypotheses. Each action is atomic and writes the audit trail; none of them sends anything."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.workflow import move
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.enums import DropReason, HypothesisState, Origin
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.permissions import check_adds, check_explains, check_works_on
from traektoria.diagnostics.problem_field.workflow import HYPOTHESIS
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.models import Person


@transaction.atomic
def confirm_hypothesis(*, hypothesis: Hypothesis, by: Actor) -> Hypothesis:
    """«I want support». A repeated word changes nothing."""
    return _decide(hypothesis, "confirm", by, {})


@transaction.atomic
def drop_hypothesis(
    *, hypothesis: Hypothesis, by: Actor, reason_kind: str = DropReason.NONE, reason: str = ""
) -> Hypothesis:
    """«There is another cause», with or without a reason. A repeated word adds the reason where there was none.

    Raises ``Refused`` for a reason of what the teacher has dropped from anybody else, ``Conflict`` for another reason.
    """
    why = {"reason_kind": reason_kind, "reason": reason}
    row = _decide(hypothesis, "drop", by, why)
    if any(why.values()) and (row.reason_kind, row.reason) != (reason_kind, reason):
        check_explains(by, row)
        row.reason_kind, row.reason = reason_kind, reason
        row.save(update_fields=["reason_kind", "reason"])
        audit.record("hypothesis.explain", row, by=by, kind=reason_kind)
    return row


@transaction.atomic
def discuss_hypothesis(*, hypothesis: Hypothesis, by: Actor) -> Hypothesis:
    """«Talk it over with the tutor»: it waits for the talk, and stands on the tutor's desk. A repeated word changes
    nothing."""
    return _decide(hypothesis, "discuss", by, {})


@transaction.atomic
def reopen_hypothesis(*, hypothesis: Hypothesis, by: Actor) -> Hypothesis:
    """Take the decision back: the hypothesis waits again, without reason and date."""
    undecided = {"decided_by_id": None, "decided_at": None, "reason_kind": "", "reason": ""}
    row = _locked(hypothesis)
    if row.is_proposed:
        check_works_on(by, row)
        return row
    return move(HYPOTHESIS, row, "reopen", by=by, changes=undecided)


@transaction.atomic
def change_block(*, hypothesis: Hypothesis, block: str, by: Actor) -> Hypothesis:
    """Say that the difficulty lies in another block of competences."""
    check_works_on(by, hypothesis)
    row = _locked(hypothesis)
    if row.block != block:
        audit.record("hypothesis.change_block", row, by=by, source=row.block, target=block)
        row.block = CompetenceBlock(block)
        row.save(update_fields=["block"])
    return row


@transaction.atomic
def add_by_hand(
    *, centre: TutorCentre, person: Person, subject: str, block: str, topic: str, by: Actor, note: str = ""
) -> Hypothesis:
    """Add what no figures showed. The teacher's own word is confirmed at once; the tutor's waits for the teacher.

    The same open topic of the same person is not added twice.
    """
    check_adds(by, person, centre, subject)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    same = Hypothesis.objects.filter(person=person, subject=subject, topic=topic, origin=Origin.BY_HAND)
    known = same.exclude(state=HypothesisState.DROPPED).first()
    if known:
        return known
    own = by.person_id == person.pk
    decided: dict[str, Any] = {"decided_by_id": by.person_id, "decided_at": timezone.now()} if own else {}
    row = Hypothesis.objects.create(
        centre=centre,
        person=person,
        subject=subject,
        block=block,
        topic=topic,
        evidence={"note": note} if note else {},
        origin=Origin.BY_HAND,
        state=HypothesisState.CONFIRMED if own else HypothesisState.PROPOSED,
        **decided,
    )
    audit.record("hypothesis.add", row, by=by, block=block, own=own)
    return row


def _locked(hypothesis: Hypothesis) -> Hypothesis:
    return Hypothesis.objects.select_for_update(of=("self",), no_key=True).get(pk=hypothesis.pk)


def _decide(hypothesis: Hypothesis, step: str, by: Actor, why: dict[str, Any]) -> Hypothesis:
    """Confirm or drop; the state that is already there is a success."""
    row = _locked(hypothesis)
    if row.state == HYPOTHESIS.step(step).target:
        check_works_on(by, row)
        return row
    return move(
        HYPOTHESIS, row, step, by=by, changes={"decided_by_id": by.person_id, "decided_at": timezone.now(), **why}
    )
