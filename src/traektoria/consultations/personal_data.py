"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from traektoria.consultations.models import ConsultationHour, ConsultationRequest
from traektoria.core.registries import PersonalData, personal_data

HOUR = (
    "topic",
    "subject",
    "start",
    "end",
    "way",
    "pupils",
    "recommendations",
    "shared_note",
    "next_day",
    "withdrawn_at",
)
OPEN_TO_ALL = ("topic", "subject", "classes", "kind", "way", "urgent", "wished", "state", "asked_at", "answer")


def consultations_of(person_id: int) -> dict[str, Any]:
    """Requests that the person made, that name them, that they answered as a tutor; the note is of who asked."""
    own = Q(asked_by=person_id) | Q(teachers=person_id) | Q(tutor=person_id)
    rows = ConsultationRequest.objects.filter(own).distinct().order_by("pk")
    was_there = Q(tutor=person_id) | Q(teachers__person=person_id)
    hours = ConsultationHour.objects.filter(was_there).distinct().order_by("pk")
    return {
        "requests": [_request(row, person_id) for row in rows],
        "hours": [_hour(row, person_id) for row in hours.prefetch_related("teachers")],
    }


def _hour(row: ConsultationHour, person_id: int) -> dict[str, Any]:
    """The note for oneself is of the tutor; what a teacher said of the hour is of that teacher."""
    own = {"private_note": row.private_note} if row.tutor_id == person_id else {}
    mine = [one.feedback for one in row.teachers.all() if one.person_id == person_id]
    return (
        {name: getattr(row, name) for name in HOUR}
        | {"given_by_me": row.tutor_id == person_id}
        | own
        | {"feedback": mine}
    )


def _request(row: ConsultationRequest, person_id: int) -> dict[str, Any]:
    mine = row.asked_by_id == person_id
    note = {"note": row.note, "closed_why": row.closed_why} if mine else {}
    return {name: getattr(row, name) for name in OPEN_TO_ALL} | {"asked_by_me": mine} | note


personal_data.add(
    PersonalData(
        "consultations", 35, gettext_lazy("requests for consultations, their answers, and the hours"), consultations_of
    )
)
