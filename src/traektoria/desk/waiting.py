"""What waits for a person, read from ``core.Waiting`` in one query, whatever the number of rooms, objects and years."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from traektoria.core.registries import DeskGroup, DeskLine, Waited, WaitingKind
from traektoria.core.waiting import kinds
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.people.models import short_name

MOST_SHOWN: Final = 30
"""Lines of one kind, the most urgent first."""

_SQL: Final = """
SELECT f.kind, f.object_id, f.centre_id, f.facts, f.first_due, f.first_since, f.number,
       p.surname, p.given, p.patronymic
FROM (
  SELECT w.*, COUNT(*) OVER sums AS number,
         CASE WHEN w.kind IN ({sums}) THEN MIN(w.due) OVER sums ELSE w.due END AS first_due,
         CASE WHEN w.kind IN ({sums}) THEN MIN(w.since) OVER sums ELSE w.since END AS first_since,
         ROW_NUMBER() OVER (PARTITION BY w.kind ORDER BY w.due IS NULL, w.due, w.since, w.id) AS place
  FROM (
    SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.kind, x.object_id ORDER BY x.id) AS once
    FROM core_waiting x
    WHERE x.addressee IN ({addresses}) AND x.not_for NOT LIKE %s
      AND (x.shows_from IS NULL OR x.shows_from <= {today}) AND (x.shows_until IS NULL OR x.shows_until >= {today})
  ) w
  WHERE w.once = 1
  WINDOW sums AS (PARTITION BY w.kind)
) f
LEFT JOIN people_person p ON p.id = f.about_id
WHERE f.place = 1 OR (f.place <= %s AND f.kind NOT IN ({sums}))
ORDER BY f.place, f.id
"""


def lines_of(actor: Actor, today: date, begins: str = "") -> list[DeskLine]:
    """Lines in the order of their kinds, the most urgent of each first. One query; none for who has no roles.
    ``begins``: only kinds whose slug begins so."""
    known = {slug: kind for slug, kind in kinds().items() if slug.startswith(begins)}
    found = [(kind, row) for row in _rows(actor, today, known) if (kind := known.get(row.kind))]
    found.sort(key=lambda pair: (pair[0].order, pair[0].slug))
    return [_line(kind, row.waited) for kind, row in found]


@dataclass(frozen=True)
class _Row:
    kind: str
    waited: Waited


def _rows(actor: Actor, today: date, known: Mapping[str, WaitingKind]) -> Iterator[_Row]:
    if not actor.addresses:
        return
    days = _days(actor, today)
    names = {grant.centre_id: grant.centre_name for grant in actor.grants if grant.centre_id}
    sums = [kind.slug for kind in known.values() if kind.sums] or [""]
    day, day_values = _day(days, today)
    sql = _SQL.format(sums=_marks(sums), addresses=_marks(actor.addresses), today=day)
    values = [*sums, *sums, *actor.addresses, f"% {actor.person_id} %", *day_values, *day_values, MOST_SHOWN, *sums]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for kind, object_id, centre_id, facts, due, since, number, *name in cursor.fetchall():
            waited = Waited(
                object_id=object_id,
                centre=names.get(centre_id, ""),
                name=short_name(*name) if name[0] else "",
                facts=json.loads(facts) if isinstance(facts, str) else facts,
                due=date.fromisoformat(due) if isinstance(due, str) else due,
                since=_moment(since),
                today=days.get(centre_id, today),
                number=number,
            )
            yield _Row(kind, waited)


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _days(actor: Actor, today: date) -> dict[int | None, date]:
    """The day in each centre of the person where it is not the day of the page."""
    home = actor.home.time_zone if actor.home else ""
    away = {one.centre_id: one.time_zone for one in actor.grants if one.centre_id and one.time_zone != home}
    return {centre: timezone.localdate(timezone=zones.zone(name)) for centre, name in away.items()}


def _day(days: Mapping[int | None, date], today: date) -> tuple[str, list[Any]]:
    """SQL of the day of the row's centre."""
    if not days:
        return "%s", [today]
    whens = " ".join("WHEN %s THEN %s" for _centre in days)
    values = [value for pair in days.items() for value in pair]
    return f"CASE x.centre_id {whens} ELSE %s END", [*values, today]


def _moment(value: datetime | str) -> datetime:
    """SQLite gives what stands in the column, in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(kind: WaitingKind, row: Waited) -> DeskLine:
    said, group = kind.words(row), kind.grouped(row)
    late = row.due is not None and row.due < row.today and group != DeskGroup.DONE
    return DeskLine(group, said.what, said.who, said.url, said.action, row.due, late)
