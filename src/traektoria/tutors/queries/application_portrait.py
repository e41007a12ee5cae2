"""What this room keeps about a candidate, for the file that the person takes away."""

from typing import Any

from traektoria.tutors.models import Application, CriterionAnswer, CriterionEvidence

FIELDS = (
    "centre__name",
    "state",
    "subjects",
    "motivation",
    "nomination",
    "consented_at",
    "submitted_at",
    "return_reason",
    "appeal",
    "decided_at",
    "decision_note",
    "created_at",
)
ANSWER = ("application", "criterion", "computed", "stated", "text", "check_result", "check_note", "checked_at")
EVIDENCE = ("application", "criterion", "title", "file_name", "link", "created_at")


def portrait(person_id: int) -> dict[str, Any]:
    """The person's applications with their answers and evidence, and whom the person nominated."""
    own = {"application__person": person_id}
    return {
        "applications": list(Application.objects.filter(person=person_id).values("id", *FIELDS)),
        "answers": list(CriterionAnswer.objects.filter(**own).values(*ANSWER)),
        "evidence": list(CriterionEvidence.objects.filter(**own).values(*EVIDENCE)),
        "nominations": list(
            Application.objects.filter(nominated_by=person_id).values("centre__name", "nomination", "created_at")
        ),
    }
