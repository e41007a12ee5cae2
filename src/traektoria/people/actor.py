"""Who is asking: one frozen answer per request, read in one pass, used by every permission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.organisations import zones
from traektoria.organisations.regulations.practices import Practice, Practices, practices_under, version_of
from traektoria.people import addressees
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account, RoleAssignment

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Grant:
    """A role in force today."""

    role: Role
    centre_id: int | None
    centre_name: str
    school_id: int | None
    municipality_id: int | None
    region_id: int | None
    time_zone: str = ""
    regulation: tuple[int, datetime] | None = None  # the version in force in the centre, and when it was approved


@dataclass(frozen=True)
class Actor:
    """The signed-in person with the roles in force. ``person_id`` is None for an account without a person."""

    account_id: int
    person_id: int | None
    name: str
    grants: tuple[Grant, ...]
    held_until: datetime | None = None

    @property
    def in_own_hand(self) -> bool:
        """False while a password that another gave keeps closed what only the person may do (``own_hand``)."""
        return self.held_until is None or self.held_until <= timezone.now()

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

    @cached_property
    def _practices(self) -> Mapping[int, Practices]:
        return {
            one.centre_id: practices_under(*one.regulation) for one in self.grants if one.centre_id and one.regulation
        }

    def follows(self, practice: Practice, *roles: Role, ever: bool = False) -> frozenset[int]:
        """The centres where one of ``roles`` is held (any, where none is named) and the regulation has this practice;
        ``ever``: has it or had it. No query, but for a version that the process has not read yet."""
        centres = self.centres(*roles) if roles else self.centre_ids
        held = {one: self._practices.get(one, Practices()) for one in centres} if centres else {}
        return frozenset(one for one, its in held.items() if practice in (its.ever if ever else its.now))

    @property
    def makes_groups(self) -> bool:
        """Coordinates a centre whose tutors support groups too."""
        return bool(self.follows(Practice.GROUPS, Role.COORDINATOR))

    def has(self, centre_id: int | None, *roles: Role) -> bool:
        """Holds one of ``roles`` in this centre."""
        return any(grant.centre_id == centre_id and grant.role in roles for grant in self.grants)

    def centres(self, *roles: Role) -> frozenset[int]:
        """Centres where one of ``roles`` is held."""
        return frozenset(grant.centre_id for grant in self.grants if grant.centre_id and grant.role in roles)

    def schools(self, *roles: Role) -> frozenset[int]:
        """Schools where one of ``roles`` is held."""
        return frozenset(grant.school_id for grant in self.grants if grant.school_id and grant.role in roles)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Under which words ``core.Waiting`` finds this person."""
        if self.person_id is None:
            return ()
        mine = (addressees.of_grant(one.role, one.centre_id, one.school_id, self.person_id) for one in self.grants)
        return (addressees.person(self.person_id), *sorted({word for words in mine for word in words}))

    @property
    def home(self) -> Grant | None:
        """The grant whose centre the header names."""
        return next((grant for grant in self.grants if grant.centre_id), None)

    @property
    def zone(self) -> tzinfo:
        """By this clock the person's pages speak: that of the home centre."""
        return zones.zone(self.home.time_zone if self.home else "")


def in_force(today: date) -> Q:
    """Rows with ``start``/``end`` that cover ``today``."""
    return Q(start__lte=today) & (Q(end__isnull=True) | Q(end__gte=today))


def actor_of(account: Account, *, today: date | None = None) -> Actor:
    """One query: the roles in force with their centre and municipality. Each is in force by the day of its centre,
    unless ``today`` is given."""
    assignments: list[RoleAssignment] = []
    if account.person_id and today:
        assignments = list(_roles(account.person_id, today, today))
    elif account.person_id:
        now = timezone.now()
        near = _roles(account.person_id, timezone.localdate(now + DAY), timezone.localdate(now - DAY))
        assignments = [row for row in near if _is_in_force(row, now)]
    name = assignments[0].person.short_name if assignments else account.get_short_name()
    return Actor(account.pk, account.person_id, name, tuple(map(_grant, assignments)), account.held_until)


def _is_in_force(row: RoleAssignment, now: datetime) -> bool:
    zone = row.centre.municipality.time_zone if row.centre else ""
    today = timezone.localdate(now, zones.zone(zone))
    return row.start <= today and (row.end is None or row.end >= today)


def _roles(person_id: int, last: date, first: date) -> QuerySet[RoleAssignment]:
    """Those that begin by ``last`` and are not over before ``first``."""
    spans = Q(start__lte=last) & (Q(end__isnull=True) | Q(end__gte=first))
    rows = RoleAssignment.objects.filter(spans, person_id=person_id).order_by("pk")
    day = timezone.localdate()
    rows = rows.annotate(
        version=version_of("centre", day, "pk"), version_approved=version_of("centre", day, "approved_at")
    )
    names = (f"person__{part}" for part in ("surname", "given", "patronymic"))
    places = ("centre__name", "centre__municipality__region")
    return rows.select_related("person", "centre__municipality").only(
        "role", "person", "school", "start", "end", "centre__municipality__time_zone", *names, *places
    )


def _grant(row: RoleAssignment) -> Grant:
    centre = row.centre
    return Grant(
        role=Role(row.role),
        centre_id=row.centre_id,
        centre_name=centre.name if centre else "",
        school_id=row.school_id,
        municipality_id=centre.municipality_id if centre else None,
        region_id=centre.municipality.region_id if centre else None,
        time_zone=centre.municipality.time_zone if centre else "",
        regulation=(row.version, row.version_approved) if row.version else None,  # type: ignore[attr-defined]
    )
