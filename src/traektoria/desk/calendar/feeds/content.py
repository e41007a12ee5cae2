"""What a feed gives: the events of one's own calendar, or of a centre without names; and whether they have changed."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.calendar_events import EventText, IcsWriter, host_name, own_words
from traektoria.core.engagements import ECHO, KEPT, kinds
from traektoria.core.joined_rows import Joined, rows_of
from traektoria.core.models import Engagement, EngagementState
from traektoria.desk.calendar.feeds.actions import digest_of
from traektoria.desk.calendar.feeds.models import CalendarFeed
from traektoria.people import addressees
from traektoria.people.actor import Actor, actor_of_account
from traektoria.people.enums import Role

AHEAD: Final = timedelta(days=400)
EDITION: Final = "1"
"""To be raised when the same rows are told otherwise, so that every program reads anew."""
_ROWS: Final = Joined(Engagement)
#: Whole series, so that their rule does not change as time goes by.
_WHOSE: Final = """
{whose} AND t.start < %s AND (t."end" > %s OR t.changed_at > %s OR t.series IN (
  SELECT s.series FROM core_engagement s WHERE {series} AND s.series <> '' AND (s."end" > %s OR s.changed_at > %s)
))
"""


@dataclass(frozen=True)
class Feed:
    """``centre_id`` is of the calendar of a centre; None: the actor's own."""

    actor: Actor
    centre_id: int | None


def feed_of(secret: str) -> Feed | None:
    """None for an address that reads nothing: taken back, of an account that is closed, of who has lost the role. Three
    queries."""
    row = CalendarFeed.objects.filter(digest=digest_of(secret)).first()
    actor = actor_of_account(row.account_id) if row else None
    if row is None or actor is None or actor.person_id is None or not actor.grants:
        return None
    if row.centre_id is not None and not actor.has(row.centre_id, Role.COORDINATOR):
        return None
    return Feed(actor, row.centre_id)


@dataclass(frozen=True)
class Mark:
    """Changes whenever what the feed gives does."""

    etag: str
    changed_at: datetime | None


def mark_of(feed: Feed) -> Mark:
    """One query, whatever the number of events: the events are written only for whom this is new."""
    condition, values = _condition(feed)
    sql = f"SELECT COUNT(*), COALESCE(SUM(t.sequence), 0), MAX(t.changed_at) FROM core_engagement t WHERE {condition}"  # noqa: S608
    number, sequences, changed = rows_of(sql, *values)[0]
    facts = (EDITION, feed.actor.person_id, feed.centre_id, number, sequences, changed, timezone.localdate())
    digest = hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
    return Mark(f'"{digest}"', _aware(changed))


def text_of(feed: Feed) -> bytes:
    """The calendar itself. One query."""
    condition, values = _condition(feed)
    rows = _heard(_once(_ROWS.find(condition, *values, order="t.start, t.id")))
    name = _("Traektoria: my calendar") if feed.centre_id is None else _("Traektoria: calendar of the centre")
    words = own_words if feed.centre_id is None else _of_centre
    return bytes(IcsWriter(host_name(), words).calendar(rows, name).to_ical())


def _once(rows: Iterable[Engagement]) -> Collection[Engagement]:
    """Of a thing that several tutors hold together, a centre's calendar tells one row: one that stands, if any does,
    under the last number and moment of them all, so that neither goes back when another tutor holds it."""
    found: dict[tuple[str, ...], Engagement] = {}
    for row in sorted(rows, key=_is_cancelled):
        one = found.setdefault((row.kind, row.object_kind, row.object_id, row.part), row)
        one.sequence, one.changed_at = max(one.sequence, row.sequence), max(one.changed_at, row.changed_at)
    return found.values()


def _heard(rows: Collection[Engagement]) -> list[Engagement]:
    """Without what was cancelled too long ago to be said still; of a series that is said, all its dates."""
    since = _today() - KEPT
    said = {_event(row) for row in rows if not _is_cancelled(row) or row.changed_at > since}
    return [row for row in rows if _event(row) in said]


def _event(row: Engagement) -> tuple[str, ...]:
    return (row.kind, row.series) if row.series else (row.kind, row.object_kind, row.object_id, row.part)


def _is_cancelled(row: Engagement) -> bool:
    return row.state == EngagementState.CANCELLED


def _condition(feed: Feed) -> tuple[str, list[Any]]:
    """From what was cancelled lately, or ended, to a year ahead; by days, so that the mark stands for a day."""
    today = _today()
    since, until = (connection.ops.adapt_datetimefield_value(one) for one in (today - KEPT, today + AHEAD))
    own, value = f"{{0}}.addressee = %s AND {{0}}.part <> '{ECHO}'", addressees.person(feed.actor.person_id or 0)
    if feed.centre_id is not None:
        own, value = "{0}.centre_id = %s AND {0}.main", str(feed.centre_id)
    sql = _WHOSE.format(whose=own.format("t"), series=own.format("s"))
    return sql, [value, until, since, since, value, since, since]


def _today() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time()))


def _of_centre(row: Engagement) -> EventText:
    """What it is and where; not of whom, nor about what."""
    kind = kinds().get(row.kind)
    return EventText(str(kind.label) if kind else _("taken"), str(row.facts.get("where", "")))


def _aware(told: Any) -> datetime | None:
    if told is None:
        return None
    moment = datetime.fromisoformat(told) if isinstance(told, str) else told
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone())
