"""How an occurrence stands on a day, in words: said on pages, on the desk and in reports alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.typography import counted, short_day
from traektoria.planning.plans.enums import OccurrenceState

SOON: Final = timedelta(days=14)
"""So far ahead is «soon»."""


class Now(StrEnum):
    DONE = "done"
    LATE = "late"
    """Done after its last day."""
    MISSED = "missed"
    RUNNING = "running"
    SOON = "soon"
    AHEAD = "ahead"
    CANCELLED = "cancelled"


LOOKS: Final[dict[str, tuple[str, str]]] = {
    Now.DONE: ("success", "check"),
    Now.LATE: ("success", "check"),
    Now.MISSED: ("danger", "clock-alert"),
    Now.RUNNING: ("info", "hourglass"),
    Now.SOON: ("warning", "calendar-clock"),
    Now.AHEAD: ("neutral", "calendar"),
    Now.CANCELLED: ("neutral", "x"),
}
"""Kind and icon of the chip of each."""


def standing(state: str, start: date | None, due: date | None, done_on: date | None, today: date) -> Now:
    if state == OccurrenceState.DONE:
        return Now.LATE if due and done_on and done_on > due else Now.DONE
    if state == OccurrenceState.CANCELLED:
        return Now.CANCELLED
    if due and due < today:
        return Now.MISSED
    if start is None or start <= today:
        return Now.RUNNING if start or (due and due - today <= SOON) else Now.AHEAD
    return Now.SOON if start - today <= SOON else Now.AHEAD


@dataclass(frozen=True)
class StandingChip:
    """A chip: its kind, its icon, its words."""

    now: Now
    words: str

    @property
    def look(self) -> tuple[str, str]:
        return LOOKS[self.now]


def said(state: str, start: date | None, due: date | None, done_on: date | None, today: date) -> StandingChip:
    """«Выполнено 15 января, с опозданием 6 дней», «просрочено на 3 дня», «идёт, до 30 декабря»."""
    now = standing(state, start, due, done_on, today)
    return StandingChip(now, _words(now, start, due, done_on, today))


def overdue(times: int, oldest: date, today: date) -> str:
    """«Просрочено на 3 дня» of what was missed once, «просрочено: 4 раза» of what was missed more often."""
    if times > 1:
        return counted(times, "overdue: %(n)s time", "overdue: %(n)s times")
    return counted((today - oldest).days, "overdue by %(n)s day", "overdue by %(n)s days")


def _words(now: Now, start: date | None, due: date | None, done_on: date | None, today: date) -> str:
    when = {"day": short_day(due or start, today), "done": short_day(done_on, today)}
    if now is Now.DONE:
        return _("done on %(done)s") % when
    if now is Now.LATE and due and done_on:
        late = counted((done_on - due).days, "%(n)s day after the deadline", "%(n)s days after the deadline")
        return _("done on %(done)s, %(late)s") % {**when, "late": late}
    if now is Now.CANCELLED:
        return _("cancelled")
    if now is Now.MISSED and due:
        return overdue(1, due, today)
    if now is Now.RUNNING:
        return _("under way, until %(day)s") % when if due else _("under way")
    from_day = {"day": short_day(start, today)}
    return _("from %(day)s") % from_day if start else _("until %(day)s") % when
