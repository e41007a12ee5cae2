"""Who is asking: one frozen answer per request, read in one pass, used by every permission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account, RoleAssignment


@dataclass(frozen=True)
class Grant:
    """A role in force today."""

    role: Role
    centre_id: int | None
    centre_name: str
    school_id: int | None
    municipality_id: int | None
    region_id: int | None


@dataclass(frozen=True)
class Actor:
    """The signed-in person with the roles in force. ``person_id`` is None for an account without a person."""

    account_id: int
    person_id: int | None
    name: str
    grants: tuple[Grant, ...]

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def is_tutor(self) -> bool:
        return Role.TUTOR in self.roles

    @property
    def is_teacher(self) -> bool:
        return Role.TEACHER in self.roles

    @property
    def is_head(self) -> bool:
        return bool(HEADS & self.roles)

    @cached_property
    def centre_ids(self) -> frozenset[int]:
        """Every centre the person belongs to in any role."""
        return frozenset(grant.centre_id for grant in self.grants if grant.centre_id)

    def has(self, centre_id: int | None, *roles: Role) -> bool:
        """Holds one of ``roles`` in this centre."""
        return any(grant.centre_id == centre_id and grant.role in roles for grant in self.grants)

    def centres(self, *roles: Role) -> frozenset[int]:
        """Centres where one of ``roles`` is held."""
        return frozenset(grant.centre_id for grant in self.grants if grant.centre_id and grant.role in roles)

    def schools(self, *roles: Role) -> frozenset[int]:
        """Schools where one of ``roles`` is held."""
        return frozenset(grant.school_id for grant in self.grants if grant.school_id and grant.role in roles)

    @property
    def home(self) -> Grant | None:
        """The grant whose centre the header names."""
        return next((grant for grant in self.grants if grant.centre_id), None)


def in_force(today: date) -> Q:
    """Rows with ``start``/``end`` that cover ``today``."""
    return Q(start__lte=today) & (Q(end__isnull=True) | Q(end__gte=today))


def actor_of(account: Account, *, today: date | None = None) -> Actor:
    """One query: the roles in force with their centre and municipality."""
    rows: Iterable[RoleAssignment] = ()
    if account.person_id:
        rows = _roles(account.person_id, today or timezone.localdate())
    assignments = list(rows)
    name = assignments[0].person.short_name if assignments else account.get_short_name()
    return Actor(account.pk, account.person_id, name, tuple(map(_grant, assignments)))


def _roles(person_id: int, today: date) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.filter(in_force(today), person_id=person_id).order_by("pk")
    names = (f"person__{part}" for part in ("surname", "given", "patronymic"))
    places = ("centre__name", "centre__municipality__region")
    return rows.select_related("person", "centre__municipality").only("role", "person", "school", *names, *places)


def _grant(row: RoleAssignment) -> Grant:
    centre = row.centre
    return Grant(
        role=Role(row.role),
        centre_id=row.centre_id,
        centre_name=centre.name if centre else "",
        school_id=row.school_id,
        municipality_id=centre.municipality_id if centre else None,
        region_id=centre.municipality.region_id if centre else None,
    )
