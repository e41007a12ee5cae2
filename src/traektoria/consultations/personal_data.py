"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from traektoria.consultations.models import ConsultationRequest
from traektoria.core.registries import PersonalData, personal_data

OPEN_TO_ALL = ("topic", "subject", "classes", "kind", "way", "urgent", "wished", "state", "asked_at", "answer")


def consultations_of(person_id: int) -> dict[str, Any]:
    """Requests that the person made, that name them, that they answered as a tutor; the note is of who asked."""
    own = Q(asked_by=person_id) | Q(teachers=person_id) | Q(tutor=person_id)
    rows = ConsultationRequest.objects.filter(own).distinct().order_by("pk")
    return {"requests": [_request(row, person_id) for row in rows]}


def _request(row: ConsultationRequest, person_id: int) -> dict[str, Any]:
    mine = row.asked_by_id == person_id
    note = {"note": row.note, "closed_why": row.closed_why} if mine else {}
    return {name: getattr(row, name) for name in OPEN_TO_ALL} | {"asked_by_me": mine} | note


personal_data.add(
    PersonalData("consultations", 35, gettext_lazy("requests for consultations and their answers"), consultations_of)
)
