"""When tutors and rooms are taken, and when a tutor does not receive: what a new date is held against."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any, Final

from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.consultations.slots.enums import DateState
from traektoria.consultations.slots.models import HelpDate, HelpDateTutor, TutorAbsence
from traektoria.consultations.slots.registries import Busy, busy_times
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.engines.days import is_public_holiday
from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.engines.intervals import Interval
from traektoria.organisations.models import CalendarPeriod, School, TutorCentre
from traektoria.tutors.profiles.models import TutorProfile

HELD: Final = "held"
_WORDS: Final = gettext_lazy("Hour of methodical help")


def busy_tutors(tutors: Collection[int], span: Interval, *, without: int = 0) -> list[Busy]:
    """Dates of Hours that stand, but for one, and what other rooms know, of these tutors within ``span``. One query."""
    if not tutors:
        return []
    rows = _busy(busy_sources(span)).all(people=tutors, since=span.start, until=span.end, without=without)
    return busy_of(rows)


def busy_sources(span: Interval) -> tuple[str, ...]:
    """Which rooms are asked of it."""
    return tuple([times.slug for times in busy_times if times.asked(span)])


def busy_rows(sources: tuple[str, ...]) -> list[QuerySet[Any, Any]]:
    """To be read together: person, start, end, words, source. Asked with people, since, until, without (a date)."""
    held = HelpDateTutor.objects.filter(
        tutor__in=Numbers("people"), live=True, start__lt=Given("until"), end__gt=Given("since")
    ).exclude(date=Given("without"))
    asked: list[tuple[str, QuerySet[Any], tuple[str, ...]]] = [(HELD, held, ("tutor_id", "start", "end"))]
    asked += [(times.slug, times.rows(), times.columns) for times in busy_times if times.slug in sources]
    return [together(rows, slug, *columns) for slug, rows, columns in asked]


def together(rows: QuerySet[Any], slug: str, *columns: Any) -> QuerySet[Any, Any]:
    """As one of several that are read in one statement: person, start, end, words, source."""
    words: Any = columns[3:] or [Value("")]
    return rows.order_by().values_list(*columns[:3], *words, Value(slug))


def busy_of(rows: Iterable[tuple[int, datetime, datetime, str, str]]) -> list[Busy]:
    """In the order of their sources."""
    words = {HELD: _WORDS} | {times.slug: times.words for times in busy_times}
    order = list(words)
    found = sorted(rows, key=lambda row: order.index(row[4]))
    return [Busy(person, Interval(start, end), said or str(words[slug])) for person, start, end, said, slug in found]


@prepared
def _busy(sources: tuple[str, ...]) -> QuerySet[Any, Any]:
    first, *others = busy_rows(sources)
    return first.union(*others, all=True)


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
