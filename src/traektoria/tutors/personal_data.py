"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.tutors.models import (
    Application,
    CommissionMember,
    CriterionAnswer,
    CriterionEvidence,
    StaffOrder,
    StatusTerm,
    TutorProfile,
    TutorStatus,
)

APPLICATION = (
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


def applications_of(person_id: int) -> dict[str, Any]:
    """The person's applications with their answers and evidence, and whom the person nominated."""
    own = {"application__person": person_id}
    return {
        "applications": list(Application.objects.filter(person=person_id).values("id", *APPLICATION)),
        "answers": list(CriterionAnswer.objects.filter(**own).values(*ANSWER)),
        "evidence": list(CriterionEvidence.objects.filter(**own).values(*EVIDENCE)),
        "nominations": list(
            Application.objects.filter(nominated_by=person_id).values("centre__name", "nomination", "created_at")
        ),
    }


PROFILE = (
    "centre__name", "about", "subjects", "grades", "formats", "languages", "availability", "teachers_at_once",
    "hours_a_month",
)  # fmt: skip


def statuses_of(person_id: int) -> dict[str, Any]:
    """Statuses with their terms, orders about the person, the profile."""
    terms = StatusTerm.objects.filter(status__person=person_id)
    return {
        "statuses": list(
            TutorStatus.objects.filter(person=person_id).values(
                "centre__name", "state", "start", "end", "suspended_from", "reason", "ended_on"
            )
        ),
        "terms": list(terms.values("status__centre__name", "start", "end", "basis", "basis_text")),
        "orders": list(
            StaffOrder.objects.filter(person=person_id).values(
                "kind", "number", "day", "effective", "end", "reason", "state", "acquainted_at"
            )
        ),
        "profiles": list(TutorProfile.objects.filter(person=person_id).values(*PROFILE)),
    }


def seats_of(person_id: int) -> Any:
    """Seats in commissions: of votes and judgements only how many there are."""
    rows = CommissionMember.objects.filter(person=person_id).select_related("commission")
    return [
        {
            "commission": row.commission.name,
            "post": str(row.get_post_display()),
            "from": row.start.isoformat(),
            "to": row.end.isoformat() if row.end else None,
            "judgements": [
                {"criterion": one.criterion, "points": one.points, "note": one.note, "at": one.created_at.isoformat()}
                for one in row.judgements.all()
            ],
            "votes": row.votes_given.count(),
            "dissenting_opinions": [one.text for one in row.opinions.all()],
        }
        for row in rows
    ]


for slug, order, label, kept in (
    ("tutor_status", 31, gettext_lazy("status of a tutor, orders, profile"), statuses_of),
    ("tutor_applications", 40, gettext_lazy("applications for the status and nominations"), applications_of),
    ("tutors.commission", 45, gettext_lazy("Work in commissions"), seats_of),
):
    personal_data.add(PersonalData(slug, order, label, kept))
