"""When a letter goes: quiet hours and digests, by the reader's clock."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from django.utils import timezone

from traektoria.messaging.enums import Rhythm

Hours = tuple[time, time]
QUIET_HOURS: Final[Hours] = (time(21), time(8))
"""Unless the person says otherwise; a freed place is not offered then either (``bookings.actions.offering``)."""
DIGEST_HOURS: Final = {Rhythm.DAY: QUIET_HOURS[1], Rhythm.WEEK: QUIET_HOURS[1]}
"""The weekly one goes on Monday. The quiet hours hold a digest up too: one of before their end goes at their end."""


def quiet_until(now: datetime, zone: tzinfo, hours: Hours) -> datetime | None:
    """The end of the quiet hours in which ``now`` lies, or None."""
    begins, ends = hours
    at = now.astimezone(zone).time()
    over_night = begins > ends
    within = (at >= begins or at < ends) if over_night else begins <= at < ends
    if not within:
        return None
    today = timezone.localdate(now, zone)
    return datetime.combine(today + timedelta(days=over_night and at >= begins), ends, zone)


def in_time(rhythm: Rhythm, now: datetime, zone: tzinfo, last: date | None) -> Rhythm:
    """The wished rhythm, or a quicker one where its next letter would come after the last day it is of use."""
    if last is None or rhythm not in (Rhythm.DAY, Rhythm.WEEK):
        return rhythm
    for way in (rhythm, Rhythm.DAY):
        _name, moment = next_digest(way, now, zone)
        if timezone.localdate(moment, zone) <= last:
            return way
    return Rhythm.AT_ONCE


def next_digest(rhythm: Rhythm, now: datetime, zone: tzinfo) -> tuple[str, datetime]:
    """The name of the next digest and its moment, always later than ``now``."""
    hour = DIGEST_HOURS[rhythm]
    day = timezone.localdate(now, zone) + timedelta(days=now.astimezone(zone).time() >= hour)
    if rhythm == Rhythm.WEEK:
        day += timedelta(days=-day.weekday() % 7)
    return f"{rhythm.value}:{day.isoformat()}", datetime.combine(day, hour, zone)
