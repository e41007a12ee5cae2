"""What is fixed in time for a person or a place is written when it is fixed (docs/adr/0044-one-calendar.md).

A room registers an ``EngagementSource`` (``engages``): ``rows`` says whose time is taken because of which objects;
saves are heard and bulk writes told as for what waits (``core.ledgers``). Calendars, clashes and feeds read this table
and nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, models
from django.utils import timezone

from traektoria.core import statements
from traektoria.core.joined_rows import Joined, marks
from traektoria.core.ledgers import Key, Ledger
from traektoria.core.models import Engagement, EngagementState
from traektoria.core.models import Seen as Seen
from traektoria.core.registries import Registry, Watch
from traektoria.engines.intervals import Interval

ECHO: Final = "echo"
"""Part of a row that says for one more centre what another row says of the person: their own calendar leaves it out."""
KEPT: Final = timedelta(days=60)
"""So long what is cancelled stays, so that a telephone that was away hears of it."""
_PLAIN: Final = (
    "person_id", "main", "centre_id", "about_id", "start", "end", "zone", "all_day", "open_end", "busy", "seen",
    "series", "original",
)  # fmt: skip


@dataclass(frozen=True)
class Engaged:
    """What should stand in ``core.Engagement``: [start, end) is fixed for ``to``, a person (``person_id``) or a place,
    because of ``obj``. ``part`` tells the times of one object apart, where it has several. What is cancelled is not
    told: a row that is told no longer becomes cancelled."""

    kind: str
    to: str
    obj: Any
    centre_id: int | None
    start: datetime
    end: datetime
    zone: str = ""
    person_id: int | None = None
    main: bool = True
    about_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    busy: bool = True
    all_day: bool = False
    open_end: bool = False
    tentative: bool = False
    seen: Seen = Seen.PARTIES
    series: str = ""
    original: datetime | None = None
    part: str = ""


@dataclass(frozen=True)
class EngagementRead:
    """A row of ``core.Engagement`` as its kind words it; ``name`` is of the person whom it names."""

    object_id: str
    part: str
    addressee: str
    main: bool
    name: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class EngagementWords:
    """What a line of the calendar says: what it is, where or how, and where it is read."""

    title: str
    where: str
    url: str


@dataclass(frozen=True)
class EngagementKind:
    """How one kind of engagement reads. ``label`` names all of them, for the filter and for who may not read more.
    ``pages``: whom of those that ``Seen`` lets in its page is open to; others read the line without a way to it."""

    slug: str
    order: int
    label: Any  # lazy string
    words: Callable[[EngagementRead], EngagementWords]
    pages: frozenset[str] = frozenset({Seen.CENTRE, Seen.SCHOOL})


@dataclass(frozen=True)
class EngagementSource:
    """What is fixed in time because of objects of ``model``: as ``WaitingSource``, and heard in the same way."""

    slug: str
    order: int
    model: type[models.Model]
    rows: Callable[[Any], Iterable[Engaged]]
    kinds: tuple[EngagementKind, ...]
    watches: tuple[Watch, ...] = ()
    by_keys: bool = False


engagement_sources: Final[Registry[EngagementSource]] = Registry("engagements")


class _Engagements(Ledger[Engagement, Engaged]):
    def wanted(self, source: EngagementSource, told: Iterable[Engaged]) -> Iterator[tuple[Key, Engaged]]:
        for one in told:
            yield (one.kind, one.to, str(getattr(one.obj, "pk", one.obj)), one.part), one

    def key_of(self, row: Engagement) -> Key:
        return row.kind, row.addressee, row.object_id, row.part

    def is_as(self, row: Engagement, told: Engaged) -> bool:
        same = all(getattr(row, name) == getattr(told, name) for name in _PLAIN)
        return same and row.facts == dict(told.facts) and row.state == _state(told)

    def made(self, label: str, key: Key, told: Engaged, old: Engagement | None) -> Engagement:
        """What was told before stays the row it was, also when it was cancelled and comes back."""
        return Engagement(
            kind=key[0],
            addressee=key[1],
            object_kind=label,
            object_id=key[2],
            part=key[3],
            facts=dict(told.facts),
            state=_state(told),
            changed_at=timezone.now(),
            **{name: getattr(told, name) for name in _PLAIN},
        )

    def is_wrong(self, row: Engagement) -> bool:
        return row.state != EngagementState.CANCELLED

    def number(self, standing: list[Engagement], write: list[Engagement], extra: list[Engagement]) -> None:
        """Rows of one object are counted together: whichever of them a calendar shows, its number never goes down."""
        last: dict[str, int] = {}
        for row in standing:
            last[row.object_id] = max(row.sequence, last.get(row.object_id, 0))
        for row in [*write, *filter(self.is_wrong, extra)]:
            row.sequence = last[row.object_id] + 1 if row.object_id in last else 0

    def drop(self, rows: list[Engagement]) -> None:
        """What is told no longer is cancelled. It stays as long as its object is, so that it goes on under its number
        should it come back; sixty days long calendars are told of it (``desk.calendar.feeds``)."""
        cancelled = [row for row in rows if self.is_wrong(row)]
        for row in cancelled:
            row.state, row.changed_at = EngagementState.CANCELLED, timezone.now()
        self.put(cancelled)

    def forget(self, rows: list[Engagement]) -> None:
        """What was cancelled sixty days ago goes with its object. A date of a series stays as long as the series does:
        the number of its changes counts to that of the series, which may not go down."""
        before = timezone.now() - KEPT
        old = [row for row in rows if not self.is_wrong(row) and row.changed_at < before]
        living = _living({row.series for row in old if row.series})
        gone = [row for row in old if (row.kind, row.series) not in living]
        if gone:
            super().drop(gone)
        wrong = [row for row in rows if self.is_wrong(row)]
        self.number(wrong, [], wrong)
        self.drop(wrong)


_ledger: Final = _Engagements(
    "engagements", Engagement, engagement_sources, ("addressee", "kind", "object_kind", "object_id", "part")
)
_FOUND: Final = Joined(Engagement)


def _living(series: Collection[str]) -> set[tuple[str, str]]:
    """(kind, series) of those of which some date stands. One query, none for no series."""
    if not series:
        return set()
    standing = Engagement.objects.filter(series__in=series).exclude(state=EngagementState.CANCELLED)
    return set(standing.order_by().values_list("kind", "series").distinct())


def engages(source: EngagementSource) -> None:
    """Register a source and listen to its model and to what it watches."""
    _ledger.listen(source)


def kinds() -> dict[str, EngagementKind]:
    """Of all rooms, by their order."""
    found = sorted((kind for source in engagement_sources for kind in source.kinds), key=lambda kind: kind.order)
    return {kind.slug: kind for kind in found}


def clashes(
    to: Collection[str], interval: Interval, *more: Interval, besides: models.Model | tuple[str, str] | None = None
) -> list[Engagement]:
    """What takes the time of any of these persons and places in any of the intervals, but for the object ``besides``
    (or its kind and number); what touches does not clash. The earliest first. One query."""
    asked = (interval, *more)
    start, end = min(one.start for one in asked), max(one.end for one in asked)
    own, bounds = _besides(besides), [statements.sent(one, connection) for one in (start, end)]
    values: list[Any] = [*sorted(to), *bounds, True, EngagementState.CANCELLED, *own]
    rows = _FOUND.find(
        f'addressee IN ({marks(to)}) AND "end" > %s AND start < %s AND busy = %s AND state <> %s'
        " AND NOT (object_kind = %s AND object_id = %s)",
        *values,
        order="start, id",
    )
    return [row for row in rows if any(one.clashes(Interval(row.start, row.end)) for one in asked)]


def _besides(obj: models.Model | tuple[str, str] | None) -> tuple[str, str]:
    if isinstance(obj, models.Model):
        return obj._meta.label_lower, str(obj.pk)
    return obj or ("", "")


def _state(told: Engaged) -> EngagementState:
    return EngagementState.TENTATIVE if told.tentative else EngagementState.FIXED
