"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from traektoria.consultations.bookings.personal_data import bookings_of
from traektoria.consultations.hours.actions.giving import FEEDBACK
from traektoria.consultations.hours.queries.editions import readable
from traektoria.consultations.models import (
    AbsenceStep,
    ConsultationHour,
    ConsultationPoint,
    ConsultationRequest,
    HelpDate,
    HelpDateChange,
    ReturnedRequest,
    TutorAbsence,
)
from traektoria.core.registries import PersonalData, personal_data

HOUR = (
    "topic",
    "subject",
    "start",
    "end",
    "way",
    "pupils",
    "recommendations",
    "materials",
    "shared_note",
    "next_day",
    "withdrawn_at",
    "withdrawn_why",
)
ABSENCE = ("start", "end", "kind", "reason", "note", "cancelled_at")
OPEN_TO_ALL = (
    "topic",
    "subject",
    "classes",
    "kind",
    "way",
    "urgent",
    "wished",
    "state",
    "asked_at",
    "answer",
    "answered_at",
    "closed_why",
)


def consultations_of(person_id: int) -> dict[str, Any]:
    """Requests that the person made, that name them, that they answered as a tutor (the note is of who asked); hours
    given and received; where and when the person receives."""
    own = Q(asked_by=person_id) | Q(teachers=person_id) | Q(tutor=person_id)
    rows = ConsultationRequest.objects.filter(own).select_related("tutor").prefetch_related("files")
    rows = rows.distinct().order_by("pk")
    was_there = Q(tutor=person_id) | Q(teachers__person=person_id)
    hours = ConsultationHour.objects.filter(was_there).distinct().order_by("pk")
    return {
        **bookings_of(person_id),
        "receives_at": _points(person_id),
        "help_dates": _help_dates(person_id),
        "instead_of_a_colleague": list(AbsenceStep.objects.filter(other=person_id).values("start", "at")),
        "absences": list(TutorAbsence.objects.filter(tutor=person_id).values(*ABSENCE)),
        "requests": [_request(row, person_id) for row in rows],
        "returned_by_me": [
            {"topic": row.request.topic, "reason": row.reason, "returned_at": row.returned_at}
            for row in ReturnedRequest.objects.filter(tutor=person_id).select_related("request")
        ],
        "hours": [
            _hour(row, person_id) for row in hours.select_related("tutor").prefetch_related("teachers", "editions")
        ],
    }


def _points(person_id: int) -> list[str]:
    return list(ConsultationPoint.objects.filter(receives__person=person_id).values_list("name", flat=True))


def _help_dates(person_id: int) -> list[dict[str, Any]]:
    """Dates of Hours of methodical help on which the person receives, and what the person changed of any."""
    mine = HelpDate.objects.filter(receives__tutor=person_id).select_related("hour").order_by("start")
    changed = HelpDateChange.objects.filter(by=person_id).values("date__day", "kind", "reason", "at")
    dates = [{"topic": one.topic, "start": one.start, "end": one.end, "state": one.state} for one in mine]
    return [*dates, *({"changed_by_me": True, **one} for one in changed)]


def _hour(row: ConsultationHour, person_id: int) -> dict[str, Any]:
    """The note for oneself is of the tutor; what a teacher said of the hour is of that teacher."""
    own = {"private_note": row.private_note} if row.tutor_id == person_id else {}
    mine = [{"said": one.feedback, "at": one.feedback_at} for one in row.teachers.all() if one.person_id == person_id]
    return (
        {name: getattr(row, name) for name in HOUR}
        | {"tutor": row.tutor.full_name, "given_by_me": row.tutor_id == person_id}
        | own
        | {"feedback": mine, "before": _editions(row, person_id)}
    )


def _editions(row: ConsultationHour, person_id: int) -> list[dict[str, Any]]:
    """What it said before, as the person may read it; of who was there, whether they were, not who else."""
    there = [one.person_id for one in row.teachers.all()]
    read = ((one, readable(one.facts, row, person_id, there)) for one in row.editions.all())
    return [{**_alone(facts, person_id), "until": one.until} for one, facts in read if facts is not None]


def _alone(facts: dict[str, Any], person_id: int) -> dict[str, Any]:
    mine = {name: value for name, value in facts.items() if name not in ("teachers", FEEDBACK)}
    said = facts.get(FEEDBACK, {}).get(str(person_id))
    return mine | {"there": person_id in facts["teachers"]} | ({"said": said} if said else {})


def _request(row: ConsultationRequest, person_id: int) -> dict[str, Any]:
    mine = row.asked_by_id == person_id
    note = {"note": row.note} if mine else {}
    tutor = row.tutor.full_name if row.tutor else ""
    files = {"files": [one.file_name for one in row.files.all() if one.person_id == person_id]}
    return {name: getattr(row, name) for name in OPEN_TO_ALL} | {"asked_by_me": mine, "tutor": tutor} | note | files


personal_data.add(
    PersonalData(
        "consultations", 35, gettext_lazy("requests for consultations, their answers, and the hours"), consultations_of
    )
)
