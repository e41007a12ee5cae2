"""Tutor support begins with the voluntary consent of both sides, and any side can end it at any time."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.enums import SupportKind, SupportState
from traektoria.routes.models import SupportMember, TutorSupport
from traektoria.routes.permissions import check_end_support, check_party, check_propose_support, is_tutor_of
from traektoria.routes.queries.supports import OPEN, teachers_of, tutors_of
from traektoria.routes.workflow import support_workflow


@transaction.atomic
def propose_support(
    *,
    centre: TutorCentre,
    tutor: Person,
    members: Sequence[Person],
    kind: str,
    subject: str,
    start: date,
    end: date,
    basis: str,
    by: Actor,
    name: str = "",
    basis_note: str = "",
) -> TutorSupport:
    """Propose that ``tutor`` supports ``members``. The proposer's own consent counts at once, the others are asked.

    The same open proposal made twice is one support. Raises ``Refused`` for those who may not propose it, ``Invalid``
    for a person who is not a tutor or a teacher of the centre, a wrong number of members, a group without a name,
    wrong dates.
    """
    ids = [person.pk for person in members]
    check_propose_support(by, centre.pk, tutor.pk, ids)
    _check_people(centre, tutor, ids)
    _check_shape(kind, ids, name, start, end)
    Person.objects.select_for_update().get(pk=tutor.pk)
    known = _same(centre, tutor, kind, subject, ids)
    if known:
        return known
    support = TutorSupport.objects.create(
        centre=centre,
        regulation=regulation_in_force(centre.pk),
        tutor=tutor,
        kind=kind,
        name=name if kind == SupportKind.GROUP else "",
        subject=subject,
        start=start,
        end=end,
        basis=basis,
        basis_note=basis_note,
    )
    SupportMember.objects.bulk_create(SupportMember(support=support, person_id=pk) for pk in ids)
    audit.record("support.propose", support, by=by, kind=kind, members=len(ids))
    if by.person_id in {tutor.pk, *ids}:
        return consent_to_support(support=support, by=by)
    return support


@transaction.atomic
def consent_to_support(*, support: TutorSupport, by: Actor) -> TutorSupport:
    """Say «I agree»; dated. The support begins when the tutor and a teacher said it.

    A repeated consent changes nothing; one may change one's mind while the support is open.
    """
    row = _locked(support)
    check_party(by, row)
    _check_open(row)
    now = timezone.now()
    given = [*_consent_as_tutor(row, by, now), *_consent_as_member(row, by, now)]
    if given:
        audit.record("support.consent", row, by=by, side=given[0])
    if row.state == SupportState.PROPOSED and row.tutor_consented_at and _consented(row):
        return move(support_workflow, row, "begin", by=by)
    return row


@transaction.atomic
def decline_support(*, support: TutorSupport, by: Actor, reason: str = "") -> TutorSupport:
    """Say no, with or without a reason. Of a group a teacher takes only themselves out, also later while it goes on;
    the support itself is declined (or ends) when nobody is left. A repeated refusal changes nothing."""
    row = _locked(support)
    check_party(by, row)
    if row.state not in OPEN:
        return row
    if is_tutor_of(by, row):
        return _close(row, by, reason)
    left = SupportMember.objects.filter(support=row, person=by.person_id, declined_at__isnull=True)
    if left.update(consented_at=None, declined_at=timezone.now()):
        audit.record("support.leave", row, by=by)
    if row.is_group and SupportMember.objects.filter(support=row, declined_at__isnull=True).exists():
        return _end_if_empty(row, by, reason)
    return _close(row, by, reason)


@transaction.atomic
def end_support(*, support: TutorSupport, by: Actor, reason: str = "") -> TutorSupport:
    """End the support: the tutor no longer sees the teacher's problem field. A repeated end changes nothing."""
    row = _locked(support)
    check_end_support(by, row)
    if row.state == SupportState.ENDED:
        return row
    return move(support_workflow, row, "end", by=by, changes={"end_reason": reason})


def _check_people(centre: TutorCentre, tutor: Person, ids: list[int]) -> None:
    here = frozenset({centre.pk})
    if not tutors_of(here).filter(pk=tutor.pk).exists():
        raise Invalid(_("This person is not a tutor of the centre now."), code="not_a_tutor")
    if teachers_of(here).filter(pk__in=ids).count() != len(set(ids)):
        raise Invalid(_("Somebody of these is not a teacher of the centre now."), code="not_a_teacher")
    if tutor.pk in ids:
        raise Invalid(_("A tutor does not support themselves."), code="own_tutor")


def _check_shape(kind: str, ids: list[int], name: str, start: date, end: date) -> None:
    if kind == SupportKind.GROUP and len(ids) < 2:
        raise Invalid(_("A group has at least two teachers."), code="group_too_small")
    if kind == SupportKind.GROUP and not name:
        raise Invalid(_("Give the group a name."), code="group_without_name")
    if kind == SupportKind.INDIVIDUAL and len(ids) != 1:
        raise Invalid(_("An individual support has one teacher; for several choose a group."), code="one_teacher")
    if end <= start:
        raise Invalid(_("The end must be later than the beginning."), code="dates")


def _same(centre: TutorCentre, tutor: Person, kind: str, subject: str, ids: list[int]) -> TutorSupport | None:
    """An open support of the same people in the same subject."""
    rows = TutorSupport.objects.filter(centre=centre, tutor=tutor, kind=kind, subject=subject, state__in=OPEN)
    for row in rows.prefetch_related("members"):
        if {member.person_id for member in row.members.all()} == set(ids):
            return row
    return None


def _locked(support: TutorSupport) -> TutorSupport:
    return TutorSupport.objects.select_for_update(of=("self",)).get(pk=support.pk)


def _check_open(row: TutorSupport) -> None:
    if row.state not in OPEN:
        raise Conflict(_("This support is over. A new one can be proposed."), code="support_is_over")


def _consent_as_tutor(row: TutorSupport, by: Actor, now: datetime) -> list[str]:
    if not is_tutor_of(by, row) or row.tutor_consented_at:
        return []
    row.tutor_consented_at = now
    row.save(update_fields=["tutor_consented_at"])
    return ["tutor"]


def _consent_as_member(row: TutorSupport, by: Actor, now: datetime) -> list[str]:
    asked = SupportMember.objects.filter(support=row, person=by.person_id, consented_at__isnull=True)
    return ["teacher"] if asked.update(consented_at=now, declined_at=None) else []


def _consented(row: TutorSupport) -> bool:
    return SupportMember.objects.filter(support=row, consented_at__isnull=False).exists()


def _end_if_empty(row: TutorSupport, by: Actor, reason: str) -> TutorSupport:
    """A running group in which nobody consents any longer ends."""
    if row.state == SupportState.ACTIVE and not _consented(row):
        return move(support_workflow, row, "end", by=by, changes={"end_reason": reason})
    return row


def _close(row: TutorSupport, by: Actor, reason: str) -> TutorSupport:
    step = "decline" if row.state == SupportState.PROPOSED else "end"
    return move(support_workflow, row, step, by=by, changes={"end_reason": reason})
