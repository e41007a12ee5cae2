"""Writes of a session: planned, its agenda and attendance, opened, closed, its protocol signed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.text import squash
from traektoria.core.workflow import move
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.actor import Actor
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import Application
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.models import AgendaItem, Attendance, Session
from traektoria.tutors.commission.permissions import check_leads, check_plans
from traektoria.tutors.commission.policies import FINAL, check_can_open, quorum_of, signers
from traektoria.tutors.commission.queries.conflicts import write_conflicts
from traektoria.tutors.commission.queries.protocol import to_keep
from traektoria.tutors.commission.queries.sessions import attendance_of
from traektoria.tutors.commission.workflow import item_workflow, session_workflow
from traektoria.tutors.seats.models import Commission, CommissionMember
from traektoria.tutors.seats.policies import check_complete, check_works, commission_rules

Ticks = Mapping[int, tuple[bool, str]]  # id of a member: came, why not


@transaction.atomic
def plan_session(
    *, commission: Commission, held_at: datetime, place: str, secret: bool | None = None, by: Actor
) -> Session:
    """The next session, numbered as its protocol will be; ``secret`` None: as the regulation says.

    Raises ``Refused``, ``Conflict`` (the commission does not work, its term is over on that day).
    """
    row = Commission.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(pk=commission.pk)
    day = timezone.localdate(held_at)
    regulation = regulation_in_force(row.centre_id, day)
    session = Session(commission=row, centre=row.centre, regulation=regulation, held_at=held_at, place=squash(place))
    check_plans(by, session)
    check_works(row, day)
    rules = commission_rules(regulation)
    session.secret = rules.secret if secret is None else secret
    held = row.sessions.exclude(state=SessionState.CANCELLED)
    session.number = (held.aggregate(last=Max("number"))["last"] or 0) + 1
    session.save()
    sync_attendance(session)
    audit.record("commission_session.plan", session, by=by, number=session.number)
    return session


@transaction.atomic
def change_session(*, session: Session, held_at: datetime, place: str, secret: bool, by: Actor) -> Session:
    """Another day, place or way to vote, before the session is opened."""
    row = _planned(session, by)
    day = timezone.localdate(held_at)
    check_works(row.commission, day)
    row.regulation = regulation_in_force(row.centre_id, day)
    if row.secret != secret:
        row.items.update(secret=secret)
    row.held_at, row.place, row.secret = held_at, squash(place), secret
    row.save(update_fields=["held_at", "place", "secret", "regulation"])
    audit.record("commission_session.change", row, by=by)
    return row


def sync_attendance(session: Session) -> None:
    """One row for each member of the commission now; before the session only."""
    members = CommissionMember.objects.filter(commission=session.commission_id, end__isnull=True)
    session.attendance.exclude(member__in=members).delete()
    have = set(session.attendance.values_list("member_id", flat=True))
    Attendance.objects.bulk_create(Attendance(session=session, member=one) for one in members if one.pk not in have)
    waiting.renew(session)


@transaction.atomic
def add_to_agenda(*, session: Session, application: Application, by: Actor) -> AgendaItem:
    """An admitted application at the end of the agenda, with the conflicts of interest that the system knows.

    Raises ``Conflict`` (not admitted, on an agenda already, the session is over), ``Refused``.
    """
    row = locked_session(session)
    check_plans(by, row)
    if row.state not in (SessionState.PLANNED, SessionState.OPEN):
        raise Conflict(_("The session is over: put the application on another agenda."), code="session_over")
    asked = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if asked.centre_id != row.centre_id:
        raise Refused(_("This application is of another centre."), code="foreign_application")
    if asked.state != ApplicationState.ADMITTED:
        raise Conflict(_("Only admitted applications are put on the agenda."), code="not_admitted")
    if AgendaItem.objects.filter(application=asked).exclude(state__in=FINAL).exists():
        raise Conflict(_("This application is on an agenda already."), code="on_agenda")
    last = row.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(session=row, application=asked, position=last + 1, secret=row.secret)
    write_conflicts(item)
    audit.record("agenda_item.add", item, by=by, centre_id=row.centre_id, application=asked.pk)
    return item


@transaction.atomic
def remove_from_agenda(*, item: AgendaItem, by: Actor) -> None:
    """Take an item off while nobody has begun it; those below move up."""
    row = _waiting(item, by)
    audit.record("agenda_item.remove", row, by=by, centre_id=row.session.centre_id, application=row.application_id)
    row.session.items.filter(position__gt=row.position).update(position=F("position") - 1)
    row.delete()


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: Actor) -> AgendaItem:
    """Swap a waiting item with its neighbour, if that one waits too."""
    row = _waiting(item, by)
    others = row.session.items.filter(state=AgendaState.WAITING)
    near = others.filter(position__lt=row.position).last() if up else others.filter(position__gt=row.position).first()
    if near:
        row.position, near.position = near.position, row.position
        row.save(update_fields=["position"])
        near.save(update_fields=["position"])
    return row


@transaction.atomic
def set_attendance(*, session: Session, ticks: Ticks, by: Actor) -> Session:
    """Who came, who came later or left, why the others are absent. Raises ``Conflict`` after the session."""
    row = locked_session(session)
    check_leads(by, row)
    if row.state not in (SessionState.PLANNED, SessionState.OPEN):
        raise Conflict(_("The session is over: its attendance stays as it was."), code="session_over")
    changed = []
    for one in attendance_of(row):
        present, reason = ticks.get(one.member_id, (one.present, one.reason))
        wanted = (present, "" if present else squash(reason))
        if wanted != (one.present, one.reason):
            changed.append({"member": one.member_id, "present": present})
            one.present, one.reason = wanted
            one.save(update_fields=["present", "reason"])
    if changed:
        audit.record("commission_session.attendance", row, by=by, changed=changed)
    return row


@transaction.atomic
def open_session(*, session: Session, by: Actor) -> Session:
    """Open with a quorum. Raises ``Conflict``: no quorum, no chair or secretary, an empty agenda, the term is over.

    The commission's row is locked first: who is in it does not change while its session begins.
    """
    Commission.objects.select_for_update(no_key=True).filter(pk=session.commission_id).values_list("pk").first()
    row = locked_session(session)
    check_leads(by, row)
    today = timezone.localdate()
    check_works(row.commission, today)
    regulation = regulation_in_force(row.centre_id, today)
    rules = commission_rules(regulation)
    sync_attendance(row)
    rows = attendance_of(row)
    check_complete([one.member for one in rows], rules)
    quorum = quorum_of(rows, rules.quorum)
    check_can_open(rows, quorum, row.items.count())
    changes = {"opened_at": timezone.now(), "regulation": regulation}
    facts = {"present": quorum.present, "members": quorum.members}
    return move(session_workflow, row, "open", by=by, changes=changes, facts=facts)


@transaction.atomic
def close_session(*, session: Session, by: Actor) -> Session:
    """Every item is decided or postponed; now the protocol waits for its signatures."""
    row = locked_session(session)
    check_leads(by, row)
    left = row.items.exclude(state__in=FINAL).count()
    if left:
        raise Conflict(
            _("Items of the agenda neither decided nor postponed: %(n)s.") % {"n": left}, code="items_are_open"
        )
    return move(session_workflow, row, "close", by=by, changes={"closed_at": timezone.now()})


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by: Actor) -> Session:
    """The session did not take place: the reason stays, its applications can be put on another agenda."""
    check_plans(by, session)
    if not reason.strip():
        raise Invalid(_("Say why the session did not take place."), code="reason_needed")
    return cancel_planned(session=session, reason=reason, by=by)


def cancel_planned(*, session: Session, reason: str, by: Actor) -> Session:
    """The same for those who have the right already."""
    row = locked_session(session)
    row = move(session_workflow, row, "cancel", by=by, changes={"note": reason.strip()})
    for item in row.items.filter(state=AgendaState.WAITING):
        move(item_workflow, item, "drop", by=by, changes={"postponed_why": reason.strip()[:500]})
    return row


@transaction.atomic
def sign_protocol(*, session: Session, by: Actor) -> Session:
    """The chair (or who presided) and the secretary sign, each by their own press; the second one makes it signed.

    By the first signature the protocol is kept as it reads now: the second one signs the same words. A second press by
    the same person changes nothing. Raises ``Refused`` to everybody else.
    """
    row = locked_session(session)
    rows = attendance_of(row)
    own = [one for one in signers(rows) if one.person_id == by.person_id]
    if not own:
        raise Refused(_("The protocol is signed by who presided and by the secretary."), code="signs_no_protocol")
    if row.state == SessionState.SIGNED:
        return row
    if row.state != SessionState.CLOSED:
        raise Conflict(_("Close the session first."), code="session_open")
    now = timezone.now()
    row.attendance.filter(member__in=own, protocol_signed_at__isnull=True).update(protocol_signed_at=now)
    waiting.renew(row)
    audit.record("commission_session.own_signature", row, by=by)
    unsigned = row.attendance.filter(member__in=signers(rows), protocol_signed_at__isnull=True)
    if unsigned.exists():
        row.printed = to_keep(row)
        row.save(update_fields=["printed"])
        return row
    changes = {"signed_at": now, "printed": to_keep(row, signed_at=now)}
    return move(session_workflow, row, "sign", by=by, changes=changes)


def keep_signed_protocols() -> int:
    """Protocols that were signed before protocols were kept: as they read now; how many. Done once."""
    rows = Session.objects.filter(state=SessionState.SIGNED, printed={})
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = locked_session(Session(pk=pk))
            row.printed = to_keep(row, signed_at=row.signed_at)
            row.save(update_fields=["printed"])
    return len(rows)


def locked_session(session: Session) -> Session:
    """The session as it is now, its row locked: everything in it comes one after another."""
    rows = Session.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("commission", "centre", "regulation").get(pk=session.pk)


def _planned(session: Session, by: Actor) -> Session:
    row = locked_session(session)
    check_plans(by, row)
    if row.state != SessionState.PLANNED:
        raise Conflict(_("The session has begun: this can't be changed any more."), code="session_begun")
    return row


def _waiting(item: AgendaItem, by: Actor) -> AgendaItem:
    session = locked_session(item.session)
    check_plans(by, session)
    row = (
        AgendaItem.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk=item.pk, state=AgendaState.WAITING)
        .first()
    )
    if row is None or session.state not in (SessionState.PLANNED, SessionState.OPEN):
        raise Conflict(_("The item has begun: it can be postponed, not moved."), code="item_begun")
    row.session = session
    return row
