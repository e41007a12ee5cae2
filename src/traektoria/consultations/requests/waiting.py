"""A request waits for the coordinator, then for the tutor; who asked and who is named read how far it is."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.requests.enums import OPEN, RequestState
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.policies import HELD_WITHIN
from traektoria.consultations.requests.turns import age, day_of
from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.typography import counted
from traektoria.core.waiting import waits
from traektoria.organisations import zones
from traektoria.organisations.models import School
from traektoria.people import addressees
from traektoria.people.enums import Role, Subject

BOARD, GIVEN, HOLD = "consultations.board", "consultations.given", "consultations.hold"
STANDS, ASKED, NAMED = "consultations.stands", "consultations.asked", "consultations.named"


def rows(requests: QuerySet[ConsultationRequest]) -> Iterator[Wait]:
    """Two queries."""
    found = requests.filter(state__in=OPEN).select_related("school", "centre__municipality")
    for request in found.prefetch_related("teachers"):
        yield from _of_centre(request)
        facts = {"subject": request.subject, "state": request.state}
        yield Wait(ASKED, _askers(request), request, request.centre_id, facts=facts)
        if request.school:
            for person in request.teachers.all():
                said = {"school": request.school.name, "subject": request.subject}
                yield Wait(NAMED, addressees.person(person.pk), request, request.centre_id, facts=said)


def _askers(request: ConsultationRequest) -> str:
    """What a school asked, all its heads follow, those who come later too."""
    if request.school_id is None:
        return addressees.person(request.asked_by_id)
    return addressees.heads_of(request.centre_id, request.school_id)


def _of_centre(request: ConsultationRequest) -> Iterator[Wait]:
    """Whose turn it is."""
    subject = {"subject": request.subject}
    if request.state == RequestState.ASKED:
        to = addressees.of_centre(Role.COORDINATOR, request.centre_id)
        yield Wait(BOARD, to, request, request.centre_id, due=_day(request), since=request.asked_at)
    elif request.tutor_id:
        to = addressees.holder(Role.TUTOR, request.centre_id, request.tutor_id)
        if request.state == RequestState.ASSIGNED:
            yield Wait(GIVEN, to, request, request.centre_id, request.asked_by_id, facts=subject, due=_day(request))
        else:
            due = _held_by(request)
            yield Wait(HOLD, to, request, request.centre_id, request.asked_by_id, facts=subject, due=due)
            to, late = addressees.of_centre(Role.COORDINATOR, request.centre_id), due + timedelta(days=1)
            yield Wait(STANDS, to, request, request.centre_id, request.tutor_id, facts=subject, shows_from=late)


def _day(request: ConsultationRequest) -> date:
    return day_of(request.answer_by, zones.zone(request.centre.municipality.time_zone))


def _held_by(request: ConsultationRequest) -> date:
    zone = zones.zone(request.centre.municipality.time_zone)
    return timezone.localdate(request.renamed_at or request.answered_at or request.asked_at, zone) + HELD_WITHIN


def board(row: Waited) -> Words:
    what = counted(
        row.number, "%(n)s request for a consultation has no tutor", "%(n)s requests for a consultation have no tutor"
    )
    oldest = _("the oldest: %(age)s") % {"age": age(row.since, timezone.now())}
    return Words(what, oldest, reverse("consultations:request_board"), _("Give to tutors"))


def given(row: Waited) -> Words:
    return Words(_said(_("You are asked for a consultation: %(subject)s"), row), row.name, _page(row), _("Answer"))


def hold(row: Waited) -> Words:
    return Words(_said(_("Hold the consultation: %(subject)s"), row), row.name, _page(row), _("Open"))


def stands(row: Waited) -> Words:
    what = _said(_("Was the consultation held? Answered long ago, not closed: %(subject)s"), row)
    return Words(what, row.name, _page(row), _("Look"))


def asked(row: Waited) -> Words:
    whose = RequestState(row.facts["state"]).label
    return Words(_said(_("Your request for a consultation: %(subject)s"), row), str(whose), _page(row), _("Open"))


def named(row: Waited) -> Words:
    what = _said(_("The school asked for a consultation for you: %(subject)s"), row)
    return Words(what, row.facts["school"], _page(row), _("Read"))


def _said(sentence: str, row: Waited) -> str:
    return sentence % {"subject": Subject(row.facts["subject"]).label}


def _page(row: Waited) -> str:
    return reverse("consultations:request_detail", args=[row.object_id])


waits(
    WaitingSource(
        slug="consultations.requests",
        order=13,
        model=ConsultationRequest,
        rows=rows,
        kinds=(
            WaitingKind(
                BOARD, 13, DeskGroup.SOON, board, sums=True, letter=gettext_lazy("Requests for consultations wait")
            ),
            WaitingKind(GIVEN, 13, DeskGroup.SOON, given, letter=gettext_lazy("You are asked for a consultation")),
            WaitingKind(HOLD, 14, DeskGroup.SOON, hold, letter=gettext_lazy("A consultation is to be held and closed")),
            WaitingKind(STANDS, 14, DeskGroup.SOON, stands),
            WaitingKind(ASKED, 13, DeskGroup.WAITING, asked),
            WaitingKind(NAMED, 13, DeskGroup.WAITING, named),
        ),
        watches=(
            Watch(
                School,
                lambda school: school.consultation_requests.filter(state__in=OPEN).values_list("pk", flat=True),
                frozenset({"name"}),
            ),
        ),
    )
)
