"""Profiles of tutors: everybody in the centre reads them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from traektoria.people.actor import Actor
from traektoria.people.enums import Subject
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.profiles.models import TutorProfile

SUBJECTS = dict(Subject.choices)

FORMATS = dict(Format.choices)


def visible_to(actor: Actor) -> QuerySet[TutorProfile]:
    """Profiles of the person's centres."""
    return TutorProfile.objects.filter(centre__in=actor.centre_ids).select_related("person", "centre__school")


def own(actor: Actor) -> QuerySet[TutorProfile]:
    """The person's own profiles, where they belong to the centre."""
    return visible_to(actor).filter(person=actor.person_id or 0)


def words(labels: dict[str, Any], slugs: Iterable[str]) -> list[Any]:
    """Labels of slugs in the order of the labels; slugs that are no more known are left out."""
    chosen = set(slugs)
    return [label for slug, label in labels.items() if slug in chosen]


def only_subject(person_id: int, centre_id: int) -> str:
    """What the tutor teaches, where it is one subject: it need not be asked. One query."""
    found = TutorProfile.objects.filter(person=person_id, centre=centre_id).values_list("subjects", flat=True).first()
    return found[0] if found and len(found) == 1 else ""
