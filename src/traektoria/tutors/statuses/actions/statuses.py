"""Writes of the status: granted, renewed, entered from an earlier paper, suspended, resumed, ended."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.workflow import move
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.people.status_roles import bid_farewell, close_role, hold_role
from traektoria.tutors.profiles.actions import ensure_profile
from traektoria.tutors.statuses.grounds import Applied, Decision, Order
from traektoria.tutors.statuses.models import LIVING, StatusTerm, TutorStatus
from traektoria.tutors.statuses.policies import check_in_term, next_start, term_end
from traektoria.tutors.statuses.workflow import status_workflow


@transaction.atomic
def grant_status(
    *, application: Applied, basis: str, basis_text: str, item: Decision | None = None,
    order: Order | None = None, start: date, by: Actor | None,
) -> TutorStatus:  # fmt: skip
    """The status with its first term, or one more term where ``application.renews``; the role of a tutor follows.

    The caller has asked for the right and moves the application itself; the same decision (``item``) or ``order`` given
    twice grants once. The length of the term is that of the application's regulation, or until ``order.end``.
    Side effects: the role, the profile, audit events. Raises ``Conflict`` (a living status that is not renewed).
    """
    _lock(application.person_id)
    granted = _granted_before(item, order)
    if granted:
        return granted
    months = rules_of(application.regulation).status.term_months
    living = _living(application.person, application.centre)
    if living and application.renews_id == living.pk:
        begins = next_start(living.end, start)
        status = _prolong(living, begins, _end_of(order, begins, months), application.regulation)
    else:
        end = _end_of(order, start, months)
        status = _create(application.person, application.centre, application.regulation, start, end, living)
        begins = start
    _add_term(status, begins, basis, basis_text, item, order)
    _follow(status, begins, by)
    ensure_profile(person=application.person, centre=application.centre, subjects=application.subjects)
    audit.record("tutor_status.grant", status, by=by, basis=basis, application=application.pk)
    return status


def _granted_before(item: Decision | None, order: Order | None) -> TutorStatus | None:
    if item is None and order is None:
        return None
    term = (
        StatusTerm.objects.filter(item=item.pk if item else None, order=order.pk if order else None)
        .select_related("status")
        .first()
    )
    return term.status if term else None


def _lock(person_id: int) -> None:
    """Two grants at once come one after another."""
    Person.objects.select_for_update(no_key=True).filter(pk=person_id).values_list("pk").first()


def _living(person: Person, centre: TutorCentre) -> TutorStatus | None:
    rows = TutorStatus.objects.select_for_update(of=("self",), no_key=True).filter(
        person=person, centre=centre, state__in=LIVING
    )
    return rows.first()


def _end_of(order: Order | None, start: date, months: int) -> date | None:
    """An order may name a day of its own (the period of a project site)."""
    if order is not None and order.end:
        return order.end
    return term_end(start, months)


def _prolong(living: TutorStatus, start: date, end: date | None, regulation: Regulation) -> TutorStatus:
    living.end, living.regulation = end, regulation
    living.save(update_fields=["end", "regulation"])
    return living


def _create(
    person: Person, centre: TutorCentre, regulation: Regulation, start: date, end: date | None,
    living: TutorStatus | None,
) -> TutorStatus:  # fmt: skip
    """A new status; one whose term is over gives way to it, another living one does not."""
    if living and living.end and living.end < start:
        lapse(status=living)
    elif living:
        raise Conflict(
            _("%(name)s is a tutor of this centre already.") % {"name": person.short_name}, code="status_taken"
        )
    try:
        with transaction.atomic():
            return TutorStatus.objects.create(person=person, centre=centre, regulation=regulation, start=start, end=end)
    except IntegrityError as error:
        raise Conflict(
            _("%(name)s is a tutor of this centre already.") % {"name": person.short_name}, code="status_taken"
        ) from error


def _add_term(
    status: TutorStatus, start: date, basis: str, text: str, item: Decision | None, order: Order | None
) -> StatusTerm:
    return StatusTerm.objects.create(
        status=status,
        start=start,
        end=status.end,
        basis=basis,
        basis_text=text[:300],
        item_id=item.pk if item else None,
        order_id=order.pk if order else None,
    )


def _follow(status: TutorStatus, start: date, by: Actor | None) -> None:
    """The role of a tutor lasts as the status does; ``start`` is that of the term."""
    hold_role(person=status.person, centre=status.centre, role=Role.TUTOR, start=start, end=status.end, by=by)


@transaction.atomic
def suspend_status(*, status: TutorStatus, reason: str, by: Actor) -> TutorStatus:
    """From today the tutor takes no new teachers; the role and running supports stay. What waits for their answer
    is settled by the rooms (``Farewell``).

    Raises ``Refused``, ``Conflict``."""
    _check_in_term(status)
    changes = {"suspended_from": timezone.localdate(), "reason": reason}
    row = move(status_workflow, status, "suspend", by=by, changes=changes)
    bid_farewell(row.person_id, by=by)
    return row


@transaction.atomic
def resume_status(*, status: TutorStatus, by: Actor) -> TutorStatus:
    """The suspension is over. Raises ``Refused``, ``Conflict``."""
    _check_in_term(status)
    return move(status_workflow, status, "resume", by=by, changes={"suspended_from": None, "reason": ""})


@transaction.atomic
def end_status(*, status: TutorStatus, reason: str, by: Actor) -> TutorStatus:
    """The status ends today and the role with it. Raises ``Refused``, ``Conflict``."""
    _check_in_term(status)
    return _ended(status, "end", timezone.localdate(), reason, by)


@transaction.atomic
def release(*, status: TutorStatus, order: Order, reason: str, by: Actor) -> TutorStatus:
    """The end by a signed order of release: at once, or, where its day is to come, on the day before it."""
    if order.effective <= timezone.localdate():
        return _ended(status, "release", order.effective, reason, by)
    row = TutorStatus.objects.select_for_update(of=("self",), no_key=True).get(pk=status.pk)
    last = order.effective - timedelta(days=1)
    row.end = last if row.end is None else min(row.end, last)
    row.reason = reason
    row.save(update_fields=["end", "reason"])
    _follow(row, timezone.localdate(), by)
    audit.record("tutor_status.shorten", row, by=by, order=order.pk)
    return row


@transaction.atomic
def lapse(*, status: TutorStatus) -> TutorStatus:
    """The term is over: made by the system."""
    return _ended(status, "lapse", status.end or timezone.localdate(), "", None)


def _check_in_term(status: TutorStatus) -> None:
    """By the row as it is now, locked: a renewal may have come meanwhile."""
    row = TutorStatus.objects.select_for_update(of=("self",), no_key=True).get(pk=status.pk)
    check_in_term(row.end, timezone.localdate())


def _ended(status: TutorStatus, step: str, day: date, reason: str, by: Actor | None) -> TutorStatus:
    changes = {"ended_on": day, "suspended_from": None, "reason": reason}
    ended = move(status_workflow, status, step, by=by, changes=changes)
    close_role(person=ended.person, centre=ended.centre, role=Role.TUTOR, by=by)
    return ended
