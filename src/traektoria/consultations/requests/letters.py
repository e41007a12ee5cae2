"""What requests tell people by the bell and by letter: the tutor who gets one, and who asked. Neither names the topic:
a letter may be read by others."""

from collections.abc import Collection, Iterator, Sequence
from types import MappingProxyType
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.requests.enums import OPEN, UNANSWERED, RequestState
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.requests.permissions import leads
from traektoria.consultations.requests.turns import until
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.messaging.outbox import post_change
from traektoria.organisations import zones
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import RoleAssignment

TO_TUTOR: Final = "consultations.to_tutor"
TO_ASKER: Final = "consultations.to_asker"
REOPENED: Final = "reopened"
OVER: Final = MappingProxyType(
    {
        "withdrawn": gettext_lazy(
            "The request for a consultation that you had (%(subject)s) was taken back, with all hours booked for it."
        ),
        "declined": gettext_lazy(
            "The request for a consultation that you had (%(subject)s) was declined, with all hours booked for it."
        ),
        "recalled": gettext_lazy(
            "The coordinator took the request for a consultation (%(subject)s) back from you, with all hours booked "
            "for it."
        ),
        "elsewhere": gettext_lazy(
            "For the request for a consultation that you had (%(subject)s) an hour of a colleague was booked."
        ),
    }
)
"""What ended for the tutor, in words."""
GONE: Final = frozenset({"recalled", "elsewhere"})
"""Of these the request lives on, without this tutor."""


def tell_tutor(request: ConsultationRequest, tutor_id: int | None, what: str) -> None:
    """``what``: «assigned» or one of ``OVER``. Of one request a tutor has one message, news again at each change."""
    if tutor_id is not None:
        post_change(TO_TUTOR, to=tutor_id, fact=str(request.pk), request=request.pk, what=what)


def tell_asker(request: ConsultationRequest, what: str = "", *, besides: Collection[int] = ()) -> None:
    """That it was answered, that it was declined, that the answer no longer holds, or ``what`` else (``REOPENED``):
    news again at each change. ``besides``: who was told by a letter of the hour itself."""
    for person in sorted(_askers(request) - set(besides)):
        post_change(TO_ASKER, to=person, fact=str(request.pk), request=request.pk, state=what or request.state)


def _askers(request: ConsultationRequest) -> set[int]:
    """Who asked for themselves; of what a school asked, its heads of today. One query."""
    if request.school_id is None:
        return {request.asked_by_id}
    today = in_force(timezone.localdate())
    heads = RoleAssignment.objects.filter(today, role__in=HEADS, centre=request.centre_id, school=request.school_id)
    return set(heads.values_list("person", flat=True))


def _requests(messages: Sequence[Message]) -> dict[int, ConsultationRequest]:
    keys = {message.facts["request"] for message in messages}
    return ConsultationRequest.objects.select_related("centre__municipality").in_bulk(keys)


def to_tutor(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To the tutor who has the request now. One query."""
    rows = _requests(messages)
    for message in messages:
        yield _of_tutor(rows.get(message.facts["request"]), message.facts["what"], reader)


def _of_tutor(row: ConsultationRequest | None, what: str, reader: Reader) -> Told | Withheld:
    if row is None or not _holds(row, what, mine=row.tutor_id == reader.person_id):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or not reader.actor.has(row.centre_id, Role.TUTOR):
        return Withheld(UnsentReason.NO_RIGHT)
    path, subject = reverse("consultations:request_detail", args=[row.pk]), row.get_subject_display()
    if what in GONE:
        return over_letter(what, subject, reverse("consultations:request_list"), _("Open the list"))
    if what in OVER:
        return over_letter(what, subject, path, _("Open the request"))
    when = until(row.answer_by, zones.zone(row.centre.municipality.time_zone))
    return assigned_letter(subject, when, path)


def _holds(row: ConsultationRequest, what: str, *, mine: bool) -> bool:
    """Still as it was told: the request is the tutor's and open, or ended so, or is theirs no longer."""
    if what in GONE:
        return not mine
    return mine and (row.state == what if what in OVER else row.state in OPEN)


def assigned_letter(subject: str, day: str, path: str) -> Told:
    facts = {"subject": subject, "day": day}
    sentences = (
        _("You are asked for a consultation: %(subject)s.") % facts,
        _("An answer was promised until %(day)s: take the request and say when, or return it with a reason.") % facts,
    )
    return Told(_("A request for a consultation"), sentences, path, _("Open the request"))


def over_letter(what: str, subject: str, path: str, button: str) -> Told:
    sentences = (OVER[what] % {"subject": subject}, _("Nothing is awaited from you."))
    return Told(_("A request is yours no longer"), sentences, path, button)


def to_asker(messages: Sequence[Message], reader: Reader) -> Iterator[Told | Withheld]:
    """To who asked for themselves, or leads the school that asked. One query."""
    rows = _requests(messages)
    for message in messages:
        yield _of_asker(rows.get(message.facts["request"]), message.facts["state"], reader)


def _of_asker(row: ConsultationRequest | None, state: str, reader: Reader) -> Told | Withheld:
    if row is None or not _stands(row, state):
        return Withheld(UnsentReason.DONE)
    if reader.actor is None or not _may_know(reader.actor, row):
        return Withheld(UnsentReason.NO_RIGHT)
    path = reverse("consultations:request_detail", args=[row.pk])
    if state == REOPENED:
        return reopened_letter(row.get_subject_display(), path)
    if state in UNANSWERED:
        return dropped_letter(row.get_subject_display(), path)
    return answered_letter(row.get_subject_display(), path, taken=state == RequestState.TAKEN)


def _may_know(actor: Actor, row: ConsultationRequest) -> bool:
    if row.school_id is None:
        return actor.person_id == row.asked_by_id and actor.has(row.centre_id, Role.TEACHER)
    return leads(actor, row.centre_id, row.school_id)


def _stands(row: ConsultationRequest, state: str) -> bool:
    """Still as it was told; without an answer it may be with the coordinator or with the next tutor."""
    if state == REOPENED:
        return row.state == RequestState.TAKEN
    return row.state in UNANSWERED if state in UNANSWERED else row.state == state


def dropped_letter(subject: str, path: str) -> Told:
    sentence = _("The time that a tutor had named for your consultation (%(subject)s) no longer holds.")
    what = (sentence % {"subject": subject}, _("Another answer follows; nothing is needed from you."))
    return Told(_("The answer to your request no longer holds"), what, path, _("Open the request"))


def reopened_letter(subject: str, path: str) -> Told:
    sentence = _("The hour that was written down for your request (%(subject)s) was withdrawn: the request is open.")
    what = (sentence % {"subject": subject}, _("The tutor has it still; nothing is needed from you."))
    return Told(_("Your request for a consultation is open again"), what, path, _("Open the request"))


def answered_letter(subject: str, path: str, *, taken: bool) -> Told:
    facts = {"subject": subject}
    if taken:
        sentence = _("A tutor has answered your request for a consultation (%(subject)s): when and where.") % facts
    else:
        sentence = (
            _("Your request for a consultation (%(subject)s) was declined; the reason stands on its page.") % facts
        )
    return Told(_("Your request for a consultation is answered"), (sentence,), path, _("Read the answer"))


kinds.add(
    MessageKind(
        slug=TO_TUTOR,
        order=50,
        label=gettext_lazy("Requests for consultations given to me"),
        why=gettext_lazy("a request for a consultation was given to you."),
        tell=to_tutor,
        sample=lambda: assigned_letter(_("mathematics"), _("tomorrow"), "/"),
    )
)
kinds.add(
    MessageKind(
        slug=TO_ASKER,
        order=51,
        label=gettext_lazy("Answers to my requests for consultations"),
        why=gettext_lazy("you asked for a consultation."),
        tell=to_asker,
        sample=lambda: answered_letter(_("mathematics"), "/", taken=True),
    )
)
