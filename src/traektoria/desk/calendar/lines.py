"""What is fixed in a span of days for a person, a school, a place or a centre: one query of ``core.Engagement``.

What it is, is read by its parties, by the coordinator of its centre, and by whom its ``seen`` lets in; everybody else
who may look at the person or the place reads that the time is taken.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Final

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.engagements import EngagementKind, EngagementRead, kinds
from traektoria.core.joined_rows import marks
from traektoria.core.models import EngagementState, Seen
from traektoria.desk.calendar.scopes import Scope
from traektoria.organisations import zones
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import short_name

MOST_SHOWN: Final = 500
"""Lines of a page at most: it says where there are more."""
READS, PUBLISHED, BY_SCHOOL = 1, 3, 2
"""Who reads what it is: its parties and the coordinator; the centre where it is published; the heads of the school that
asked for it."""
AS: Final = {PUBLISHED: Seen.CENTRE, BY_SCHOOL: Seen.SCHOOL}
_SQL: Final = """
SELECT e.kind, e.object_id, e.part, e.addressee, e.main, e.facts, e.start, e."end", e.zone, e.all_day, e.open_end,
       e.state, e.busy, w.surname, w.given, w.patronymic, a.surname, a.given, a.patronymic,
       CASE WHEN e.person_id = %s OR {reads} OR EXISTS (
         SELECT 1 FROM core_engagement m
         WHERE m.object_kind = e.object_kind AND m.object_id = e.object_id AND m.part = e.part AND m.addressee = %s
           AND m.state <> %s
       ) THEN 1 WHEN {published} THEN 3 WHEN {school} THEN 2 ELSE 0 END
FROM core_engagement e
LEFT JOIN people_person w ON w.id = e.person_id
LEFT JOIN people_person a ON a.id = e.about_id
WHERE {scope} AND e."end" > %s AND e.start < %s AND e.state <> %s {kind}
ORDER BY e.start, e.id LIMIT %s
"""


@dataclass(frozen=True)
class CalendarLine:
    """``who`` is the person whose time it is, ``about`` the other one; both empty where they go without saying.
    ``url`` is empty where there is nothing more to read. ``start`` and ``end`` are by the clock of the page;
    ``there`` says it by the clock of the place where that is another one. ``clash``: whose time it is, has another
    thing then."""

    start: datetime
    end: datetime
    all_day: bool
    open_end: bool
    tentative: bool
    taken: bool
    title: str
    where: str
    who: str
    about: str
    url: str
    there: str
    to: str
    busy: bool
    clash: bool = False

    @property
    def hours(self) -> str:
        """«14:00–15:00», «с 14:00»."""
        if self.all_day:
            return _("all day")
        if self.open_end:
            return _("from %(time)s") % {"time": f"{self.start:%H:%M}"}
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    @property
    def begins(self) -> str:
        """«14:00», for where there is no room."""
        return "" if self.all_day else f"{self.start:%H:%M}"

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that it touches."""
        first, last = self.start.date(), self.end.date()
        return first, last if self.end.time() != time() or last == first else _before(last)


@dataclass(frozen=True)
class CalendarFound:
    """``more``: there are lines that are not shown."""

    lines: list[CalendarLine]
    more: bool


def lines_of(actor: Actor, scope: Scope, first: date, last: date, kind: str = "") -> CalendarFound:
    """Lines from the day ``first`` until ``last`` and without it, the earliest first. One query. Of one ``kind`` only
    what the person may read: else the choice would say of what is merely taken which kind it is."""
    here = timezone.get_current_timezone()
    rows = _rows(actor, scope, _midnight(first, here), _midnight(last, here), kind)
    known = kinds()
    lines = [_line(row, scope, here, known) for row in rows[:MOST_SHOWN]]
    shown = [one for one in lines if not (kind and one.taken)]
    return CalendarFound(_marked(shown), len(rows) > MOST_SHOWN)


def _marked(lines: list[CalendarLine]) -> list[CalendarLine]:
    """Lines that take the time of the same person or place at once say so, while it is not past."""
    latest: dict[str, int] = {}
    now = timezone.now()
    for number, line in enumerate(lines):
        if not line.busy or line.end <= now:
            continue
        last = latest.get(line.to)
        if last is not None and lines[last].end > line.start:
            lines[last], lines[number] = replace(lines[last], clash=True), replace(line, clash=True)
        if last is None or lines[last].end < line.end:
            latest[line.to] = number
    return lines


def _rows(actor: Actor, scope: Scope, start: Any, end: Any, kind: str) -> Sequence[tuple[Any, ...]]:
    kept, of = (_in(centres) for centres in (actor.centres(Role.COORDINATOR), actor.centre_ids))
    where, values = scope.condition()
    heads = scope.school_id in actor.schools(*HEADS)
    sql = _SQL.format(
        reads=kept[0], published=f"({of[0]} AND e.seen = %s)", school="e.seen = %s" if heads else "1 = 0", scope=where,
        kind="AND e.kind = %s" if kind else "",
    )  # fmt: skip
    cancelled = str(EngagementState.CANCELLED)
    own, school = f"person:{actor.person_id}", [str(Seen.SCHOOL)] if heads else []
    params = [
        actor.person_id, *kept[1], own, cancelled, *of[1], str(Seen.CENTRE), *school, *values, start, end, cancelled,
        *([kind] if kind else []),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, MOST_SHOWN + 1])
        return list(cursor.fetchall())


def _in(centres: Collection[int]) -> tuple[str, list[int]]:
    """SQL of «is of one of these centres», with its values."""
    return f"e.centre_id IN ({marks(centres)})" if centres else "1 = 0", sorted(centres)


def _line(row: tuple[Any, ...], scope: Scope, here: tzinfo, known: Mapping[str, EngagementKind]) -> CalendarLine:
    slug, object_id, part, to, main, facts, start, end, zone, all_day, open_end, state, busy, *rest = row
    facts = _facts(facts)
    who, about, reads = (
        _name(rest[:3]),
        _name(rest[3:6]),
        rest[6] in (READS, PUBLISHED) or (rest[6] and _of_school(facts, to, scope)),
    )
    start, end, kind = moment(start).astimezone(here), moment(end).astimezone(here), known.get(slug)
    title, where, url = "", "", ""
    if kind is not None and reads:
        read = EngagementRead(object_id, part, to, bool(main), about, facts)
        title, where, url = (said := kind.words(read)).title, said.where, said.url
        url = url if rest[6] == READS or AS[rest[6]] in kind.pages else ""
    return CalendarLine(
        start=start,
        end=end,
        all_day=bool(all_day),
        open_end=bool(open_end),
        tentative=state == EngagementState.TENTATIVE,
        taken=not reads,
        title=title if reads else _("taken"),
        where=where,
        who=who if scope.names else "",
        about=about if reads else "",
        url=url,
        there="" if all_day else _there(start, zone, here),
        to=to,
        busy=bool(busy),
    )


def _of_school(facts: Mapping[str, Any], to: str, scope: Scope) -> bool:
    """The time of the school itself, or what it asked for: a teacher of two schools has other things, too."""
    return to == scope.word or facts.get("school") == scope.school_id


def _there(start: datetime, zone: str, here: tzinfo) -> str:
    """«16:00» of the place, where its clock says another time."""
    local = start.astimezone(zones.zone(zone)) if zone else start
    return f"{local:%H:%M}" if local.utcoffset() != start.utcoffset() else ""


def moment(value: datetime | str) -> datetime:
    """SQLite gives what stands in the column, in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _facts(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value  # type: ignore[no-any-return]


def _name(parts: Sequence[str | None]) -> str:
    return short_name(*map(str, parts)) if parts[0] else ""


def _midnight(day: date, here: tzinfo) -> Any:
    return connection.ops.adapt_datetimefield_value(datetime.combine(day, time(), here))


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def by_day(lines: Sequence[CalendarLine], first: date, last: date) -> dict[date, list[CalendarLine]]:
    """Each line under every day that it touches."""
    found: dict[date, list[CalendarLine]] = {}
    for line in lines:
        for day in _touched(line, first, last):
            found.setdefault(day, []).append(line)
    return found


def _touched(line: CalendarLine, first: date, last: date) -> Iterator[date]:
    start, end = line.days
    for number in range(max(start, first).toordinal(), min(end, _before(last)).toordinal() + 1):
        yield date.fromordinal(number)
