"""What the room keeps about a tutor, for the file that the person takes away."""

from typing import Any

from traektoria.tutors.models import StaffOrder, StatusTerm, TutorProfile, TutorStatus

PROFILE = (
    "centre__name", "about", "subjects", "grades", "formats", "languages", "availability", "teachers_at_once",
    "hours_a_month",
)  # fmt: skip


def portrait(person_id: int) -> dict[str, Any]:
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
