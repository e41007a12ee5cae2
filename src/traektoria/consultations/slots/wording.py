"""When an Hour comes, in words: «каждую неделю, по вторникам, 15:00–16:30»."""

from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.enums import HourRepeat, SlotWay
from traektoria.consultations.slots.models import HelpDate
from traektoria.core.typography import ru_day
from traektoria.engines.recurrence import LAST, interval_on, nth_of
from traektoria.organisations import zones

ON_WEEKDAYS = (
    gettext_lazy("on Mondays"),
    gettext_lazy("on Tuesdays"),
    gettext_lazy("on Wednesdays"),
    gettext_lazy("on Thursdays"),
    gettext_lazy("on Fridays"),
    gettext_lazy("on Saturdays"),
    gettext_lazy("on Sundays"),
)
NTH = (
    gettext_lazy("Monday number %(number)s of each month"),
    gettext_lazy("Tuesday number %(number)s of each month"),
    gettext_lazy("Wednesday number %(number)s of each month"),
    gettext_lazy("Thursday number %(number)s of each month"),
    gettext_lazy("Friday number %(number)s of each month"),
    gettext_lazy("Saturday number %(number)s of each month"),
    gettext_lazy("Sunday number %(number)s of each month"),
)
LAST_OF_MONTH = (
    gettext_lazy("last Monday of each month"),
    gettext_lazy("last Tuesday of each month"),
    gettext_lazy("last Wednesday of each month"),
    gettext_lazy("last Thursday of each month"),
    gettext_lazy("last Friday of each month"),
    gettext_lazy("last Saturday of each month"),
    gettext_lazy("last Sunday of each month"),
)


def rule_words(repeat: str, first_day: date, start: time, end: time) -> str:
    return f"{_days(repeat, first_day)}, {start:%H:%M}–{end:%H:%M}"


def hours(start: datetime, end: datetime) -> str:
    """«15:00–16:30» by the clock of whoever reads."""
    return _hours(start, end, timezone.get_current_timezone())


@lru_cache(maxsize=4096)
def _hours(start: datetime, end: datetime, zone: tzinfo) -> str:
    """Lists say the same few times again and again."""
    return f"{timezone.localtime(start, zone):%H:%M}–{timezone.localtime(end, zone):%H:%M}"


def when(start: datetime, end: datetime) -> str:
    """«2 декабря 2026, ср, 15:00–16:30» by the clock of whoever reads."""
    return _when(start, end, timezone.get_current_timezone(), get_language())


@lru_cache(maxsize=4096)
def _when(start: datetime, end: datetime, zone: tzinfo, _language: str | None) -> str:
    return f"{ru_day(timezone.localtime(start, zone))}, {_hours(start, end, zone)}"


def place_words(way: str, point: ConsultationPoint | None, room: PointRoom | None) -> str:
    """«СОШ № 3, каб. 12», «по видео»."""
    return ", ".join(part.name for part in (point, room) if part) or str(SlotWay(way).label)


def moment_by_rule(one: HelpDate) -> datetime:
    """When the date would begin had it not been moved, by the rule under which it was made."""
    if one.original is not None:
        return one.original
    return interval_on(one.day, one.hour.start, one.hour.end, zones.zone(one.hour.zone)).start


def _days(repeat: str, first_day: date) -> str:
    weekday, number = first_day.weekday(), nth_of(first_day)
    if repeat == HourRepeat.BY_HAND:
        return _("on chosen dates")
    if repeat == HourRepeat.WEEKLY:
        return str(ON_WEEKDAYS[weekday])
    if repeat == HourRepeat.FORTNIGHTLY:
        return _("every second week %(days)s") % {"days": ON_WEEKDAYS[weekday]}
    if number == LAST:
        return str(LAST_OF_MONTH[weekday])
    return str(NTH[weekday]) % {"number": number}
