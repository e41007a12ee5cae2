"""When tutors and rooms are taken, and when a tutor does not receive: what a new date is held against."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, tzinfo
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, TutorAbsence
from traektoria.consultations.slots.registries import Busy, busy_times
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.engines.days import is_public_holiday
from traektoria.engines.intervals import Interval
from traektoria.organisations.enums import PeriodKind
from traektoria.organisations.models import CalendarPeriod, School, TutorCentre
from traektoria.tutors.profiles.models import TutorProfile


def busy_tutors(tutors: Collection[int], span: Interval, *, without: int = 0) -> list[Busy]:
    """Dates of Hours that stand, and what other rooms know, of these tutors within ``span``."""
    rows = _held().all(tutors=tutors, since=span.start, until=span.end, without=without) if tutors else ()
    words = _("Hour of methodical help")
    held = [Busy(tutor, Interval(start, end), words) for tutor, start, end in rows]
    return held + [busy for times in busy_times for busy in times.of(tutors, span)]


@prepared
def _held() -> QuerySet[HelpDateTutor, Any]:
    rows = HelpDateTutor.objects.filter(
        tutor__in=Numbers("tutors"), live=True, start__lt=Given("until"), end__gt=Given("since")
    )
    return rows.exclude(date=Given("without")).order_by().values_list("tutor_id", "start", "end")


def busy_room(room: int | None, span: Interval, *, without: int = 0) -> list[Interval]:
    """When dates that stand have the room. One query."""
    if room is None:
        return []
    rows = _in_room().all(room=room, since=span.start, until=span.end, without=without)
    return [Interval(start, end) for start, end in rows]


@prepared
def _in_room() -> QuerySet[HelpDate, Any]:
    rows = HelpDate.objects.filter(
        room=Given("room"), state=DateState.STANDING, start__lt=Given("until"), end__gt=Given("since")
    )
    return rows.exclude(pk=Given("without")).order_by("start", "pk").values_list("start", "end")


@dataclass(frozen=True)
class Frame:
    """When a tutor receives: weekly hours by the clock of ``zone`` (none: at any hour) and days of absence."""

    weekly: tuple[tuple[int, time, time], ...]
    away: tuple[tuple[date, date, str], ...]
    zone: tzinfo

    def away_on(self, day: date) -> str | None:
        """The reason, which may be empty; None where the tutor is there."""
        return next((reason for first, last, reason in self.away if first <= day <= last), None)

    def covers(self, interval: Interval) -> bool:
        """Whether one of the weekly hours of that weekday holds all of it."""
        start, end = (timezone.localtime(moment, self.zone) for moment in (interval.start, interval.end))
        held = (
            weekday == start.weekday() and since <= start.time() and end.time() <= until
            for weekday, since, until in self.weekly
        )
        return not self.weekly or any(held)


def frames(tutors: Collection[int], centre_id: int, zone: tzinfo, first: date, last: date) -> dict[int, Frame]:
    """By tutor: the weekly hours of the profile, and the absences that touch these days. Two queries."""
    profiles = TutorProfile.objects.filter(person__in=tutors, centre=centre_id).values_list("person_id", "availability")
    weekly = {person: tuple(_weekly(rows)) for person, rows in profiles}
    absences: dict[int, list[tuple[date, date, str]]] = {}
    rows = TutorAbsence.objects.filter(tutor__in=tutors, cancelled_at=None, start__lte=last, end__gte=first)
    for tutor, start, end, reason in rows.values_list("tutor_id", "start", "end", "reason"):
        absences.setdefault(tutor, []).append((start, end, reason))
    return {one: Frame(weekly.get(one, ()), tuple(absences.get(one, ())), zone) for one in tutors}


def _weekly(rows: Iterable[dict[str, object]]) -> Iterable[tuple[int, time, time]]:
    for row in rows:
        start, end = (time.fromisoformat(str(row[name])) for name in ("start", "end"))
        yield int(str(row["weekday"])), start, end


@dataclass(frozen=True)
class Off:
    """School holidays of a place, and public ones."""

    periods: tuple[tuple[date, date, str], ...]

    def on(self, day: date) -> str:
        """The name of what keeps the day free; "" for a day like others."""
        if is_public_holiday(day):
            return _("public holiday")
        return next((name for first, last, name in self.periods if first <= day <= last), "")


def off_days(centre: TutorCentre, school: School | None, first: date, last: date) -> Off:
    """Of the centre, or as the school of the point has them: its own of the same name and year stand in. One query."""
    rows = CalendarPeriod.objects.filter(centre=centre, kind=PeriodKind.HOLIDAYS, start__lte=last, end__gte=first)
    rows = rows.filter(school__in=[school.pk]) | rows.filter(school=None) if school else rows.filter(school=None)
    found = list(rows.order_by("start"))
    own = {(one.year_id, one.name) for one in found if one.school_id}
    counted = [one for one in found if one.school_id or (one.year_id, one.name) not in own]
    return Off(tuple((one.start, one.end, one.name) for one in counted))


def span_of(dates: Collection[tuple[date, Interval]]) -> Interval:
    return Interval(min(one.start for _day, one in dates), max(one.end for _day, one in dates))
