"""Roles that follow a status kept by a room above: whoever calls has asked for the right already."""

from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.core.support import farewells
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Employment, Person, RoleAssignment

LATELY = timedelta(days=366)
"""So far back ends are looked at: also where the daily command has not run for long."""


@transaction.atomic
def hold_role(
    *, person: Person, centre: TutorCentre, role: Role, start: date, end: date | None, by: Actor | None
) -> RoleAssignment:
    """The person holds the role of a centre until ``end`` (None: without an end).

    A role that is in force or touches ``start`` is prolonged or shortened to ``end``, else one is given. Twice, it
    changes nothing the second time. Side effect: an audit event for each change.
    """
    have = _living(person, centre, role, start - timedelta(days=1)).first()
    if have is None:
        have = RoleAssignment.objects.create(person=person, role=role, centre=centre, start=start, end=end)
        audit.record("people.role_assigned", have, by=by, centre_id=centre.pk, role=role)
    elif have.end != end or have.start > start:
        have.start, have.end = min(have.start, start), end
        have.save(update_fields=["start", "end"])
        audit.record("people.role_prolonged", have, by=by, centre_id=centre.pk, role=role)
    return have


@transaction.atomic
def close_role(*, person: Person, centre: TutorCentre, role: Role, by: Actor | None) -> int:
    """The person no longer holds the role from today on; returns how many rows changed. Side effect: audit events."""
    yesterday = timezone.localdate() - timedelta(days=1)
    rows = list(_living(person, centre, role, timezone.localdate()).select_for_update(no_key=True))
    for row in rows:
        audit.record("people.role_ended", row, by=by, centre_id=centre.pk, role=role)
        if row.start > yesterday:
            row.delete()
            continue
        row.end = yesterday
        row.save(update_fields=["end"])
    if rows:
        bid_farewell(person.pk, by=by)
    return len(rows)


def bid_farewell(person_id: int, *, by: Actor | None) -> None:
    """The person has lost a role or left a school: rooms settle what waited for them, in this transaction."""
    for one in farewells:
        one.settle(person_id, by)


def bid_due_farewells(*, today: date, time_zone: str | None = None) -> None:
    """The same for whose role or work ended by its date, with nobody's press. Run every day; a second time nothing is
    found. What somebody changes in this moment is left to the next run. ``time_zone``: in its municipalities only."""
    over = Q(end__lt=today, end__gte=today - LATELY)
    roles, work = RoleAssignment.objects.filter(over), Employment.objects.filter(over)
    if time_zone is not None:
        roles = roles.filter(centre__municipality__time_zone=time_zone)
        work = work.filter(school__municipality__time_zone=time_zone)
    gone = [rows.values_list("person_id", flat=True) for rows in (roles, work)]
    for person_id in sorted({pk for ids in gone for pk in ids}):
        with suppress(Conflict), transaction.atomic():
            bid_farewell(person_id, by=None)


def _living(person: Person, centre: TutorCentre, role: Role, day: date) -> QuerySet[RoleAssignment]:
    """Rows of the role that last until ``day`` or longer, those of the future among them."""
    rows = RoleAssignment.objects.filter(person=person, centre=centre, role=role, school__isnull=True)
    return rows.filter(Q(end__isnull=True) | Q(end__gte=day)).order_by(F("end").desc(nulls_first=True))
