"""Tutors with what they offer and their places, those who fit best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.labels import texts_of
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import in_force
from traektoria.people.enums import Subject
from traektoria.people.models import Employment
from traektoria.routes.supports.queries.capacity import Places, places_of
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.queries import tutor_names
from traektoria.tutors.models import TutorProfile
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.statuses.queries import may_take_teachers


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
