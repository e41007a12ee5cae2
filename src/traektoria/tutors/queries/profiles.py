"""Profiles of tutors: everybody in the centre reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from traektoria.people.actor import Actor
from traektoria.people.enums import Subject
from traektoria.tutors.enums import Format
from traektoria.tutors.models import TutorProfile, TutorStatus
from traektoria.tutors.queries.statuses import loads

SUBJECTS = dict(Subject.choices)
FORMATS = dict(Format.choices)


def visible_to(actor: Actor) -> QuerySet[TutorProfile]:
    """Profiles of the person's centres."""
    return TutorProfile.objects.filter(centre__in=actor.centre_ids).select_related("person", "centre__school")


def own(actor: Actor) -> QuerySet[TutorProfile]:
    """The person's own profiles, where they belong to the centre."""
    return visible_to(actor).filter(person=actor.person_id or 0)


def profile_of(person_id: int, centre_id: int) -> TutorProfile | None:
    return TutorProfile.objects.filter(person=person_id, centre=centre_id).select_related("person", "centre").first()


@dataclass(frozen=True)
class Listed:
    """A tutor in the list: ``free`` is the number of places left (never below 0), None without a profile."""

    status: TutorStatus
    profile: TutorProfile | None
    load: int

    @property
    def free(self) -> int | None:
        return max(0, self.profile.teachers_at_once - self.load) if self.profile else None

    @property
    def subjects(self) -> list[Any]:
        return words(SUBJECTS, self.profile.subjects) if self.profile else []

    @property
    def formats(self) -> list[Any]:
        return words(FORMATS, self.profile.formats) if self.profile else []


def words(labels: dict[str, Any], slugs: Iterable[str]) -> list[Any]:
    """Labels of slugs in the order of the labels; slugs that are no more known are left out."""
    chosen = set(slugs)
    return [label for slug, label in labels.items() if slug in chosen]


def listed(statuses: Sequence[TutorStatus], centre_id: int) -> list[Listed]:
    """Statuses of one centre with profiles and loads: two queries more and those of the loads."""
    ids = [status.person_id for status in statuses]
    profiles = {row.person_id: row for row in TutorProfile.objects.filter(centre=centre_id, person__in=ids)}
    taken = loads(centre_id, ids)
    return [Listed(one, profiles.get(one.person_id), taken.get(one.person_id, 0)) for one in statuses]


def chosen(rows: Iterable[Listed], *, subject: str = "", form: str = "", free: bool = False) -> list[Listed]:
    """Those who offer the subject and the format and, where asked, have a place left."""
    return [
        row
        for row in rows
        if (not subject or (row.profile and subject in row.profile.subjects))
        and (not form or (row.profile and form in row.profile.formats))
        and (not free or row.free)
    ]
