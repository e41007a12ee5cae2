"""Writes of the head's orders: drafted, changed, signed, cancelled, read by the tutor."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.text import squash
from traektoria.core.workflow import move
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Procedure
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.workflow import application_workflow
from traektoria.tutors.orders.enums import OrderKind, OrderState
from traektoria.tutors.orders.models import StaffOrder
from traektoria.tutors.orders.permissions import check_drafts
from traektoria.tutors.orders.policies import check_has_orders
from traektoria.tutors.orders.queries import current_facts, draft_words, kept, missing_of, work_of
from traektoria.tutors.orders.workflow import order_workflow
from traektoria.tutors.statuses.actions.statuses import grant_status, release
from traektoria.tutors.statuses.enums import BasisKind
from traektoria.tutors.statuses.models import LIVING, TutorStatus
from traektoria.tutors.statuses.policies import check_in_term


@transaction.atomic
def draft_appointment(*, application: Application, effective: date, by: Actor) -> StaffOrder:
    """A draft of the order of appointment, filled in from the regulation and the application.

    The draft that is there already is returned, so a second press makes no second order. Raises ``Refused``;
    ``Conflict``: not admitted, another procedure, or requirements that are not met (named).
    """
    draft = StaffOrder(
        centre=application.centre, school=application.centre.school, kind=OrderKind.APPOINT, person=application.person,
        application=application, effective=effective, **draft_words(application),
    )  # fmt: skip
    check_drafts(by, draft)
    _lock(application.person_id)
    check_appointable(application)
    have = StaffOrder.objects.filter(application=application).exclude(state=OrderState.CANCELLED).first()
    return have or _drafted(draft, by)


def check_appointable(application: Application) -> None:
    """The application is admitted, is decided by an order, and the checklist concludes «met». Raises ``Conflict``."""
    if rules_of(application.regulation).status.procedure != Procedure.ORDER:
        raise Conflict(_("By the regulation this application is not decided by an order."), code="another_procedure")
    if application.state != ApplicationState.ADMITTED:
        raise Conflict(_("The order is prepared of an application that is admitted."), code="not_admitted")
    lacking = missing_of(application)
    if lacking is not None:
        raise Conflict(
            _("The order can't be made: not all requirements are met. Missing: %(what)s.")
            % {"what": "; ".join(lacking)},
            code="requirements_not_met",
        )


@transaction.atomic
def draft_release(*, status: TutorStatus, effective: date, reason: str, by: Actor) -> StaffOrder:
    """A draft of the order of release; the one that is there already is returned. Raises ``Refused``, and ``Conflict``
    where the status has ended or was not given by an order."""
    with translation.override("ru"):
        control = _("I keep the control of this order to myself")
    draft = StaffOrder(
        centre=status.centre, school=status.centre.school, kind=OrderKind.RELEASE, person=status.person, status=status,
        effective=effective, reason=squash(reason), control=control,
        position=getattr(work_of(status.person, status.centre), "position", ""),
    )  # fmt: skip
    check_drafts(by, draft)
    _lock(status.person_id)
    _check_living(status)
    check_has_orders(status.regulation)
    have = StaffOrder.objects.filter(
        person=status.person, centre=status.centre, kind=OrderKind.RELEASE, state=OrderState.DRAFT
    ).first()
    return have or _drafted(draft, by)


def _check_living(status: TutorStatus) -> None:
    row = TutorStatus.objects.filter(pk=status.pk, state__in=LIVING).first()
    if row is None:
        raise Conflict(_("The status has ended already."), code="status_ended")
    check_in_term(row.end, timezone.localdate())


def _lock(person_id: int) -> None:
    """Two presses at once come one after another."""
    Person.objects.select_for_update(no_key=True).filter(pk=person_id).values_list("pk").first()


def _drafted(draft: StaffOrder, by: Actor) -> StaffOrder:
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise Conflict(
            _("There is a draft of an order about %(name)s already.") % {"name": draft.person.short_name},
            code="draft_taken",
        ) from error
    audit.record("staff_order.draft", draft, by=by, kind=draft.kind)
    return draft


@transaction.atomic
def change_order(*, order: StaffOrder, by: Actor, **words: Any) -> StaffOrder:
    """Change a draft: ``effective``, ``end``, ``position``, ``reason``, ``grounds``, ``duties``, ``control``.

    Raises ``Refused``; ``Conflict`` for what is no draft any more; ``Invalid`` (dates, the standard of another job).
    """
    row = StaffOrder.objects.select_for_update(of=("self",), no_key=True).get(pk=order.pk)
    check_drafts(by, row)
    if row.state != OrderState.DRAFT:
        raise Conflict(_("A signed order is not changed."), code="not_a_draft")
    for name, value in words.items():
        setattr(row, name, value)
    _check_words(row)
    row.save(update_fields=list(words))
    audit.record("staff_order.change", row, by=by)
    return row


def _check_words(order: StaffOrder) -> None:
    if order.end and order.end < order.effective:
        raise Invalid(_("The order ends before it comes into force."), code="dates_swapped")
    if "53н" in order.grounds.replace(" ", "").replace("\xa0", ""):
        raise Invalid(
            _(
                "The professional standard of tutors of children (order 53n) is no ground for a tutor of teachers: "
                "the regulation and the application are. Take it out."
            ),
            code="wrong_standard",
        )


def sign_order(
    *, order: StaffOrder, number: str, day: date, signer_name: str, signer_position: str, by: Actor
) -> StaffOrder:
    """Sign a draft: its number and date are given, the status is granted or ends, all in one transaction.

    A second press finds it signed: ``Conflict``. Raises also ``Refused`` (not the head), ``Invalid`` (the number is
    taken that day), ``Conflict`` (requirements no longer met, application withdrawn). Effects: status, role, audit.
    """
    try:
        with transaction.atomic():
            return _signed(order, number, day, signer_name, signer_position, by)
    except IntegrityError as error:
        raise Invalid(_("There is an order with this number and date already."), code="order_number_taken") from error


def _signed(order: StaffOrder, number: str, day: date, name: str, position: str, by: Actor) -> StaffOrder:
    taken = StaffOrder.objects.filter(centre=order.centre_id, number=squash(number), day=day, state=OrderState.SIGNED)
    if taken.exclude(pk=order.pk).exists():
        raise Invalid(_("There is an order with this number and date already."), code="order_number_taken")
    changes = {
        "number": squash(number),
        "day": day,
        "signer_id": by.person_id if order.centre.school_id else None,
        "signer_name": squash(name),
        "signer_position": squash(position),
        "signed_at": timezone.now(),
    }
    signed = move(order_workflow, order, "sign", by=by, changes=changes)
    signed.printed = kept(current_facts(signed))
    status = EFFECTS[OrderKind(signed.kind)](signed, by)
    signed.status = status
    signed.save(update_fields=["printed", "status"])
    return signed


def _appoint(order: StaffOrder, by: Actor) -> TutorStatus:
    application = Application.objects.select_for_update(of=("self",), no_key=True).get(orders=order.pk)
    check_appointable(application)
    note = basis_of(order)
    changes = {"decided_at": timezone.now(), "decision_note": note}
    application = move(application_workflow, application, "grant", by=by, changes=changes, facts={"order": order.pk})
    return grant_status(
        application=application, basis=BasisKind.ORDER, basis_text=note, order=order, start=order.effective, by=by
    )


def _release(order: StaffOrder, by: Actor) -> TutorStatus:
    status = TutorStatus.objects.get(orders=order.pk)
    _check_living(status)
    return release(status=status, order=order, reason=f"{order.reason} ({basis_of(order)})"[:500], by=by)


EFFECTS: dict[OrderKind, Callable[[StaffOrder, Actor], TutorStatus]] = {
    OrderKind.APPOINT: _appoint,
    OrderKind.RELEASE: _release,
}


def basis_of(order: StaffOrder) -> str:
    """«приказ от 01.09.2026 № 12»"""
    with translation.override("ru"):
        return _("order of %(day)s No. %(number)s") % {"day": f"{order.day:%d.%m.%Y}", "number": order.number}


@transaction.atomic
def cancel_order(*, order: StaffOrder, by: Actor) -> StaffOrder:
    """A draft is no longer wanted; another can be prepared. Raises ``Refused``, ``Conflict``."""
    return move(order_workflow, order, "cancel", by=by)


@transaction.atomic
def acquaint(*, order: StaffOrder, by: Actor) -> StaffOrder:
    """The tutor has read the signed order; marked once. Raises ``Refused`` (another person), ``Conflict`` (a draft)."""
    row = StaffOrder.objects.select_for_update(of=("self",), no_key=True).get(pk=order.pk)
    if row.person_id != by.person_id:
        raise Refused(_("This mark is made by the person whom the order is about."), code="not_about_you")
    if row.state != OrderState.SIGNED:
        raise Conflict(_("The order is not signed yet."), code="not_signed")
    if row.acquainted_at is None:
        row.acquainted_at = timezone.now()
        row.save(update_fields=["acquainted_at"])
        audit.record("staff_order.acquaint", row, by=by)
    return row
