"""The access log of requests: who is named reads in «My data» who looked."""

from collections.abc import Iterable

from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose


def log_request(*, by: Actor, request: ConsultationRequest, teachers: Iterable[int]) -> None:
    """Somebody has read why a consultation is asked for, and for whom."""
    people = {*teachers, request.asked_by_id}
    log_people(
        by=by, purpose=Purpose.SUPPORT, kind="consultation", subject_id=request.pk, people=people,
        centre_id=request.centre_id,
    )  # fmt: skip
