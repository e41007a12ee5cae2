"""Who could receive on a date instead of somebody: tutors of the centre who are free and there, those of the subject
first, then who has more hours left in the month. Read once for any number of dates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import tzinfo
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.load.months import MonthLoad, loads_of, months_from
from traektoria.consultations.slots.models import HelpDate
from traektoria.consultations.slots.queries.busy_times import busy_tutors
from traektoria.consultations.slots.queries.receivers import absences_of
from traektoria.consultations.slots.registries import Busy
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.engines.intervals import Interval
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import short_name
from traektoria.routes.tutees.queries import tutors_of
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.statuses.queries import out_of_force

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
    away: Mapping[int, Sequence[tuple[Day, Day]]]

    def is_free(self, pk: int, interval: Interval) -> bool:
        day = timezone.localdate(interval.start, self.zone)
        if any(first <= day <= last for first, last in self.away.get(pk, ())):
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
    rows = _tutors().all(centre=centre.pk, centres=[centre.pk], today=timezone.localdate())
    gone = {*out_of_force([row[0] for row in rows], centre.pk), *away}
    there = [row for row in rows if row[0] not in gone]
    first, last = (timezone.localdate(moment, zone) for moment in (span.start, span.end))
    people = {*(row[0] for row in there), *away}
    return Colleagues(
        zone,
        {pk: short_name(*name) for pk, _subjects, *name in there},
        {pk: frozenset(subjects or ()) for pk, subjects, *_name in there},
        loads_of(centre.pk, months_from(first, 1), zone),
        busy_tutors(people, span),
        absences_of(people, first, last),
    )


@prepared
def _tutors() -> QuerySet[Any, Any]:
    """Who holds the role in the centre, with the subjects of the profile there."""
    offers = TutorProfile.objects.filter(person=OuterRef("pk"), centre=Given("centre")).values("subjects")[:1]
    rows = tutors_of(Numbers("centres"), Given("today")).annotate(offers=Subquery(offers))
    return rows.values_list("pk", "offers", "surname", "given", "patronymic")
