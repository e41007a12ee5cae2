"""Rows of ``core.Engagement`` as events of RFC 5545: one UID for a series, with the rule that its dates follow."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vRecur

from traektoria.core.engagements import EngagementRead, kinds
from traektoria.core.models import Engagement, EngagementState, Installation
from traektoria.core.typography import local_day
from traektoria.engines.rrules import rule_of

PRODUCER: Final = "-//Traektoria//Calendar//RU"
EVERY: Final = timedelta(hours=1)
"""So often a program may ask for news."""
ZONES_FROM, ZONES_TO = date(2015, 1, 1), date(2038, 1, 1)


@dataclass(frozen=True)
class EventText:
    """What an event says. ``url`` is whole, or empty."""

    title: str
    where: str = ""
    url: str = ""


Words = Callable[[Engagement], EventText]


def own_words(row: Engagement) -> EventText:
    """As its kind words it, without the name of the other person: a telephone's calendar is kept by others."""
    kind = kinds().get(row.kind)
    if kind is None:
        return EventText(_("taken"))
    said = kind.words(EngagementRead(row.object_id, row.part, row.addressee, row.main, "", row.facts))
    return EventText(said.title, said.where, settings.ADDRESS + said.url if settings.ADDRESS and said.url else "")


@lru_cache(maxsize=1)
def host_name() -> str:
    """Of this installation alone, and no address of a computer."""
    installation = Installation.objects.first()
    return f"{installation.key if installation else 'traektoria'}.traektoria"


@dataclass(frozen=True)
class IcsWriter:
    """``host`` ends the UIDs: what one installation tells is not taken for another's. ``organiser`` is a mail address:
    a letter has to name one."""

    host: str
    words: Words
    organiser: str = ""

    def calendar(self, rows: Iterable[Engagement], name: str = "", method: str = "") -> Calendar:
        """Everything, with the time zones that it speaks of."""
        found = Calendar()
        found.add("prodid", PRODUCER)
        found.add("version", "2.0")
        if method:
            found.add("method", method)
        if name:
            found.add("x-wr-calname", name)
            found.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
        known = list(rows)
        for zone in sorted({_zone(row).key for row in known}):
            found.add_component(_described(zone))
        for event in self.events(known):
            found.add_component(event)
        return found

    def events(self, rows: Sequence[Engagement]) -> Iterator[Event]:
        series: dict[tuple[str, str], list[Engagement]] = {}
        for row in rows:
            if row.series and row.original is not None:
                series.setdefault((row.kind, row.series), []).append(row)
            else:
                yield self.event(row)
        for dates in series.values():
            yield from self._series(dates)

    def event(self, row: Engagement, uid: str = "", sequence: int | None = None) -> Event:
        """One thing that happens once."""
        found = Event()
        said = self.words(row)
        found.add("uid", uid or self.uid_of(row))
        found.add("dtstamp", row.changed_at)
        found.add("last-modified", row.changed_at)
        found.add("sequence", row.sequence if sequence is None else sequence)
        found.add("summary", said.title)
        if said.where:
            found.add("location", said.where)
        if said.url:
            found.add("url", said.url)
        if self.organiser:
            found.add("organizer", f"mailto:{self.organiser}")
        found.add("status", _STATUS[row.state])
        found.add("transp", "OPAQUE" if row.busy else "TRANSPARENT")
        found.add("dtstart", _when(row.start, row))
        found.add("dtend", _when(row.end, row))
        return found

    def uid_of(self, row: Engagement) -> str:
        part = f".{row.part}" if row.part else ""
        return f"{row.kind}.{row.object_kind}.{row.object_id}{part}@{self.host}"

    def _series(self, rows: Sequence[Engagement]) -> Iterator[Event]:
        dates = _Dates(rows, self.words)
        uid, sequence = f"{rows[0].kind}.series.{rows[0].series}@{self.host}", sum(row.sequence for row in rows)
        if len(dates.regular) < 2:
            yield from self._few(dates, rows, uid, sequence)
            return
        yield self._master(dates, uid, sequence)
        for row in dates.moved:
            event = self.event(row, uid, sequence + max(1, row.sequence))
            event.add("recurrence-id", dates.planned(row))
            yield event
        yield from map(self.event, dates.others)

    def _few(self, dates: "_Dates", rows: Sequence[Engagement], uid: str, sequence: int) -> Iterator[Event]:
        """A series of which one date stands, or none, needs no rule."""
        alone = dates.living or [max(rows, key=lambda row: (row.changed_at, row.pk or 0))]
        yield self.event(alone[0], uid, sequence)
        yield from map(self.event, alone[1:])

    def _master(self, dates: "_Dates", uid: str, sequence: int) -> Event:
        rule = rule_of([local_of(row) for row in dates.regular])
        usual = dates.usual
        first = dates.on(rule.first)
        event = self.event(usual, uid, sequence)
        for name in ("dtstart", "dtend", "dtstamp", "last-modified"):
            del event[name]
        event.add("dtstart", first)
        event.add("dtend", first + dates.length)
        event.add("dtstamp", dates.changed_at)
        event.add("last-modified", dates.changed_at)
        until = dates.on(rule.last).astimezone(ZoneInfo("UTC"))
        parts: dict[str, Any] = {"FREQ": rule.frequency, "INTERVAL": rule.interval, "BYDAY": rule.by_day}
        event.add("rrule", vRecur({**parts, "UNTIL": until, "WKST": "MO"}))
        if rule.dropped:
            event.add("exdate", [dates.on(day) for day in rule.dropped])
        return event


@dataclass(frozen=True)
class _Dates:
    """The dates of a series: those that stand at the hour of its rule (``regular``), of them those that were moved or
    say something else (``moved``), and those that the rule can't tell (``others``)."""

    rows: Sequence[Engagement]
    words: Words

    @cached_property
    def living(self) -> list[Engagement]:
        found = [row for row in self.rows if row.state != EngagementState.CANCELLED]
        return sorted(found, key=lambda row: (_original(row), row.pk or 0))

    @cached_property
    def hour(self) -> Any:
        """The wall-clock hour and zone of most of them."""
        return Counter(_hour(row) for row in self.living).most_common(1)[0][0] if self.living else None

    @cached_property
    def regular(self) -> list[Engagement]:
        """Of two that are planned for the same moment the rule tells one."""
        found: dict[date, Engagement] = {}
        for row in self.living:
            if _hour(row) == self.hour and not row.all_day:
                found.setdefault(local_of(row), row)
        return list(found.values())

    @cached_property
    def others(self) -> list[Engagement]:
        known = {id(row) for row in self.regular}
        return [row for row in self.living if id(row) not in known]

    @cached_property
    def usual(self) -> Engagement:
        """Says what most of them say, and lasts as long."""
        common = Counter(map(self._look, self.regular)).most_common(1)[0][0]
        return next(row for row in self.regular if self._look(row) == common)

    @property
    def length(self) -> timedelta:
        return self.usual.end - self.usual.start

    @cached_property
    def moved(self) -> list[Engagement]:
        usual = self._look(self.usual)
        return [row for row in self.regular if row.start != row.original or self._look(row) != usual]

    @property
    def changed_at(self) -> datetime:
        return max(row.changed_at for row in self.rows)

    def planned(self, row: Engagement) -> datetime:
        return self.on(local_of(row))

    def on(self, day: date) -> datetime:
        """The hour of the series on that day: by the wall clock, whatever the offset then."""
        hour, zone = self.hour
        return datetime.combine(day, hour, ZoneInfo(zone))

    def _look(self, row: Engagement) -> Any:
        return row.end - row.start, row.state, row.busy, self.words(row).title, self.words(row).where


_STATUS: Final[dict[str, str]] = {
    EngagementState.FIXED: "CONFIRMED",
    EngagementState.TENTATIVE: "TENTATIVE",
    EngagementState.CANCELLED: "CANCELLED",
}


def local_of(row: Engagement) -> date:
    """The day that the rule says, where the place is."""
    return local_day(_local(_original(row), row).replace(tzinfo=None))


def _original(row: Engagement) -> datetime:
    return row.original or row.start


def _hour(row: Engagement) -> Any:
    return _local(_original(row), row).time(), _zone(row).key


def _when(moment: datetime, row: Engagement) -> date | datetime:
    local = _local(moment, row)
    return local_day(local.replace(tzinfo=None)) if row.all_day else local


def _local(moment: datetime, row: Engagement) -> datetime:
    return moment.astimezone(_zone(row))


def _zone(row: Engagement) -> ZoneInfo:
    return _known(row.zone)


@lru_cache(maxsize=64)
def _known(name: str) -> ZoneInfo:
    """Where none is written, that of the installation."""
    return ZoneInfo(name or timezone.get_default_timezone_name())


@lru_cache(maxsize=32)
def _described(zone: str) -> Timezone:
    return Timezone.from_tzid(zone, first_date=ZONES_FROM, last_date=ZONES_TO)
