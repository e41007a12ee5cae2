"""The public register of tutors: only in force, only with the person's consent, only name, subjects and term."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Consent
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.queries import SUBJECTS, words
from traektoria.tutors.statuses.queries import tutors_in_force


@dataclass(frozen=True)
class Entry:
    """A line of the register; ``end`` is None where the status has no term. The number of the person is not shown."""

    person_id: int
    name: str
    subjects: list[Any]
    start: date
    end: date | None


def register_of(centre: TutorCentre) -> list[Entry]:
    """The entries of a centre, alphabetically. Two queries."""
    consents = Consent.objects.filter(
        person=OuterRef("person"), centre=centre, kind=ConsentKind.REGISTER, withdrawn_at__isnull=True
    )
    rows = list(tutors_in_force(centre, timezone.localdate()).filter(Exists(consents)))
    profiles = TutorProfile.objects.filter(centre=centre, person__in=[row.person_id for row in rows])
    subjects = {row.person_id: words(SUBJECTS, row.subjects) for row in profiles}
    return [
        Entry(row.person_id, row.person.full_name, subjects.get(row.person_id, []), row.start, row.end) for row in rows
    ]
