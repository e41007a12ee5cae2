"""What this room keeps about a person, for the file that the person takes away."""

from typing import Any

from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.work_sentences import source_of


def portrait(person_id: int) -> list[dict[str, Any]]:
    """The person's own problem field: every supposition with its evidence and what was decided."""
    rows = Hypothesis.objects.filter(person=person_id).select_related(
        "dataset", "sitting__participant__campaign", "sitting__part__version__instrument"
    )
    return [
        {
            "subject": row.subject,
            "block": row.block,
            "topic": row.topic,
            "origin": row.origin,
            "source": source_of(row),
            "evidence": row.evidence,
            "strength": row.strength,
            "state": row.state,
            "decided_at": row.decided_at,
            "decided_by_me": row.decided_by_id == person_id,
            "reason_kind": row.reason_kind,
            "reason": row.reason,
            "created_at": row.created_at,
        }
        for row in rows
    ]
