"""How many hours of a month a tutor has given and has before them, against what they offer: one statement of ours.

A month is that of the centre's clock. Withdrawn and dropped hours are in no source; an hour for a group is one hour of
its tutor. A tutor of two centres has a profile, and hours, in each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from traektoria.consultations.load.registries import load_sources
from traektoria.core.joined_rows import rows_of
from traektoria.engines.days import months_later

LIMIT, GIVEN, PLANNED = "limit", "given", "planned"
HOUR: Final = 60
MINUTES: Final = {
    "sqlite": 'CAST(ROUND((julianday("finish") - julianday("start")) * 1440) AS INTEGER)',
    "postgresql": 'CAST(ROUND(EXTRACT(EPOCH FROM ("finish" - "start")) / 60) AS INTEGER)',
}


@dataclass(frozen=True)
class MonthLoad:
    """Minutes of one tutor in one month (``first`` is its first day); ``limit`` None where no profile says it."""

    first: date
    given: int = 0
    planned: int = 0
    limit: int | None = None

    @property
    def taken(self) -> int:
        return self.given + self.planned

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(self.limit - self.taken, 0)

    @property
    def over(self) -> int:
        """By how much more than the tutor offers."""
        return 0 if self.limit is None else max(self.taken - self.limit, 0)


def months_from(first: date, number: int) -> list[date]:
    return [months_later(first.replace(day=1), step) for step in range(number)]


def loads_of(centre_id: int, months: Sequence[date], zone: tzinfo) -> dict[int, list[MonthLoad]]:
    """By tutor: a load for each of these months, which follow each other. Who has neither hours nor a profile is not in
    it. One query."""
    edges = [_midnight(day, zone) for day in (*months, months_later(months[-1], 1))]
    found = _found(centre_id, edges)
    limits = {tutor: minutes for tutor, what, _at, minutes in found if what == LIMIT}
    sums = {(tutor, what, at): int(minutes) for tutor, what, at, minutes in found}
    return {
        tutor: [
            MonthLoad(day, sums.get((tutor, GIVEN, at), 0), sums.get((tutor, PLANNED, at), 0), limits.get(tutor))
            for at, day in enumerate(months)
        ]
        for tutor in sorted({row[0] for row in found})
    }


def month_of(centre_id: int, tutor_id: int, day: date, zone: tzinfo) -> MonthLoad:
    """Of one tutor in the month of ``day``. One query."""
    first = day.replace(day=1)
    return loads_of(centre_id, [first], zone).get(tutor_id, [MonthLoad(first)])[0]


def _found(centre_id: int, edges: Sequence[datetime]) -> list[tuple[Any, ...]]:
    """(tutor, what, place of the month, minutes)."""
    said = [_plain(edge) for edge in edges]
    params: list[Any] = [centre_id]
    for source in load_sources:
        first = max(edges[0], timezone.now()) if source.planned else edges[0]
        params += [*said[1:-1], centre_id, _plain(first), said[-1]]
    return rows_of(_statement(len(edges) - 1, connection.vendor), *params)


def _plain(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


@lru_cache(maxsize=8)
def _statement(months: int, vendor: str) -> str:
    """Written once: limits of profiles, and a part for each source."""
    cases = " ".join(f'WHEN "start" < %s THEN {at}' for at in range(months - 1))
    month = f"CASE {cases} ELSE {months - 1} END" if cases else "0"
    limits = (
        f"SELECT person_id AS tutor, '{LIMIT}' AS what, 0 AS month, hours_a_month * {HOUR} AS minutes "  # noqa: S608
        "FROM tutors_tutorprofile WHERE centre_id = %s"
    )
    parts = [
        f"SELECT tutor, '{PLANNED if one.planned else GIVEN}' AS what, {month} AS month, {MINUTES[vendor]} AS minutes "  # noqa: S608
        f'FROM ({one.select}) AS {one.slug} WHERE centre = %s AND "start" >= %s AND "start" < %s'
        for one in load_sources
    ]
    union = " UNION ALL ".join([limits, *parts])
    return f"SELECT tutor, what, month, SUM(minutes) FROM ({union}) AS parts GROUP BY tutor, what, month"  # noqa: S608
