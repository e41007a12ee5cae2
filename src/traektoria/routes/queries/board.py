"""The coordinator's board: requests that look for a tutor, and the tutors who fit, with their places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traektoria.core.typography import local_day
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role, Subject
from traektoria.people.models import Employment, Person
from traektoria.routes.enums import NeedState
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.queries.capacity import Places, places_of
from traektoria.routes.queries.needs import as_listed, asked_in, still_wanted
from traektoria.routes.queries.supports import tutors_of
from traektoria.tutors.models import TutorProfile
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.statuses.queries.statuses import may_take_teachers

BEST = 12
SUBJECTS, FORMATS = dict(Subject.choices), dict(Format.choices)


@dataclass(frozen=True)
class Fit:
    """A tutor beside a request. ``subjects`` and ``formats`` are what the tutor offers, slugs of the room tutors."""

    tutor: Person
    places: Places
    subjects: tuple[str, ...]
    formats: tuple[str, ...]
    teaches: bool  # the subject of the request
    enough: bool  # places for everybody who is still looked for

    @property
    def subject_labels(self) -> list[Any]:
        return [SUBJECTS[slug] for slug in self.subjects if slug in SUBJECTS]

    @property
    def format_labels(self) -> list[Any]:
        return [FORMATS[slug] for slug in self.formats if slug in FORMATS]


@dataclass(frozen=True)
class Waiting:
    """A request on the board. ``names``: the named teachers for whom nobody is asked yet."""

    need: SupportNeed
    names: tuple[str, ...]
    wanted: int
    days: int
    refusals: int

    @property
    def unnamed(self) -> int:
        return max(self.wanted - len(self.names), 0)


def open_needs(actor: Actor, chosen: dict[str, Any]) -> QuerySet[SupportNeed]:
    """Requests of the coordinator's centres that look for a tutor, the oldest first."""
    own = SupportNeed.objects.filter(centre__in=actor.centres(Role.COORDINATOR), state=NeedState.OPEN)
    rows = as_listed(own)
    if chosen.get("subject"):
        rows = rows.filter(subject=chosen["subject"])
    if str(chosen.get("school") or "").isdecimal():
        rows = rows.filter(Q(school_key=int(chosen["school"])))
    return rows.order_by("created_at", "pk")


def waiting(need: SupportNeed, today: date | None = None) -> Waiting:
    """Reads what ``listed`` prefetched."""
    asked = asked_in(need)
    names = tuple(one.short_name for one in need.teachers.all() if one.pk not in asked)
    days = ((today or timezone.localdate()) - local_day(need.created_at)).days
    tried = need.supports.all()
    refusals = sum(not _still_counts(support.state, support.members.all(), asked) for support in tried)
    return Waiting(need, names, still_wanted(need), days, refusals)


def _still_counts(state: str, members: Iterable[Any], asked: set[int]) -> bool:
    return state not in ("declined", "ended") and any(member.person_id in asked for member in members)


def fitting(need: SupportNeed) -> tuple[list[Fit], int]:
    """The best tutors for a request, and how many tutors have no free place. Bounded queries at any size."""
    wanted = still_wanted(need) or 1
    found = tutors_with_places(need.centre, _without(need), need.subject, wanted)
    free = [fit for fit in found if fit.places.free]
    return ranked(free, group=wanted > 1)[:BEST], len(found) - len(free)


def successors_of(support: TutorSupport) -> list[Fit]:
    """Tutors with free places who can go on with the teachers of a support, the best first."""
    teachers = [member.person_id for member in support.members.all() if member.declined_at is None]
    found = tutors_with_places(support.centre, [support.tutor_id, *teachers], support.subject, len(teachers))
    return ranked([fit for fit in found if fit.places.free], group=support.is_group)


def ranked(fits: list[Fit], *, group: bool) -> list[Fit]:
    """Those who can take everybody first, then those of the subject, those who work in groups where a group is asked
    for, those with more free places; alphabetical among equals."""

    def rank(fit: Fit) -> tuple[Any, ...]:
        in_group = group and Format.GROUP in fit.formats
        return (not fit.enough, not fit.teaches, not in_group, -fit.places.free)

    return sorted(fits, key=rank)


def tutors_with_places(
    centre: TutorCentre, without: Iterable[int] = (), subject: str = "", wanted: int = 1
) -> list[Fit]:
    """Tutors of the centre who may take teachers, alphabetically, with what they offer and their places."""
    people = list(tutors_of(frozenset({centre.pk})).exclude(pk__in=set(without)))
    allowed = may_take_teachers([person.pk for person in people], centre)
    tutors = [person for person in people if person.pk in allowed]
    places = places_of(centre.pk, allowed)
    offers = _offers(centre.pk, allowed)
    return [_fit(one, places[one.pk], *offers.get(one.pk, ([], [])), subject, wanted) for one in tutors]


def _fit(tutor: Person, places: Places, subjects: list[str], formats: list[str], subject: str, wanted: int) -> Fit:
    return Fit(tutor, places, tuple(subjects), tuple(formats), subject in subjects, places.free >= wanted)


def _offers(centre_id: int, tutor_ids: set[int]) -> dict[int, tuple[list[str], list[str]]]:
    """Subjects and formats by the profile; where there is none, the subjects that the tutor teaches. Two queries."""
    jobs = Employment.objects.filter(in_force(timezone.localdate()), person__among=tutor_ids)
    offers: dict[int, tuple[list[str], list[str]]] = {}
    for person_id, subjects in jobs.values_list("person_id", "subjects"):
        offers.setdefault(person_id, ([], []))[0].extend(subjects)
    profiles = TutorProfile.objects.filter(centre=centre_id, person__among=tutor_ids)
    for person_id, subjects, formats in profiles.values_list("person_id", "subjects", "formats"):
        offers[person_id] = (list(subjects), list(formats))
    return offers


def _without(need: SupportNeed) -> set[int]:
    """A tutor does not support themselves."""
    return {one.pk for one in need.teachers.all()}
