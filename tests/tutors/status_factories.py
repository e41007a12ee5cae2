"""Statuses and orders without surprises."""

from datetime import date
from typing import Any

from traektoria.core.waiting import gathered
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.enums import Role
from traektoria.people.models import Person, RoleAssignment
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.models import Application, StaffOrder, StatusTerm, TutorStatus
from traektoria.tutors.orders.enums import OrderKind
from traektoria.tutors.profiles.actions import ensure_profile
from traektoria.tutors.statuses.enums import BasisKind

START, END = date(2025, 9, 1), date(2028, 8, 31)


@gathered()
def make_admitted(centre: TutorCentre, person: Person, **fields: Any) -> Application:
    """An application that only waits for the decision."""
    facts = {"state": ApplicationState.ADMITTED, "subjects": ["math"], **fields}
    return Application.objects.create(centre=centre, person=person, regulation=regulation_in_force(centre.pk), **facts)


@gathered()
def make_status(
    centre: TutorCentre, person: Person, start: date = START, end: date | None = END, **fields: Any
) -> TutorStatus:
    """A living status with its first term, the role of a tutor for the same days, and a profile."""
    status = TutorStatus.objects.create(
        centre=centre, person=person, regulation=regulation_in_force(centre.pk), start=start, end=end, **fields
    )
    StatusTerm.objects.create(
        status=status, start=start, end=end, basis=BasisKind.EARLIER, basis_text="приказ от 01.09.2025 № 1"
    )
    roles = RoleAssignment.objects.filter(person=person, centre=centre, role=Role.TUTOR)
    if not roles.exists():
        RoleAssignment.objects.create(person=person, centre=centre, role=Role.TUTOR, start=start, end=end)
    ensure_profile(person=person, centre=centre, subjects=["math"])
    return status


@gathered()
def make_order(centre: TutorCentre, person: Person, kind: str = OrderKind.APPOINT, **fields: Any) -> StaffOrder:
    """A draft of an order."""
    return StaffOrder.objects.create(
        centre=centre, school=centre.school, person=person, kind=kind, **{"effective": START, **fields}
    )
