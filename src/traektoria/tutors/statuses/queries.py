"""Who is a tutor of a centre now, on what grounds, until when; whom a person may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.core.support import tutor_loads
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Person, RoleAssignment
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import LIVING, StatusTerm, TutorStatus


def visible_to(actor: Actor) -> QuerySet[TutorStatus]:
    """Statuses of the person's centres, and one's own wherever they are."""
    seen = Q(centre__in=actor.centre_ids) | Q(person=actor.person_id or 0)
    return TutorStatus.objects.filter(seen).select_related("person", "centre", "regulation")


def kept_by(actor: Actor) -> QuerySet[TutorStatus]:
    """Statuses that the person suspends and ends: of the coordinator's centres, and of the head's school's own."""
    return visible_to(actor).filter(centre__in=centres_kept_by(actor))


def centres_kept_by(actor: Actor) -> QuerySet[TutorCentre]:
    """Centres whose tutors the person keeps: coordinated ones, and those of the school that the person heads."""
    own = Q(pk__in=actor.centres(Role.COORDINATOR))
    if actor.is_head:
        own |= Q(pk__in=actor.centres(*HEADS), school__in=actor.schools(*HEADS))
    return TutorCentre.objects.filter(own).select_related("school", "municipality")


def centres_of(actor: Actor) -> QuerySet[TutorCentre]:
    """The centres that the person belongs to, the one of the header first."""
    return TutorCentre.objects.filter(pk__in=actor.centre_ids).select_related("school").order_by("pk")


def centre_of(actor: Actor, pk: int) -> TutorCentre | None:
    """One of ``centres_of``. One query."""
    found: TutorCentre | None = _centre().first(pk=pk, **given_of(actor))
    return found


@prepared
def _centre() -> QuerySet[TutorCentre]:
    return centres_of(anybody(frozenset())).filter(pk=Given("pk"))


def kept_centre(actor: Actor, pk: int) -> TutorCentre | None:
    """One of ``centres_kept_by``. One query."""
    found: TutorCentre | None = _kept_centre(actor.roles).first(pk=pk, **given_of(actor))
    return found


@prepared
def _kept_centre(roles: frozenset[Role]) -> QuerySet[TutorCentre]:
    return centres_kept_by(anybody(roles)).filter(pk=Given("pk"))


def detailed(actor: Actor) -> QuerySet[TutorStatus]:
    """Statuses as their own page shows them: with terms, the oldest first."""
    terms = StatusTerm.objects.select_related("order", "item__session").order_by("start", "pk")
    return visible_to(actor).prefetch_related(Prefetch("terms", terms))


def in_force_q(today: date | Given) -> Q:
    """A status that counts on ``today``: active, begun, its term not over yet (whatever the nightly command did)."""
    return Q(state=StatusState.ACTIVE) & in_force(today)


def tutors_in_force(centre: TutorCentre, today: date | None = None) -> QuerySet[TutorStatus]:
    """Statuses in force of a centre with their persons, alphabetically."""
    rows = TutorStatus.objects.filter(in_force_q(today or timezone.localdate()), centre=centre)
    return rows.select_related("person", "centre").order_by("person__sort_name", "pk")


def counts_on(today: date, state: str, start: date, end: date | None) -> bool:
    """The same as ``in_force_q`` for columns that are read already."""
    return state == StatusState.ACTIVE and start <= today and (end is None or end >= today)


def status_of(person_id: int, centre_id: int) -> TutorStatus | None:
    """The latest status of a person in a centre, living ones first."""
    rows = TutorStatus.objects.filter(person=person_id, centre=centre_id).select_related("person", "centre")
    found = list(rows.order_by("-start", "-pk"))
    return next((row for row in found if row.state in LIVING), found[0] if found else None)


def is_tutor_of(actor: Actor, centre_id: int) -> bool:
    """The person has a living status in the centre. One query."""
    return bool(_living().first(centre=centre_id, **given_of(actor)))


@prepared
def _living() -> QuerySet[TutorStatus, Any]:
    rows = TutorStatus.objects.filter(person=Given("me"), centre=Given("centre"), state__in=LIVING)
    return rows.order_by().values_list("pk")


def own_statuses(actor: Actor) -> QuerySet[TutorStatus]:
    """The person's own living statuses."""
    return TutorStatus.objects.filter(person=actor.person_id or 0, state__in=LIVING)


def may_take_teachers(person_ids: Iterable[int], centre_id: int) -> set[int]:
    """Who of ``person_ids`` may be given new teachers in the centre today.

    A status in force; or the role of a tutor without any status, as in installations older than statuses. Suspended,
    ended and lapsed tutors are not among them. Two queries, the second for those without a status.
    """
    today = timezone.localdate()
    asked = set(person_ids)
    statuses = _statuses().all(centre=centre_id, people=asked) if asked else []
    allowed = {person for person, state, start, end in statuses if counts_on(today, state, start, end)}
    unknown = asked - {row[0] for row in statuses}
    return allowed | (_with_role(unknown, centre_id, today) if unknown else set())


def out_of_force(person_ids: Iterable[int], centre_id: int) -> set[int]:
    """Of those who hold the role of a tutor: whose status is suspended, ended or over. One query."""
    today, asked = timezone.localdate(), set(person_ids)
    statuses = _statuses().all(centre=centre_id, people=asked) if asked else []
    allowed = {person for person, state, start, end in statuses if counts_on(today, state, start, end)}
    return {row[0] for row in statuses} - allowed


def _with_role(person_ids: set[int], centre_id: int, today: date) -> set[int]:
    return {person for (person,) in _roles().all(centre=centre_id, people=person_ids, today=today)}


@prepared
def _statuses() -> QuerySet[TutorStatus, Any]:
    rows = TutorStatus.objects.filter(person__in=Numbers("people"), centre=Given("centre")).order_by()
    return rows.values_list("person", "state", "start", "end")


@prepared
def _roles() -> QuerySet[RoleAssignment, Any]:
    now = in_force(Given("today"))
    held = RoleAssignment.objects.filter(now, person__in=Numbers("people"), centre=Given("centre"), role=Role.TUTOR)
    return held.order_by().values_list("person")


def without_status(centre: int | Given, today: date | Given) -> QuerySet[Person]:
    """Persons with the role of a tutor today and no status at all: the coordinator enters what it rests on."""
    roles = RoleAssignment.objects.filter(in_force(today), centre=centre, role=Role.TUTOR)
    have = TutorStatus.objects.filter(centre=centre, person=OuterRef("pk"))
    return Person.objects.filter(~Exists(have), pk__in=roles.values("person")).order_by("sort_name", "pk")


def loads(centre_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """How many teachers each has, told by the rooms above (``core.support.tutor_loads``); 0 where nobody says."""
    ids = list(person_ids)
    found = dict.fromkeys(ids, 0)
    for source in tutor_loads:
        for person_id, number in source.of(centre_id, ids).items():
            found[person_id] = found.get(person_id, 0) + number
    return found


def lapsed(today: date) -> QuerySet[TutorStatus]:
    """Living statuses whose term is over."""
    return TutorStatus.objects.filter(state__in=LIVING, end__lt=today).select_related("person", "centre")


def ending(today: date, until: date) -> QuerySet[TutorStatus]:
    """Living statuses whose term ends from ``today`` to ``until``."""
    rows = TutorStatus.objects.filter(state__in=LIVING, end__gte=today, end__lte=until)
    return rows.select_related("person__account", "centre", "regulation")
