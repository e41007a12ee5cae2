"""Who is asking: one frozen answer per request, read in one pass, used by every permission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property, lru_cache
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.core.prepared_statements import Given
from traektoria.organisations import zones
from traektoria.organisations.regulations.contents import rules_under
from traektoria.organisations.regulations.practices import Practice, Practices, practices_under, version_sql
from traektoria.organisations.regulations.schema import Rules
from traektoria.people import addressees
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account, short_name


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

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What rooms work out of these roles alone, each under a key of its own (the menu): kept with the actor."""
        return {}

    @property
    def in_own_hand(self) -> bool:
        """False while a password that another gave keeps closed what only the person may do (``own_hand``)."""
        return self.held_until is None or self.held_until <= timezone.now()

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def today(self) -> date | Given:
        """The day by which roles and employment count."""
        return timezone.localdate()

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

    def rules_in(self, centre_id: int) -> Rules:
        """What is in force in a centre where a role is held. No query, but for a version that the process has not read
        yet. Raises ``KeyError`` for another centre."""
        return rules_under(*self._versions[centre_id])

    @cached_property
    def _versions(self) -> Mapping[int, tuple[int, datetime]]:
        return {one.centre_id: one.regulation for one in self.grants if one.centre_id and one.regulation}

    @property
    def makes_groups(self) -> bool:
        """Coordinates a centre whose tutors support groups too."""
        return bool(self.follows(Practice.GROUPS, Role.COORDINATOR))

    @property
    def keeps_self_cards(self) -> bool:
        """Heads a school that fills in cards of its own, or looks at them for the centre."""
        return bool(self.follows(Practice.SELF_CARDS, Role.COORDINATOR, *HEADS))

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
        """Under which words ``core.Waiting`` finds this person; nobody without a role is found."""
        if self.person_id is None or not self.grants:
            return ()
        mine = (addressees.of_grant(one.role, one.centre_id, one.school_id, self.person_id) for one in self.grants)
        return (addressees.person(self.person_id), *sorted({word for words in mine for word in words}))

    @cached_property
    def home(self) -> Grant | None:
        """The grant whose centre the header names."""
        return next((grant for grant in self.grants if grant.centre_id), None)

    @property
    def zone(self) -> tzinfo:
        """By this clock the person's pages speak: that of the home centre."""
        return zones.zone(self.home.time_zone if self.home else "")


def in_force(today: date | Given) -> Q:
    """Rows with ``start``/``end`` that cover ``today``."""
    return Q(start__lte=today) & (Q(end__isnull=True) | Q(end__gte=today))


def actor_of_account(account_id: int) -> Actor | None:
    """For work that goes on after the request; None where nobody may sign in with the account. Two queries."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    return actor_of(account) if account else None


Row = tuple[Any, ...]
NAME: Final = "p.surname, p.given, p.patronymic"
GRANT: Final = "r.role, r.centre_id, c.name, r.school_id, c.municipality_id, m.region_id, m.time_zone"


def actor_of(account: Account, *, today: date | None = None) -> Actor:
    """One query: name and roles in force with their centre, municipality and regulation. Each is in force by the day
    of its centre, unless ``today`` is given."""
    if account.person_id is None:
        return make_actor(account.pk, None, account.username, account.held_until, ())
    with connection.cursor() as cursor:
        cursor.execute(_of_person(connection.vendor, zones.days() if today is None else today), [account.person_id])
        rows = cursor.fetchall()
    name = short_name(*rows[0][:3])
    return make_actor(account.pk, account.person_id, name, account.held_until, grants_in(rows, 3))


@lru_cache(maxsize=8)
def _of_person(vendor: str, when: zones.Days | date) -> str:
    roles, joins = roles_sql(vendor, when)
    return f"SELECT {NAME}, {roles} FROM people_person p {joins} WHERE p.id = %s ORDER BY r.id"  # noqa: S608


def roles_sql(vendor: str, when: zones.Days | date, person: str = "p.id") -> tuple[str, str]:
    """Columns (whether a role is in force, ``GRANT``, the version of the regulation) and joins that bring the roles of
    the person ``p`` into a query, one row a role; ``person`` says their number once more. Written by hand: the building
    of it was what most of a request's time went into."""
    quoted = "DATE '{}'" if vendor == "postgresql" else "'{}'"
    if isinstance(when, date):
        day, first, last = quoted.format(when), when, when
    else:
        elsewhere = [(each, ", ".join(f"'{name}'" for name in names)) for each, names in when.others]
        cases = "".join(f"WHEN m.time_zone IN ({names}) THEN {quoted.format(each)} " for each, names in elsewhere)
        day = f"(CASE {cases}ELSE {quoted.format(when.own)} END)" if cases else quoted.format(when.own)
        known = [when.own, *(each for each, _names in when.others)]
        first, last = min(known), max(known)
    in_force = f'(r.start <= {day} AND (r."end" IS NULL OR r."end" >= {day}))'
    near = f'r.start <= {quoted.format(last)} AND (r."end" IS NULL OR r."end" >= {quoted.format(first)})'
    joins = (
        f"LEFT JOIN people_roleassignment r ON r.person_id = p.id AND r.person_id = {person} AND {near} "
        "LEFT JOIN organisations_tutorcentre c ON c.id = r.centre_id "
        "LEFT JOIN organisations_municipality m ON m.id = c.municipality_id"
    )
    version = ", ".join(version_sql("c.id", day, column) for column in ("id", "approved_at"))
    return f"{in_force}, {GRANT}, {version}", joins


def grants_in(rows: Sequence[Row], at: int) -> tuple[Row, ...]:
    """What ``roles_sql`` tells of the roles in force; column ``at`` says which are."""
    return tuple(row[at + 1 :] for row in rows if row[at])


@lru_cache(maxsize=2000)
def make_actor(
    account_id: int, person_id: int | None, name: str, held_until: datetime | None, grants: tuple[Row, ...]
) -> Actor:
    """The same rows make the same actor, with what it has worked out of them; another row makes another."""
    return Actor(account_id, person_id, name, tuple(map(_grant, grants)), held_until)


def _grant(row: Row) -> Grant:
    role, centre, name, school, municipality, region, zone, version, approved = row
    return Grant(
        role=Role(role),
        centre_id=centre,
        centre_name=name or "",
        school_id=school,
        municipality_id=municipality,
        region_id=region,
        time_zone=zone or "",
        regulation=(version, aware(approved)) if version else None,
    )


def aware(told: datetime | str) -> datetime:
    """As SQLite tells it, a moment is a text or says no zone: it is UTC."""
    moment = datetime.fromisoformat(told) if isinstance(told, str) else told
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def acting(actor: Actor) -> int:
    """The person behind the account; an account without a person is no party of anything."""
    if actor.person_id is None:
        raise Refused(_("Your account is not linked to a person yet. Ask the coordinator."), code="no_person")
    return actor.person_id
