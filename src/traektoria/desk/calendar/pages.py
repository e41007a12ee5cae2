"""A page of the calendar, put together: days with their lines, and what leads on to other days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse

from traektoria.core.typography import ru_days, weekday
from traektoria.desk.calendar.bands import Band, bands_of, on_day
from traektoria.desk.calendar.lines import CalendarLine, by_day, lines_of
from traektoria.desk.calendar.scopes import Scope, centre_of, school_of
from traektoria.desk.calendar.spans import LABELS, Frame, Span
from traektoria.people.actor import Actor

BRIEF = 3
"""Lines of a day in a month."""


@dataclass(frozen=True)
class PageDay:
    """A day of the page. ``chosen``: the one that a telephone shows; ``inside``: of the month itself."""

    day: date
    lines: Sequence[CalendarLine]
    bands: list[Band]
    today: bool
    chosen: bool
    inside: bool
    url: str
    label: str

    @property
    def name(self) -> str:
        return weekday(self.day)

    @property
    def weekend(self) -> bool:
        return self.day.weekday() > 4

    @property
    def brief(self) -> Sequence[CalendarLine]:
        return self.lines[:BRIEF]

    @property
    def rest(self) -> int:
        return max(0, len(self.lines) - BRIEF)


@dataclass(frozen=True)
class Links:
    """Addresses of the same choice on other days and spans. ``who`` and ``kind`` are words of ours."""

    span: Span
    who: str
    kind: str

    def to(self, day: date, span: str | None = None) -> str:
        who, kind = self.who and f"&who={self.who}", self.kind and f"&kind={self.kind}"
        return f"{_path(span or self.span)}?day={day.isoformat()}{who}{kind}"

    def of(self, scope: Scope, day: date) -> str:
        """The week of somebody else."""
        return Links(Span.WEEK, scope.word, "").to(day)

    def tabs(self, day: date) -> list[tuple[str, str, bool]]:
        return [(self.to(day, span), str(label), span == self.span) for span, label in LABELS.items()]


@lru_cache(maxsize=8)
def _path(span: str) -> str:
    return reverse("desk:calendar_span", args=[str(span)])


@dataclass(frozen=True)
class CalendarPage:
    """``more``: there are lines that it does not show."""

    frame: Frame
    days: list[PageDay]
    more: bool

    @property
    def weeks(self) -> Iterator[list[PageDay]]:
        return (self.days[start : start + 7] for start in range(0, len(self.days), 7))

    @property
    def filled(self) -> list[PageDay]:
        """Days on which something is; for the list."""
        return [day for day in self.days if day.lines or day.bands]

    @property
    def is_empty(self) -> bool:
        return not any(day.lines for day in self.days)


def page_of(actor: Actor, scope: Scope, frame: Frame, today: date, links: Links) -> CalendarPage:
    """Two queries."""
    found = lines_of(actor, scope, frame.first, frame.last, links.kind)
    bands = bands_of(centre_of(scope, actor), school_of(scope, actor), frame.first, frame.last)
    lines = by_day(found.lines, frame.first, frame.last)
    labels = ru_days(frame.days)
    days = [_day(day, lines.get(day, ()), on_day(bands, day), frame, today, links, labels[day]) for day in frame.days]
    return CalendarPage(frame, days, found.more)


def _day(
    day: date, lines: Sequence[CalendarLine], bands: list[Band], frame: Frame, today: date, links: Links, label: str
) -> PageDay:
    """From a month a day leads to itself, else to itself in the same span, for the telephone."""
    inside = frame.span != Span.MONTH or day.replace(day=1) == frame.day.replace(day=1)
    url = links.to(day, Span.DAY if frame.span == Span.MONTH else None)
    return PageDay(day, lines, bands, day == today, day == frame.day, inside, url, label)
