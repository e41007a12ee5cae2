"""The list of a centre's tutors, with what each offers and the places left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.reading import rules_of
from traektoria.organisations.regulations.schema import SupportRules
from traektoria.people.models import Person
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.policies import places
from traektoria.tutors.profiles.queries import FORMATS, SUBJECTS, words
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import TutorStatus
from traektoria.tutors.statuses.queries import loads


@dataclass(frozen=True)
class Listed:
    """A tutor in the list; without ``status`` where the role is older than statuses. ``places`` are those that the
    profile allows (without one: as many as the regulation usually gives); ``free`` of them are left."""

    person: Person
    status: TutorStatus | None
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


def listed(statuses: Sequence[TutorStatus], others: Sequence[Person], centre_id: int) -> list[Listed]:
    """Statuses of one centre, and ``others`` without one, with profiles and loads, alphabetically. Two queries and
    those of the loads."""
    found: list[tuple[Person, TutorStatus | None]] = [(one.person, one) for one in statuses]
    found += [(person, None) for person in others]
    ids = [person.pk for person, _status in found]
    kept = {row.person_id: row for row in TutorProfile.objects.filter(centre=centre_id, person__in=ids)}
    taken, rules = loads(centre_id, ids), rules_of(regulation_in_force(centre_id)).support
    rows = [_listed(person, status, kept.get(person.pk), taken.get(person.pk, 0), rules) for person, status in found]
    return sorted(rows, key=lambda row: (row.person.sort_name, row.person.pk))


def _listed(
    person: Person, status: TutorStatus | None, profile: TutorProfile | None, load: int, rules: SupportRules
) -> Listed:
    allowed = places(profile.teachers_at_once, profile.hours_a_month, rules) if profile else rules.teachers_at_once
    return Listed(person, status, profile, load, allowed)


def chosen(rows: Iterable[Listed], *, subject: str = "", form: str = "", free: bool = False) -> list[Listed]:
    """Those who offer the subject and the format and, where asked, may take one more teacher."""
    return [
        row
        for row in rows
        if (not subject or (row.profile and subject in row.profile.subjects))
        and (not form or (row.profile and form in row.profile.formats))
        and (not free or (row.free and _takes(row.status)))
    ]


def _takes(status: TutorStatus | None) -> bool:
    return status is None or status.state == StatusState.ACTIVE
