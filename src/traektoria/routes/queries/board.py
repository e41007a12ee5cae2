"""The coordinator's board: how far requests are answered, and the tutors who fit, with their places."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.labels import texts_of
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.core.typography import local_day
from traektoria.people.actor import in_force
from traektoria.people.enums import Subject
from traektoria.people.models import Employment, short_name
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.queries.capacity import Places, places_of
from traektoria.routes.queries.need_rows import NeedRow
from traektoria.routes.queries.needs import Offer, asked_by, offer_of, still_wanted
from traektoria.routes.queries.supports import tutor_names
from traektoria.tutors.models import TutorProfile
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.statuses.queries.statuses import may_take_teachers

BEST = 12
NAME = ("surname", "given", "patronymic")


@dataclass(frozen=True)
class Fit:
    """A tutor beside a request. ``subjects`` and ``formats`` are what the tutor offers, slugs of the room tutors."""

    tutor: int
    name: str
    places: Places
    subjects: tuple[str, ...]
    formats: tuple[str, ...]
    teaches: bool  # the subject of the request
    enough: bool  # places for everybody who is still looked for

    @property
    def subject_labels(self) -> list[str]:
        return texts_of(Subject, self.subjects)

    @property
    def format_labels(self) -> list[str]:
        return texts_of(Format, self.formats)


@dataclass(frozen=True)
class Waiting:
    """How far a request is answered. ``named``: whom it names; ``names``: of these, for whom nobody is asked yet."""

    named: frozenset[int]
    names: tuple[str, ...]
    wanted: int
    days: int
    refusals: int

    @property
    def unnamed(self) -> int:
        return max(self.wanted - len(self.names), 0)


Person = tuple[int, str]


def waiting(need: SupportNeed, today: date | None = None) -> Waiting:
    """Reads what ``listed`` prefetched."""
    teachers = [(one.pk, one.short_name) for one in need.teachers.all()]
    offers = [offer_of(support) for support in need.supports.all()]
    return _waiting(need.number, need.created_at, teachers, offers, today or timezone.localdate())


def waiting_of(needs: Sequence[NeedRow]) -> dict[int, Waiting]:
    """By request. Two queries whatever their number."""
    pks, today = [need.pk for need in needs], timezone.localdate()
    teachers, offers = (_named(pks), _offered(pks)) if pks else ({}, {})
    return {
        need.pk: _waiting(need.number, need.created_at, teachers.get(need.pk, ()), offers.get(need.pk, ()), today)
        for need in needs
    }


def _waiting(
    number: int, since: datetime, teachers: Collection[Person], offers: Collection[Offer], today: date
) -> Waiting:
    asked = asked_by(offers)
    return Waiting(
        named=frozenset(pk for pk, _name in teachers),
        names=tuple(name for pk, name in teachers if pk not in asked),
        wanted=max(number - len(asked), 0),
        days=(today - local_day(since)).days,
        refusals=sum(not _still_counts(state, members, asked) for state, _consented, members in offers),
    )


def _still_counts(state: str, members: Iterable[Any], asked: set[int]) -> bool:
    return state not in ("declined", "ended") and any(person in asked for person, *_answer in members)


def _named(needs: list[int]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for need, person, *name in _teachers().all(needs=needs):
        found.setdefault(need, []).append((person, short_name(*name)))
    return found


def _offered(needs: list[int]) -> dict[int, list[Offer]]:
    found: dict[int, dict[int, Offer]] = {}
    for need, support, state, consented, *member in _offers_of().all(needs=needs):
        offer = found.setdefault(need, {}).setdefault(support, (state, consented, []))
        if member[0] is not None:
            offer[2].append((member[0], member[1], member[2]))
    return {need: list(offers.values()) for need, offers in found.items()}


@prepared
def _teachers() -> QuerySet[Any, Any]:
    rows = SupportNeed.teachers.through.objects.filter(supportneed__in=Numbers("needs"))
    columns = ("supportneed", "person", *(f"person__{part}" for part in NAME))
    return rows.order_by("person__sort_name", "person").values_list(*columns)


@prepared
def _offers_of() -> QuerySet[TutorSupport, Any]:
    rows = TutorSupport.objects.filter(need__in=Numbers("needs")).order_by("pk")
    member = ("members__person", "members__declined_at", "members__consented_at")
    return rows.values_list("need", "pk", "state", "tutor_consented_at", *member)


def fitting(need: SupportNeed) -> tuple[list[Fit], int]:
    """``fits_for`` a request that was read whole."""
    named = {one.pk for one in need.teachers.all()}
    return fits_for(need.centre_id, named, need.subject, still_wanted(need))


def fits_for(centre: int, named: Collection[int], subject: str, wanted: int) -> tuple[list[Fit], int]:
    """The best tutors for a request, and how many tutors have no free place. A tutor does not support themselves.
    Bounded queries at any size."""
    found = tutors_with_places(centre, named, subject, wanted or 1)
    free = [fit for fit in found if fit.places.free]
    return ranked(free, group=wanted > 1)[:BEST], len(found) - len(free)


def successors_of(support: TutorSupport) -> list[Fit]:
    """Tutors with free places who can go on with the teachers of a support, the best first."""
    teachers = [member.person_id for member in support.members.all() if member.declined_at is None]
    found = tutors_with_places(support.centre_id, [support.tutor_id, *teachers], support.subject, len(teachers))
    return ranked([fit for fit in found if fit.places.free], group=support.is_group)


def ranked(fits: list[Fit], *, group: bool) -> list[Fit]:
    """Those who can take everybody first, then those of the subject, those who work in groups where a group is asked
    for, those with more free places; alphabetical among equals."""

    def rank(fit: Fit) -> tuple[Any, ...]:
        in_group = group and Format.GROUP in fit.formats
        return (not fit.enough, not fit.teaches, not in_group, -fit.places.free)

    return sorted(fits, key=rank)


def tutors_with_places(centre: int, without: Iterable[int] = (), subject: str = "", wanted: int = 1) -> list[Fit]:
    """Tutors of the centre who may take teachers, alphabetically, with what they offer and their places."""
    left_out = set(without)
    names = {pk: name for pk, name in tutor_names([centre]).items() if pk not in left_out}
    allowed = may_take_teachers(names, centre)
    places = places_of(centre, allowed)
    offers = _offers(centre, allowed) if allowed else {}
    found = []
    for pk in (one for one in names if one in allowed):
        subjects, formats = offers.get(pk, ((), ()))
        enough = places[pk].free >= wanted
        found.append(Fit(pk, names[pk], places[pk], tuple(subjects), tuple(formats), subject in subjects, enough))
    return found


def _offers(centre: int, tutors: set[int]) -> dict[int, tuple[list[str], list[str]]]:
    """Subjects and formats by the profile; where there is none, the subjects that the tutor teaches. Two queries."""
    offers: dict[int, tuple[list[str], list[str]]] = {}
    for person, subjects in _jobs().all(people=tutors, today=timezone.localdate()):
        offers.setdefault(person, ([], []))[0].extend(subjects)
    for person, subjects, formats in _profiles().all(people=tutors, centre=centre):
        offers[person] = (list(subjects), list(formats))
    return offers


@prepared
def _jobs() -> QuerySet[Employment, Any]:
    rows = Employment.objects.filter(in_force(Given("today")), person__in=Numbers("people"))
    return rows.values_list("person_id", "subjects")


@prepared
def _profiles() -> QuerySet[TutorProfile, Any]:
    rows = TutorProfile.objects.filter(centre=Given("centre"), person__in=Numbers("people"))
    return rows.values_list("person_id", "subjects", "formats")
