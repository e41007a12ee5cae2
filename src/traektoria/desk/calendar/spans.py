"""What part of the calendar a page shows: a day, a week, a month, or the coming days one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from traektoria.core.typography import ru_day, short_day

DAY = timedelta(days=1)
AHEAD = 30
"""Days of the agenda."""
EARLIEST, LATEST = date(2000, 1, 3), date(2100, 1, 1)


class Span(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    AGENDA = "agenda"


LABELS = {Span.DAY: _("Day"), Span.WEEK: _("Week"), Span.MONTH: _("Month"), Span.AGENDA: _("List")}


@dataclass(frozen=True)
class Frame:
    """Days from ``first`` until ``last`` and without it, around ``day``."""

    span: Span
    day: date
    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        return (self.first + DAY * shift for shift in range((self.last - self.first).days))

    @property
    def weeks(self) -> Iterator[list[date]]:
        days = list(self.days)
        return (days[start : start + 7] for start in range(0, len(days), 7))

    @property
    def previous(self) -> date:
        if self.span == Span.MONTH:
            return (self.day.replace(day=1) - DAY).replace(day=1)
        return self.day - (self.last - self.first)

    @property
    def following(self) -> date:
        if self.span == Span.MONTH:
            return (self.day.replace(day=1) + DAY * 31).replace(day=1)
        return self.day + (self.last - self.first)

    @property
    def title(self) -> str:
        """«7–13 сентября 2026», «сентябрь 2026»."""
        if self.span == Span.DAY:
            return ru_day(self.day)
        if self.span == Span.MONTH:
            return f"{MONTHS[self.day.month]} {self.day.year}"
        end = self.last - DAY
        begins = str(self.first.day) if (self.first.year, self.first.month) == (end.year, end.month) else None
        return f"{begins or short_day(self.first, end)} – {short_day(end, EARLIEST)}"


def frame(span: Span, day: date) -> Frame:
    return _frame(span, day, get_language())


@lru_cache(maxsize=256)
def _frame(span: Span, day: date, _language: str | None) -> Frame:
    if span == Span.WEEK:
        first = monday(day)
        return Frame(span, day, first, first + DAY * 7)
    if span == Span.MONTH:
        first, end = monday(day.replace(day=1)), (day.replace(day=1) + DAY * 31).replace(day=1) - DAY
        return Frame(span, day, first, monday(end) + DAY * 7)
    return Frame(span, day, day, day + DAY * (AHEAD if span == Span.AGENDA else 1))


def monday(day: date) -> date:
    return day - DAY * day.weekday()


def asked_day(text: str) -> date:
    """The day of the address; today where it is none that a calendar shows."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return day if EARLIEST <= day <= LATEST else timezone.localdate()
