"""What a person may see of people, their work and accounts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, is_password_usable
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from traektoria.core.labels import text_of
from traektoria.core.lookups import ExistsRowByRow
from traektoria.core.models import AuditEvent
from traektoria.core.paging import Page, page_of, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.registries import ConsentLine, consent_sources, event_words
from traektoria.core.word_search import narrowed
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import schools_visible_to
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import (
    AccessRecord,
    Account,
    Consent,
    Employment,
    Person,
    RoleAssignment,
    TaughtClass,
    full_name,
)

NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX
FEW_SCHOOLS: Final = 10
WAIT = timedelta(days=3)
"""So long what needs the person's own hand stays closed after another gave them a password (``own_hand``)."""
EARLIEST = datetime.min.replace(tzinfo=UTC)


def not_over(today: date | Given | None = None) -> Q:
    """Work and roles that last or are still to come."""
    return Q(end__isnull=True) | Q(end__gte=today or timezone.localdate())


def people_now(*, centres: Iterable[int], schools: Iterable[int] = ()) -> QuerySet[Person]:
    """Who belongs to these centres or schools now, by work or by a role that is not over. Who left is not theirs."""
    centres = list(centres)
    whole = TutorCentre.objects.filter(pk__in=centres, school__isnull=True).values("municipality")
    single = TutorCentre.objects.filter(pk__in=centres, school__isnull=False).values("school")
    where = Q(school__municipality__in=whole) | Q(school__in=single) | Q(school__in=list(schools))
    at_schools = Employment.objects.filter(not_over(), where).values("person")
    roles = Q(centre__in=centres) | Q(school__in=list(schools))
    with_roles = RoleAssignment.objects.filter(not_over(), roles).values("person")
    return Person.objects.filter(Q(pk__in=at_schools) | Q(pk__in=with_roles))


def kept_by(actor: Actor) -> QuerySet[Person]:
    """People whom a coordinator keeps: those who are now at the centre's schools or hold a role in the centre."""
    return people_now(centres=actor.centres(Role.COORDINATOR))


def bound_elsewhere(actor: Actor) -> QuerySet[Person]:
    """People who work or hold a role outside the coordinator's centres now."""
    work = Employment.objects.filter(not_over()).exclude(school__in=schools_visible_to(actor)).values("person")
    roles = RoleAssignment.objects.filter(not_over()).exclude(centre__in=actor.centres(Role.COORDINATOR))
    return Person.objects.filter(Q(pk__in=work) | Q(pk__in=roles.values("person")))


def schools_listed_for(actor: Actor) -> dict[int, str]:
    """Names of the schools whose staff the list shows, by number, in alphabetical order: of the centre for its
    coordinator, of the school for its head. One query."""
    return dict(_schools(actor.roles).all(**given_of(actor)))


@prepared
def _schools(roles: frozenset[Role]) -> QuerySet[School, Any]:
    me = anybody(roles)
    rows = schools_visible_to(me) if me.is_coordinator else School.objects.filter(pk__in=me.schools(*HEADS))
    return rows.values_list("pk", "name")


def listed_for(
    actor: Actor, schools: Any, school: Any = None, role: Any = None, *, few: bool, rare: bool = True
) -> QuerySet[Person, Any]:
    """The staff list: for the coordinator whom the centre keeps, for a head who works at the school today. ``schools``
    are those of ``schools_listed_for``; by ``school`` and ``role`` where they are asked for.

    Whom a centre keeps is asked person by person in the order of names, so that a page ends when it is full: nearly
    all belong to the centre. What finds ``few`` (a centre ``of_few`` schools, a school, a ``rare`` role) says whom to
    ask."""
    work, now = Employment.objects.filter(school__among=schools), in_force(actor.today)
    if actor.is_coordinator:
        lasting = not_over(actor.today)
        roles = RoleAssignment.objects.filter(lasting, centre__in=actor.centres(Role.COORDINATOR))
        employed = work.filter(lasting)
        if few:
            kept = Q(pk__in=employed.order_by().values("person").union(roles.order_by().values("person")))
        else:
            kept = Q(ExistsRowByRow(_theirs(employed)) | ExistsRowByRow(_theirs(roles)))
        people = Person.objects.filter(kept)
    else:
        people = Person.objects.filter(pk__in=work.filter(now).values("person"))
    if school:
        people = people.filter(pk__in=Employment.objects.filter(now, school=school).values("person"))
    if role:
        holders = RoleAssignment.objects.filter(now, role=role)
        kept = Q(pk__in=holders.values("person")) if rare else Q(ExistsRowByRow(_theirs(holders)))
        people = people.filter(kept)
    return people


def of_few(schools: Collection[int]) -> bool:
    """Whether so few people work at them that it costs less to read these than, of an installation of many centres,
    all by name until a page is full. A guess by the schools, which are known: it asks nothing."""
    return len(schools) <= FEW_SCHOOLS


def _theirs(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Those of the person that the list is at."""
    return rows.filter(person=OuterRef("pk"))


LISTED: Final = ("pk", "surname", "given", "patronymic", "account__password_given", "account__password")


@prepared
def _listed(roles: frozenset[Role], by_school: bool, by_role: bool, few: bool, rare: bool) -> QuerySet[Person, Any]:
    school, role = Given("school") if by_school else None, Given("role") if by_role else None
    people = listed_for(anybody(roles), Numbers("all_schools"), school, role, few=few, rare=rare)
    return people.values_list(*LISTED)


@dataclass(frozen=True)
class ListedWork:
    """A place of work in the staff list."""

    position: str
    school: str


@dataclass(frozen=True)
class ListedPerson:
    """A line of the staff list; ``sign_in``: «given», «own» or nothing, as the password is."""

    pk: int
    full_name: str
    sign_in: str
    work: Sequence[ListedWork] = ()
    roles: Sequence[str] = ()


def work_today(people: Collection[int], schools: Mapping[int, str]) -> dict[int, list[ListedWork]]:
    """By person, at these schools, the latest first. One query."""
    found: dict[int, list[ListedWork]] = {}
    given: dict[str, Any] = {"schools": schools, "people": people, "today": timezone.localdate()}
    for person, position, school in _work().all(**given) if people else ():
        found.setdefault(person, []).append(ListedWork(position, schools[school]))
    return found


@prepared
def _work() -> QuerySet[Employment, Any]:
    now = in_force(Given("today"))
    rows = Employment.objects.filter(now, school__in=Numbers("schools"), person__in=Numbers("people"))
    return rows.order_by("-start", "pk").values_list("person", "position", "school")


def roles_today(people: Collection[int], centres: Collection[int]) -> dict[int, list[str]]:
    """By person, what the roles in these centres are called. One query."""
    found: dict[int, list[str]] = {}
    given: dict[str, Any] = {"centres": centres, "people": people, "today": timezone.localdate()}
    for person, role in _roles().all(**given) if people else ():
        found.setdefault(person, []).append(text_of(Role, role))
    return found


@prepared
def _roles() -> QuerySet[RoleAssignment, Any]:
    now = in_force(Given("today"))
    rows = RoleAssignment.objects.filter(now, centre__in=Numbers("centres"), person__in=Numbers("people"))
    return rows.order_by("pk").values_list("person", "role")


def staff_page(
    actor: Actor, schools: Mapping[int, str], chosen: Mapping[str, Any], asked: object
) -> Page[ListedPerson]:
    """A page of the staff list. Three queries whatever its length; two for a head, who reads no roles."""
    school, role = int(chosen.get("school") or 0), chosen.get("role") or ""
    if chosen.get("q"):  # each search looks for other words
        people = narrowed(listed_for(actor, schools, school, role, few=of_few(schools)), chosen["q"], "search_name")
        page = page_of(people.values_list(*LISTED), asked)
    else:
        given = {"all_schools": schools, "school": school, "role": role, **given_of(actor)}
        statement = _listed(actor.roles, bool(school), bool(role), of_few(schools), role != Role.TEACHER)
        page = statement.page(asked, **given)
    pks = [row[0] for row in page.object_list]
    work = work_today(pks, schools)
    roles = roles_today(pks, actor.centre_ids) if actor.is_coordinator else {}
    rows = [
        ListedPerson(
            pk=pk, full_name=full_name(surname, name, patronymic), sign_in=_sign_in(given, password),
            work=work.get(pk, ()), roles=roles.get(pk, ()),
        )
        for pk, surname, name, patronymic, given, password in page.object_list
    ]  # fmt: skip
    return replaced(page, rows)


def _sign_in(given: bool | None, password: str | None) -> str:
    if given:
        return "given"
    return "own" if password and is_password_usable(password) else ""


def employments_kept_by(actor: Actor) -> QuerySet[Employment]:
    """Work at the schools of the coordinator's centres, of those who are there now; ended by mistake it can be opened
    again while the person is nowhere else."""
    rows = Employment.objects.filter(school__in=schools_visible_to(actor)).select_related("person", "school")
    theirs = Q(person__in=kept_by(actor).values("pk")) | ~Q(person__in=bound_elsewhere(actor).values("pk"))
    return rows.filter(theirs)


def roles_kept_by(actor: Actor) -> QuerySet[RoleAssignment]:
    """Roles in the coordinator's centres, those that are over among them: a record."""
    return RoleAssignment.objects.filter(centre__in=actor.centres(Role.COORDINATOR)).select_related("person", "centre")


def employments_of(person: Person, schools: QuerySet[School] | None = None) -> list[Employment]:
    """Work of a person with the classes taught, the newest year first."""
    classes = TaughtClass.objects.select_related("year").order_by("-year__start_year", "subject", "grade", "letter")
    rows = person.employments.select_related("school").prefetch_related(Prefetch("classes", classes))
    return list(rows if schools is None else rows.filter(school__in=schools))


def openings_of(person: Person) -> QuerySet[AccessRecord]:
    """Who opened this person's data, the newest first; their own looks are left out."""
    account = getattr(person, "account", None)
    records = AccessRecord.objects.filter(person_id=person.pk)
    return records.exclude(account_id=account.pk) if account else records


def consents_of(person_id: int) -> list[ConsentLine]:
    """Every consent of every room, given, refused and withdrawn, the newest first."""
    lines = [line for source in consent_sources for line in source.of(person_id)]
    return sorted(lines, key=lambda line: line.given_at or line.refused_at or EARLIEST, reverse=True)


def own_consents(person_id: int) -> list[ConsentLine]:
    """Consents that are records of their own (``models.Consent``). One query."""
    rows = Consent.objects.filter(person=person_id).select_related("centre")
    return [
        ConsentLine(row.get_kind_display(), row.centre.name, row.given_at, ended_at=row.withdrawn_at, text=row.text)
        for row in rows
    ]


def erasure_events(people: Iterable[int]) -> dict[int, AuditEvent]:
    """The last word on erasure of each person's data: asked for, or answered."""
    events = AuditEvent.objects.filter(
        object_kind="people.person", object_id__in=list(people), event__in=[ERASURE_ASKED, ERASURE_ANSWERED]
    )
    return {event.object_id: event for event in events}


ERASURE_ASKED, ERASURE_ANSWERED = "people.erasure_requested", "people.erasure_answered"
GIVEN, GIVEN_FIRST, BY_LETTER = (
    "people.password_given",
    "people.first_password_given",
    "people.password_by_letter",
)
PASSWORD_EVENTS = (GIVEN, GIVEN_FIRST, BY_LETTER)


def without_own_password(actor: Actor, *, again: bool = False) -> QuerySet[Person]:
    """People of the coordinator who cannot sign in yet: no password was ever given to them. With ``again`` also those
    who got one and never came. Left out are oneself and those with power elsewhere: others keep their accounts."""
    elsewhere = RoleAssignment.objects.filter(not_over()).exclude(centre__in=actor.centres(Role.COORDINATOR))
    able = Account.objects.filter(person=OuterRef("pk")).exclude(Q(password="") | Q(password__startswith=NO_PASSWORD))
    if again:
        able = able.exclude(password_given=True, last_login=None)
    people = kept_by(actor).exclude(pk__in=elsewhere.values("person")).exclude(pk=actor.person_id or 0)
    return people.filter(~Exists(able))


def by_school(people: QuerySet[Person], actor: Actor) -> dict[School | None, list[Person]]:
    """Each of ``people`` once, under a school of the coordinator where they work; None for those who work at none."""
    work = Employment.objects.filter(not_over(), school__in=schools_visible_to(actor)).select_related("school")
    rows = people.prefetch_related(Prefetch("employments", work.order_by("school__name", "pk"), to_attr="work"))
    found: dict[School | None, list[Person]] = {}
    for person in rows:
        found.setdefault(person.work[0].school if person.work else None, []).append(person)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is None, pair[0].name if pair[0] else "")))


def held_near(actor: Actor) -> QuerySet[Account]:
    """Accounts whose password another gave lately, of people near the actor: of their centres and schools, all for the
    administrator."""
    rows = Account.objects.filter(held_until__gt=timezone.now()).select_related("person")
    if actor.is_administrator:
        return rows
    near = people_now(centres=actor.centres(Role.COORDINATOR), schools=actor.schools(*HEADS))
    return rows.filter(person__in=near.values("pk"))


def account_name(account_id: int | None) -> str:
    """The name of the person behind an account; empty where there is none (any more)."""
    account = Account.objects.filter(pk=account_id).select_related("person").first() if account_id else None
    return account.get_short_name() if account else ""


ACCOUNT_EVENTS = (
    *PASSWORD_EVENTS,
    "people.own_hand_shown",
    "people.own_hand_confirmed",
    "people.address_changed",
    "people.codes_forgotten",
    "people.account_changed",
)


def account_events(account: Account, limit: int = 20) -> list[tuple[AuditEvent, str, str]]:
    """What others and oneself did with the way into the account, the newest first: the event, its words, who did it."""
    rows = AuditEvent.objects.filter(object_kind="people.account", object_id=account.pk, event__in=ACCOUNT_EVENTS)
    events = list(rows.order_by("-at", "-pk")[:limit])
    by = {event.actor_id for event in events if event.actor_id}
    names = {one.pk: one.get_short_name() for one in Account.objects.filter(pk__in=by).select_related("person")}
    return [(event, event_words(event.event) or event.event, names.get(event.actor_id or 0, "")) for event in events]


@dataclass(frozen=True)
class GivenPassword:
    """A person got a password from another at this moment; ``giver`` is empty where a letter brought it."""

    person_id: int
    at: datetime
    giver: str


def passwords_given(people: Iterable[int], since: datetime, until: datetime | None = None) -> list[GivenPassword]:
    """Passwords that ``people`` got from others in this time, the oldest first. One query where there were none."""
    accounts = Account.objects.filter(person__in=list(people))
    events = AuditEvent.objects.filter(
        object_kind="people.account", object_id__in=accounts.values("pk"), event__in=PASSWORD_EVENTS, at__gte=since
    )
    found = list(events.filter(at__lte=until) if until else events)
    if not found:
        return []
    owners = dict(accounts.values_list("pk", "person"))
    return [GivenPassword(owners[one.object_id], one.at, account_name(one.actor_id)) for one in found]
