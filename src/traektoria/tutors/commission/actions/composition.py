"""Writes of the composition: formed, members in and out, at work, dissolved. A member holds the role of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.core.workflow import move
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.schema import CommissionRules
from traektoria.people.actions import add_person, open_account
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.people.status_roles import close_role, hold_role
from traektoria.tutors.commission.actions.sessions import cancel_planned, sync_attendance
from traektoria.tutors.commission.enums import SessionState
from traektoria.tutors.commission.models import Session
from traektoria.tutors.commission.policies import signers
from traektoria.tutors.commission.queries.sessions import attendance_of
from traektoria.tutors.seats.enums import CommissionState, SeatPost
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.seats.permissions import check_forms
from traektoria.tutors.seats.policies import check_complete, check_member, commission_rules
from traektoria.tutors.seats.workflow import commission_workflow
from traektoria.tutors.statuses.policies import term_end


@transaction.atomic
def form_commission(*, centre: TutorCentre, name: str, basis: str, start: date, by: Actor) -> Commission:
    """A commission without members yet; its term is that of the regulation in force on ``start``.

    Side effect: an audit event. Raises ``Refused``, and ``Conflict`` where the status is not given by a commission.
    """
    row = Commission(centre=centre, name=squash(name), basis=squash(basis), start=start)
    check_forms(by, row)
    row.end = term_end(start, commission_rules(regulation_in_force(centre.pk, start)).term_months) or start
    row.save()
    audit.record("commission.form", row, by=by)
    return row


@transaction.atomic
def add_member(
    *, commission: Commission, person: Person, kind: str, position: str = "", post: str = SeatPost.MEMBER,
    votes: bool = True, by: Actor,
) -> CommissionMember:  # fmt: skip
    """A person in the commission from today, with the role of a member; already there, the same row is returned.

    Raises ``Refused``, ``Conflict`` (dissolved, a session goes on), ``Invalid`` (kind, post, vote).
    """
    row = _open_to_change(commission, by)
    check_member(kind, post, votes, _rules(row))
    have = row.members.filter(person=person, end__isnull=True).first()
    if have:
        return have
    _check_post(row, post, None)
    today = timezone.localdate()
    member = CommissionMember.objects.create(
        commission=row, person=person, kind=kind, position=squash(position), post=post, votes=votes, start=today
    )
    hold_role(person=person, centre=row.centre, role=Role.COMMISSION_MEMBER, start=today, end=None, by=by)
    _sync(row)
    audit.record("commission.member_add", row, by=by, member=member.pk, post=post)
    return member


@transaction.atomic
def add_new_member(
    *, commission: Commission, name: Mapping[str, str], by: Actor, **facts: Any
) -> CommissionMember:  # fmt: skip
    """Somebody whom the centre does not know yet: the person, an account without a password, the seat."""
    check_forms(by, commission)
    person = add_person(centre=commission.centre, by=by, **name)
    open_account(person=person, centre=commission.centre, by=by)
    return add_member(commission=commission, person=person, by=by, **facts)


@transaction.atomic
def change_member(
    *, member: CommissionMember, kind: str, position: str, post: str, votes: bool, by: Actor
) -> CommissionMember:
    """Another post, kind or position from today. Where sessions were held with the member, the old seat ends and a new
    one begins, so that their protocols stay as they were."""
    row = _open_to_change(member.commission, by)
    check_member(kind, post, votes, _rules(row))
    _check_post(row, post, member.pk)
    member.refresh_from_db()
    if member.end is not None:
        raise Conflict(_("This person is not in the commission any more."), code="member_left")
    if member.attendance.exclude(session__state__in=[SessionState.PLANNED, SessionState.CANCELLED]).exists():
        member.end = max(timezone.localdate(), member.start)
        member.save(update_fields=["end"])
        member = CommissionMember(commission=row, person=member.person, start=member.end)
    member.kind, member.position, member.post, member.votes = kind, squash(position), post, votes
    member.save()
    _sync(row)
    audit.record("commission.member_change", row, by=by, member=member.pk, post=post)
    return member


@transaction.atomic
def remove_member(*, member: CommissionMember, by: Actor) -> CommissionMember:
    """The member leaves today and loses the role; a second press changes nothing. Raises ``Conflict`` while a protocol
    waits for their signature: nobody else could give it."""
    row = _open_to_change(member.commission, by)
    member.refresh_from_db()
    if member.end is None:
        _check_signed(row, member)
        _let_go(member, by)
        _sync(row)
        audit.record("commission.member_leave", row, by=by, member=member.pk)
    return member


@transaction.atomic
def begin_commission(*, commission: Commission, by: Actor) -> Commission:
    """The commission works from now on. Raises ``Conflict``: it lacks members, or another one works."""
    TutorCentre.objects.select_for_update(no_key=True).filter(pk=commission.centre_id).values_list("pk").first()
    check_forms(by, commission)
    members = list(commission.members.filter(end__isnull=True))
    check_complete(members, _rules(commission))
    others = Commission.objects.filter(centre=commission.centre_id, state=CommissionState.WORKING)
    if others.exclude(pk=commission.pk).exists():
        raise Conflict(_("Another commission of the centre works: dissolve it first."), code="another_works")
    return move(commission_workflow, commission, "begin", by=by, facts={"members": len(members)})


@transaction.atomic
def dissolve_commission(*, commission: Commission, by: Actor) -> Commission:
    """Its work is over; planned sessions do not take place, members lose the role.

    Raises ``Conflict`` while a session goes on or a protocol waits for its signatures.
    """
    row = _open_to_change(commission, by)
    unsigned = row.sessions.filter(state__in=[SessionState.OPEN, SessionState.CLOSED])
    if unsigned.exists():
        raise Conflict(_("First sign the protocols of the sessions that were held."), code="unsigned_protocols")
    for session in row.sessions.filter(state=SessionState.PLANNED):
        cancel_planned(session=session, reason=_("The commission is dissolved."), by=by)
    row = move(commission_workflow, row, "dissolve", by=by)
    for member in row.members.filter(end__isnull=True).select_related("person", "commission__centre"):
        _let_go(member, by)
    return row


def _open_to_change(commission: Commission, by: Actor) -> Commission:
    """The locked row of a commission that is not dissolved and has no session going on."""
    check_forms(by, commission)
    rows = Commission.objects.select_for_update(of=("self",), no_key=True).select_related("centre")
    row = rows.get(pk=commission.pk)
    if row.state == CommissionState.DISSOLVED:
        raise Conflict(_("The commission is dissolved."), code="dissolved")
    if row.sessions.filter(state=SessionState.OPEN).exists():
        raise Conflict(_("A session goes on: change the composition after it."), code="session_open")
    return row


def _rules(commission: Commission) -> CommissionRules:
    return commission_rules(regulation_in_force(commission.centre_id))


def _check_post(commission: Commission, post: str, own: int | None) -> None:
    if post not in (SeatPost.CHAIR, SeatPost.SECRETARY):
        return
    taken = commission.members.filter(post=post, end__isnull=True).exclude(pk=own or 0).select_related("person").first()
    if taken:
        raise Invalid(
            _("This post is held by %(name)s: give them another one first.") % {"name": taken.person.short_name},
            code="post_taken",
        )


def _check_signed(commission: Commission, member: CommissionMember) -> None:
    for session in commission.sessions.filter(state=SessionState.CLOSED):
        rows = attendance_of(session)
        unsigned = {row.member_id for row in rows if row.protocol_signed_at is None}
        if unsigned & {one.pk for one in signers(rows) if one.person_id == member.person_id}:
            raise Conflict(
                _("The protocol of session No. %(number)s waits for the signature of this member: sign it first.")
                % {"number": session.number},
                code="signs_first",
            )


def _let_go(member: CommissionMember, by: Actor) -> None:
    """The seat ends; so does the role, where the person has no other seat in the centre."""
    member.end = max(timezone.localdate(), member.start)
    member.save(update_fields=["end"])
    centre = member.commission.centre
    others = CommissionMember.objects.filter(person=member.person_id, commission__centre=centre, end__isnull=True)
    if not others.exists():
        close_role(person=member.person, centre=centre, role=Role.COMMISSION_MEMBER, by=by)


def _sync(commission: Commission) -> None:
    for session in Session.objects.filter(commission=commission, state=SessionState.PLANNED):
        sync_attendance(session)
