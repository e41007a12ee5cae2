"""What a tutor offers, and the places left."""

from dataclasses import dataclass
from typing import Any

from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import SupportRules
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.policies import places
from traektoria.tutors.profiles.queries import FORMATS, SUBJECTS, words
from traektoria.tutors.statuses.models import TutorStatus
from traektoria.tutors.statuses.queries import loads


@dataclass(frozen=True)
class Offered:
    """``places`` are those that the profile allows (without one: as many as the regulation usually gives); ``free`` of
    them are left."""

    profile: TutorProfile | None
    load: int
    places: int

    @property
    def free(self) -> int:
        return max(0, self.places - self.load)

    @property
    def subjects(self) -> list[Any]:
        return words(SUBJECTS, self.profile.subjects) if self.profile else []

    @property
    def formats(self) -> list[Any]:
        return words(FORMATS, self.profile.formats) if self.profile else []


def offered_by(status: TutorStatus) -> Offered:
    """Two queries and those of the loads."""
    centre_id, person_id = status.centre_id, status.person_id
    profile = TutorProfile.objects.filter(centre=centre_id, person=person_id).first()
    rules = rules_of(regulation_in_force(centre_id)).support
    return Offered(profile, loads(centre_id, [person_id])[person_id], places_in(profile, rules))


def places_in(profile: TutorProfile | None, rules: SupportRules) -> int:
    return places(profile.teachers_at_once, profile.hours_a_month, rules) if profile else rules.teachers_at_once
