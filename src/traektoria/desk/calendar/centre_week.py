"""The week of a centre on one screen: a row for each tutor, a column for each day.

One query, whatever the number of teachers: read are the rows of who holds a thing (``Engagement.main``) and those of
the tutors; hours one after another are one line.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any, Final

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.engagements import kinds
from traektoria.core.joined_rows import marks
from traektoria.core.models import EngagementState, Seen
from traektoria.core.typography import local_day, ru_day, weekday
from traektoria.desk.calendar.bands import Band, bands_of, on_day
from traektoria.desk.calendar.lines import moment
from traektoria.desk.calendar.pages import Links
from traektoria.desk.calendar.scopes import Scope, ScopeGroup
from traektoria.desk.calendar.spans import Frame, Span
from traektoria.people import addressees
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import short_name

MOST_SHOWN: Final = 2_000
FRIDAY: Final = 4
#: Columns stand in expressions, so that SQLite's driver does not turn each into an object: hours repeat (``_local``).
_SQL: Final = """
SELECT e.person_id, e.kind, COALESCE(e.start, e.start), COALESCE(e."end", e."end"),
       CASE WHEN e.open_end THEN 1 ELSE 0 END, CASE WHEN e.all_day THEN 1 ELSE 0 END,
       CASE WHEN e.busy THEN 1 ELSE 0 END,
       CASE WHEN {reads} THEN 1 ELSE 0 END, w.surname, w.given, w.patronymic
FROM core_engagement e LEFT JOIN people_person w ON w.id = e.person_id
WHERE e.centre_id = %s AND (e.main OR e.person_id IN ({tutors}))
  AND e."end" > %s AND e.start < %s AND e.state <> %s {kind}
ORDER BY e.start, e.id LIMIT %s
"""


@dataclass(slots=True)
class Piece:
    """Hours of one kind one after another: ``number`` of them. ``busy``: they take time that is not past; ``clash``:
    another one of the same person is then."""

    label: str
    start: datetime
    end: datetime
    begins: str
    ends: str
    busy: bool
    number: int = 1
    clash: bool = False


Pieces = defaultdict[tuple[int | None, date], list[Piece]]


@dataclass(frozen=True)
class Head:
    day: date
    name: str
    label: str
    bands: list[Band]
    today: bool
    url: str


@dataclass(frozen=True)
class WeekRow:
    """``url`` leads to the week of the tutor alone, "" where there is no tutor; ``day_url`` to the day of «{}»."""

    label: str
    url: str
    day_url: str
    cells: Sequence[tuple[str, Sequence[Piece]]]


@dataclass(frozen=True)
class CentreWeek:
    heads: list[Head]
    rows: list[WeekRow]
    more: bool
    clashes: bool


def week_of(actor: Actor, scope: Scope, frame: Frame, links: Links, groups: Sequence[ScopeGroup]) -> CentreWeek:
    """Two queries. Tutors of the centre who are free all week have their row too; Saturday and Sunday a column only if
    something is on them, or after them: no day is left out between two."""
    tutors = {one.person_id: one.label for group in groups for one in group.scopes if scope.centre_id in one.tutor_in}
    found = _rows(actor, scope, frame, links.kind, [pk for pk in tutors if pk])
    pieces, names, clashes = _pieces(found[:MOST_SHOWN], frame)
    last = max((day.weekday() for _person, day in pieces), default=0)
    days = [day for day in frame.days if day.weekday() <= max(last, FRIDAY)]
    named: dict[int | None, str] = {}
    if any(person is None for person, _day in pieces):
        named[None] = _("The centre")
    named |= {**tutors, **names}
    texts = [(day, day.isoformat()) for day in days]
    rows = [_row(person, label, pieces, texts, links, is_tutor=person in tutors) for person, label in named.items()]
    return CentreWeek(_heads(scope, frame, days, links), rows, len(found) > MOST_SHOWN, clashes)


def _pieces(rows: Sequence[tuple[Any, ...]], frame: Frame) -> tuple[Pieces, dict[int | None, str], bool]:
    """What stands in each cell; whose names they are; whether anybody has two at once."""
    here, whole, taken = timezone.get_current_timezone(), _("all day"), _("taken")
    known, labels = kinds(), dict[str, str]()
    pieces: Pieces = defaultdict(list)
    names: dict[int | None, str] = {}
    clashes, now = False, timezone.now()
    for person, slug, start, end, open_end, all_day, busy, reads, *name in rows:
        if person not in names and name[0]:
            names[person] = short_name(*name)
        (first, day, begins), (last, _day, ends) = _local(start, here), _local(end, here)
        if slug not in labels:  # words of those kinds alone that are there
            labels[slug] = str(known[slug].label) if slug in known else ""
        label = labels[slug] if reads else taken
        takes = busy and last > now
        piece = Piece(label, first, last, whole if all_day else begins, "" if all_day or open_end else ends, takes)
        clashes |= _add(pieces[person, day if day > frame.first else frame.first], piece)
    return pieces, names, clashes


def _rows(actor: Actor, scope: Scope, frame: Frame, kind: str, tutors: Sequence[int]) -> list[tuple[Any, ...]]:
    """Whoever coordinates the centre reads what each is; others what is published, and their own. Of one
    ``kind`` only that: else the choice would say which kind it is that is taken."""
    reads, values = "1 = 1", list[Any]()
    if not actor.has(scope.centre_id, Role.COORDINATOR):
        reads, values = "(e.seen = %s OR e.person_id = %s)", [str(Seen.CENTRE), actor.person_id]
    here = timezone.get_current_timezone()
    start, end = (
        connection.ops.adapt_datetimefield_value(datetime.combine(day, time(), here))
        for day in (frame.first, frame.last)
    )
    of_kind = f"AND e.kind = %s AND {reads}" if kind else ""
    sql = _SQL.format(reads=reads, kind=of_kind, tutors=marks(tutors) or "NULL")
    cancelled = str(EngagementState.CANCELLED)
    params = [
        *values,
        scope.centre_id,
        *tutors,
        start,
        end,
        cancelled,
        *([kind, *values] if kind else []),
        MOST_SHOWN + 1,
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@lru_cache(maxsize=4096)
def _local(value: datetime | str, here: tzinfo) -> tuple[datetime, date, str]:
    """With its day and hour. Hours of many tutors begin at the same time."""
    local = moment(value).astimezone(here)
    return local, local_day(local), f"{local:%H:%M}"


def _add(pieces: list[Piece], piece: Piece) -> bool:
    """To the hours just before it, if it is more of the same; whether it is at the same time as another one."""
    last = pieces[-1] if pieces else None
    if last and last.ends and last.end == piece.start and last.label == piece.label and last.busy == piece.busy:
        last.end, last.ends, last.number = piece.end, piece.ends, last.number + 1
        return False
    if piece.busy:
        for other in pieces:
            if other.busy and other.start < piece.end and piece.start < other.end:
                piece.clash = other.clash = True
    pieces.append(piece)
    return piece.clash


def _row(
    person: int | None, label: str, pieces: Pieces, days: Sequence[tuple[date, str]], links: Links, *, is_tutor: bool
) -> WeekRow:
    own = Links(links.span, addressees.person(person) if person and is_tutor else links.who, links.kind)
    first, text = days[0]
    day_url = own.to(first, Span.DAY).replace(text, "{}")
    cells = [(text, pieces.get((person, day), ())) for day, text in days]
    return WeekRow(label, own.to(first) if is_tutor else "", day_url, cells)


def _heads(scope: Scope, frame: Frame, days: list[date], links: Links) -> list[Head]:
    bands = bands_of(scope.centre_id, None, frame.first, frame.last)
    today = timezone.localdate()
    return [
        Head(day, weekday(day), ru_day(day), on_day(bands, day), day == today, links.to(day, Span.DAY)) for day in days
    ]
