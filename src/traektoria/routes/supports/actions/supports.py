"""Tutor support begins with the voluntary consent of both sides, and any side can end it at any time."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.workflow import move
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.needs.actions import settle_need
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.route.printed_names import keep_newcomers
from traektoria.routes.supports.actions.handover import bring_words, take_over
from traektoria.routes.supports.actions.proposing import Proposal, check_people, write_proposal
from traektoria.routes.supports.actions.seats import check_places, check_takes, locked_tutor
from traektoria.routes.supports.farewell import settle_support
from traektoria.routes.supports.permissions import check_end_support, check_party, check_propose_support
from traektoria.routes.supports.policies import check_open
from traektoria.routes.supports.workflow import support_workflow
from traektoria.routes.tutees.enums import SupportKind, SupportState
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.permissions import is_tutor_of
from traektoria.routes.tutees.queries import OPEN


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
    need: SupportNeed | None = None,
) -> TutorSupport:
    """Propose that ``tutor`` supports ``members``. The proposer's own consent counts at once, the others are asked.

    The same open proposal made twice is one support. ``need`` is the request that it answers. Raises ``Refused`` for
    those who may not propose it, ``Invalid`` for a person who is not a tutor or a teacher of the centre, a wrong number
    of members, a group without a name, wrong dates, ``Conflict`` where the tutor has no place (``over_capacity``).
    """
    ids = tuple(person.pk for person in members)
    check_propose_support(by, centre.pk, tutor.pk, ids)
    check_people(centre.pk, tutor.pk, ids)
    _check_shape(centre, kind, ids, name, start, end)
    proposal = Proposal(
        centre=centre,
        tutor=tutor,
        teacher_ids=ids,
        kind=kind,
        name=name if kind == SupportKind.GROUP else "",
        subject=subject,
        start=start,
        end=end,
        basis=basis,
        basis_note=basis_note,
        need=need,
    )
    return with_own_consent(write_proposal(proposal, by=by), by=by)


def with_own_consent(support: TutorSupport, *, by: Actor) -> TutorSupport:
    """Who proposes a support with themselves consents by that."""
    ids = support.members.values_list("person_id", flat=True)
    if support.state in OPEN and by.person_id in {support.tutor_id, *ids}:
        return consent_to_support(support=support, by=by)
    return support


@transaction.atomic
def consent_to_support(*, support: TutorSupport, by: Actor) -> TutorSupport:
    """Say «I agree»; dated. The support begins when the tutor and a teacher said it.

    A repeated consent changes nothing; one may change one's mind while the support is open and the tutor has a place.
    Side effects of the beginning: audit, the state of the request for a tutor, what is taken over from another tutor.
    """
    tutor = locked_tutor(support.tutor_id)
    row = locked_support(support)
    check_party(by, row)
    check_open(row)
    _take_place_again(row, tutor, by)
    now = timezone.now()
    given = [*_consent_as_tutor(row, by, now), *_consent_as_member(row, by, now)]
    if given:
        audit.record("support.consent", row, by=by, side=given[0])
    if row.state == SupportState.PROPOSED and row.tutor_consented_at and _consented(row):
        return _begin(row, tutor, by)
    if given == ["teacher"]:
        bring_words(row, by.person_id)
        settle_need(row.need, by=by)
        keep_newcomers(row)
    return row


def _take_place_again(row: TutorSupport, tutor: Person, by: Actor) -> None:
    """Who declined holds no place with the tutor; changing one's mind takes one."""
    declined = SupportMember.objects.filter(support=row, person=by.person_id, declined_at__isnull=False)
    if by.person_id is not None and declined.exists():
        check_places(row.centre, tutor, [by.person_id])


def _begin(row: TutorSupport, tutor: Person, by: Actor) -> TutorSupport:
    check_takes(row.centre, tutor)
    row = move(support_workflow, row, "begin", by=by)
    take_over(row, by=by)
    settle_need(row.need, by=by)
    return row


@transaction.atomic
def decline_support(*, support: TutorSupport, by: Actor, reason: str = "") -> TutorSupport:
    """Say no, with or without a reason. Of a group a teacher takes only themselves out, also later while it goes on;
    the support itself is declined (or ends) when nobody is left. A repeated refusal changes nothing."""
    row = locked_support(support)
    check_party(by, row)
    if row.state not in OPEN:
        return row
    row = _declined(row, by, reason)
    settle_support(row, by=by)
    return row


def _declined(row: TutorSupport, by: Actor, reason: str) -> TutorSupport:
    if is_tutor_of(by, row):
        return _close(row, by, reason)
    left = SupportMember.objects.filter(support=row, person=by.person_id, declined_at__isnull=True).first()
    if left is not None:
        left.consented_at, left.declined_at = None, timezone.now()
        left.save(update_fields=["consented_at", "declined_at"])
        audit.record("support.leave", row, by=by)
    if row.is_group and SupportMember.objects.filter(support=row, declined_at__isnull=True).exists():
        return _end_if_empty(row, by, reason)
    return _close(row, by, reason)


@transaction.atomic
def end_support(*, support: TutorSupport, by: Actor, reason: str = "") -> TutorSupport:
    """End the support: the tutor no longer sees the teacher's problem field. A repeated end changes nothing."""
    row = locked_support(support)
    check_end_support(by, row)
    if row.state == SupportState.ENDED:
        return row
    row = move(support_workflow, row, "end", by=by, changes={"end_reason": reason})
    settle_support(row, by=by)
    return row


def _check_shape(centre: TutorCentre, kind: str, ids: tuple[int, ...], name: str, start: date, end: date) -> None:
    if kind == SupportKind.GROUP and not rules_of(regulation_in_force(centre.pk)).support.group:
        raise Invalid(_("By the regulation of your centre tutors do not support groups."), code="no_groups")
    if kind == SupportKind.GROUP and len(ids) < 2:
        raise Invalid(_("A group has at least two teachers."), code="group_too_small")
    if kind == SupportKind.GROUP and not name:
        raise Invalid(_("Give the group a name."), code="group_without_name")
    if kind == SupportKind.INDIVIDUAL and len(ids) != 1:
        raise Invalid(_("An individual support has one teacher; for several choose a group."), code="one_teacher")
    if end <= start:
        raise Invalid(_("The end must be later than the beginning."), code="dates")


def _consent_as_tutor(row: TutorSupport, by: Actor, now: datetime) -> list[str]:
    if not is_tutor_of(by, row) or row.tutor_consented_at:
        return []
    row.tutor_consented_at = now
    row.save(update_fields=["tutor_consented_at"])
    return ["tutor"]


def _consent_as_member(row: TutorSupport, by: Actor, now: datetime) -> list[str]:
    asked = SupportMember.objects.filter(support=row, person=by.person_id, consented_at__isnull=True)
    member = asked.first()
    if member is None:
        return []
    member.consented_at, member.declined_at = now, None
    member.save(update_fields=["consented_at", "declined_at"])
    return ["teacher"]


def _consented(row: TutorSupport) -> bool:
    return SupportMember.objects.filter(support=row, consented_at__isnull=False).exists()


def _end_if_empty(row: TutorSupport, by: Actor, reason: str) -> TutorSupport:
    """A running group in which nobody consents any longer ends."""
    if row.state == SupportState.ACTIVE and not _consented(row):
        return _close(row, by, reason)
    return row


def _close(row: TutorSupport, by: Actor, reason: str) -> TutorSupport:
    goes_on = "end" if is_tutor_of(by, row) or not row.is_group else "empty"
    step = "decline" if row.state == SupportState.PROPOSED else goes_on
    return move(support_workflow, row, step, by=by, changes={"end_reason": reason})
