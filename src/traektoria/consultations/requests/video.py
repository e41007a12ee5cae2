"""A request that a tutor has answered can be held by video: its meeting has no hour of its own, it is open as long as
the request is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.consultations.requests.enums import RequestState, Way
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import can_answer, can_withdraw
from traektoria.consultations.requests.queries.requests import find, named_in
from traektoria.people.actor import Actor
from traektoria.video.enums import Part
from traektoria.video.registries import Meeting, MeetingKind, meeting_address, meeting_kinds

SLUG = "request"


def find_meeting(actor: Actor, pk: int) -> Meeting | None:
    """Its tutor leads; who asked, and whom the request names, enter. Two queries."""
    row = find(actor, pk)
    if row is None or row.way == Way.IN_PERSON:
        return None
    title = _("Consultation: %(subject)s") % {"subject": row.get_subject_display()}
    page = reverse("consultations:request_detail", args=[pk])
    return Meeting(pk, row.centre, title, _part(actor, row), page, _("The request"), off=_off(row.state))


def address_of(row: ConsultationRequest) -> str:
    """Where the meeting of an answered request is; empty where there is none. No query."""
    by_video = row.state == RequestState.TAKEN and row.way != Way.IN_PERSON
    return meeting_address(SLUG, row.pk) if by_video else ""


def _part(actor: Actor, row: ConsultationRequest) -> Part | None:
    if can_answer(actor, row):
        return Part.MODERATOR
    invited = can_withdraw(actor, row) or actor.person_id in named_in(row.pk)
    return Part.GUEST if invited else None


def _off(state: str) -> str:
    if state == RequestState.TAKEN:
        return ""
    if state in (RequestState.ASKED, RequestState.ASSIGNED):
        return _("The tutor has not answered the request yet.")
    return _("The request is closed: nobody meets by it any longer.")


meeting_kinds.add(MeetingKind(SLUG, 10, find_meeting))
