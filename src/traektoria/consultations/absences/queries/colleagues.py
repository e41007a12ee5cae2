"""Who could receive on a date instead of somebody: tutors of the centre who are free and there, those of the subject
first, then who has more hours left in the month. Read once for any number of dates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.load.months import MonthLoad, loads_of, months_from
from traektoria.consultations.slots.models import HelpDate
from traektoria.consultations.slots.queries.busy import Frame, busy_tutors, frames
from traektoria.consultations.slots.registries import Busy
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.engines.intervals import Interval
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.routes.tutees.queries import tutor_names
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.statuses.queries import may_take_teachers

BEST = 5


@dataclass(frozen=True)
class Colleague:
    """``fits``: offers a subject of the date, or it is of any."""

    pk: int
    name: str
    fits: bool

    @property
    def words(self) -> str:
        return self.name if self.fits else _("%(name)s, who does not offer the subject") % {"name": self.name}


@dataclass(frozen=True)
class Colleagues:
    """Tutors of a centre, and what takes their time within a span."""

    zone: tzinfo
    names: Mapping[int, str]
    subjects: Mapping[int, frozenset[str]]
    months: Mapping[int, list[MonthLoad]]
    busy: Sequence[Busy]
    frames: Mapping[int, Frame]

    def is_free(self, pk: int, interval: Interval) -> bool:
        day = timezone.localdate(interval.start, self.zone)
        if self.frames[pk].away_on(day) is not None:
            return False
        return not any(one.tutor == pk and one.interval.clashes(interval) for one in self.busy)

    def instead(self, date: HelpDate) -> list[Colleague]:
        """The best of who does not receive on the date already. Reads the prefetched ``receives``."""
        there, wanted = {one.tutor_id for one in date.receives.all()}, set(date.hour.subjects)
        free = [pk for pk in self.names if pk not in there and self.is_free(pk, date.interval)]
        found = [Colleague(pk, self.names[pk], not wanted or bool(wanted & self._offers(pk))) for pk in free]
        return sorted(found, key=lambda one: (not one.fits, -self._left(one.pk)))[:BEST]

    def _offers(self, pk: int) -> frozenset[str]:
        return self.subjects.get(pk, frozenset())

    def _left(self, pk: int) -> int:
        left = self.months[pk][0].left if pk in self.months else None
        return -1 if left is None else left


def colleagues_of(centre: TutorCentre, span: Interval, away: Collection[int] = ()) -> Colleagues:
    """``away`` receive nobody, and their time is read too. A bounded number of queries."""
    zone = zones.zone(centre.municipality.time_zone)
    names = tutor_names([centre.pk])
    allowed = may_take_teachers(names, centre.pk) - set(away)
    first, last = (timezone.localdate(moment, zone) for moment in (span.start, span.end))
    people = {*allowed, *away}
    return Colleagues(
        zone,
        {pk: name for pk, name in names.items() if pk in allowed},
        {pk: frozenset(subjects) for pk, subjects in _offered(centre.pk, allowed)},
        loads_of(centre.pk, months_from(first, 1), zone),
        busy_tutors(people, span),
        frames(people, centre.pk, zone, first, last),
    )


def _offered(centre: int, tutors: Collection[int]) -> Sequence[tuple[int, list[str]]]:
    return _profiles().all(centre=centre, people=tutors) if tutors else []


@prepared
def _profiles() -> QuerySet[TutorProfile, Any]:
    rows = TutorProfile.objects.filter(centre=Given("centre"), person__in=Numbers("people"))
    return rows.values_list("person_id", "subjects")
