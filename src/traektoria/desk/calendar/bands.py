"""What days are besides: school holidays and exams of the calendar of the school year, public holidays of the law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from traektoria.core.joined_rows import Joined, marks
from traektoria.engines.days import is_public_holiday
from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.organisations.models import CalendarPeriod

SHOWN = (PeriodKind.HOLIDAYS, PeriodKind.EXAMS)
_PERIODS = Joined(CalendarPeriod)


@dataclass(frozen=True)
class Band:
    """Both days belong to it. ``proposed``: the dates wait for the coordinator's word."""

    start: date
    end: date
    label: str
    kind: str
    proposed: bool = False


def bands_of(centre_id: int | None, school_id: int | None, first: date, last: date) -> list[Band]:
    """From the day ``first`` until ``last`` and without it. A school's own period stands in for the centre's of
    the same name. One query."""
    return [*_periods(centre_id, school_id, first, last), *_public(first, last)]


def _periods(centre_id: int | None, school_id: int | None, first: date, last: date) -> Iterator[Band]:
    if not centre_id:
        return
    bounds = map(connection.ops.adapt_datefield_value, (last, first))
    found = _PERIODS.find(
        f"t.centre_id = %s AND t.kind IN ({marks(SHOWN)})"
        ' AND ((t.school_id IS NULL AND t.start < %s AND t."end" >= %s) OR t.school_id = %s)',
        centre_id, *SHOWN, *bounds, school_id or 0, order="t.start, t.id",
    )  # fmt: skip
    own = {(one.year_id, one.name) for one in found if one.school_id}
    for one in found:
        is_then = one.start < last and one.end >= first
        if is_then and (one.school_id or (one.year_id, one.name) not in own):
            yield Band(one.start, one.end, one.name, one.kind, not one.confirmed)


def _public(first: date, last: date) -> Iterator[Band]:
    """Days off that the government moves each year are not known here."""
    for shift in range((last - first).days):
        day = first + timedelta(days=shift)
        if is_public_holiday(day):
            yield Band(day, day, _("public holiday"), "public")


def on_day(bands: list[Band], day: date) -> list[Band]:
    return [one for one in bands if one.start <= day <= one.end]
