"""Say anew what was said from results: when files come or the rule changes, some of it no longer holds.

What waits is withdrawn, or becomes a question, or a supposition; what a person has confirmed stays in the problem
field, and they are told. Both readers see it: on the card, in its history and on «My day». What was decided against,
and what somebody took back after a withdrawal, is left alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from traektoria.core import audit, waiting
from traektoria.core.workflow import move
from traektoria.diagnostics.problem_field.enums import DropReason, HypothesisState, Origin, Strength
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.workflow import HYPOTHESIS

MERGED = "merged"
Key = tuple[int | None, int, str]
"""Dataset, person, tasks."""


@dataclass(frozen=True)
class Retold:
    """How many were ``withdrawn``, and how many ``changed``: they wait or stand in a field with other words."""

    withdrawn: int = 0
    changed: int = 0


def retell(datasets: Sequence[int], wanted: Mapping[Key, Hypothesis], taken_up: Collection[Key]) -> Retold:
    """Compare what stands with what the figures allow now. Writes an audit event for each change.

    ``taken_up``: what is part of a supposition now. A question there gives way to it; what is confirmed stays as it is.
    """
    living = (HypothesisState.PROPOSED, HypothesisState.DISCUSSED, HypothesisState.CONFIRMED)
    rows = Hypothesis.objects.select_for_update(of=("self",), no_key=True).filter(
        dataset__in=datasets, origin=Origin.RESULTS, state__in=living
    )
    withdrawn = changed = 0
    touched = []
    for row in rows:
        touched.append(row.pk)
        key = (row.dataset_id, row.person_id, row.evidence_key)
        now, merged = wanted.get(key), key in taken_up
        if now is None and not row.is_confirmed and not row.was_retold:
            _withdraw(row, MERGED if merged else "")
            withdrawn += 1
        elif now is None and row.is_confirmed and not merged and not row.was_retold:
            _tell(row, Strength.NONE)
            changed += 1
        elif now is not None and _says_other(row, now):
            row.evidence = {**now.evidence}
            _tell(row, Strength(now.strength))
            changed += 1
    waiting.renew_keys(Hypothesis, touched)  # the audit says what was told, and it is written after the row
    return Retold(withdrawn, changed)


def _says_other(row: Hypothesis, now: Hypothesis) -> bool:
    """A question in place of a supposition, the other way round, or another strength."""
    return row.strength != now.strength


def _withdraw(row: Hypothesis, now: str) -> None:
    changes = {
        "decided_at": timezone.now(),
        "decided_by_id": None,
        "reason_kind": DropReason.RECOUNTED,
        "evidence": {**row.evidence, "retold": _note(row.strength, now)},
    }
    move(HYPOTHESIS, row, "withdraw", by=None, changes=changes)


def _tell(row: Hypothesis, strength: Strength) -> None:
    before, row.strength = row.strength, strength
    row.evidence = {**row.evidence, "retold": _note(before, strength)}
    row.save(update_fields=["evidence", "strength"])
    audit.record("hypothesis.retell", row, by=None, source=before, target=str(strength))


def _note(before: str, now: str) -> dict[str, str]:
    return {"on": timezone.localdate().isoformat(), "was": str(before), "now": str(now)}
