"""Which materials of an event somebody reads, and when."""

from collections.abc import Iterable
from datetime import datetime

from traektoria.events.event.enums import STANDS, WRITTEN, MaterialTime, Readers
from traektoria.events.event.models import Event, EventMaterial


def is_over_once(event: Event, now: datetime) -> bool:
    """One date was held to its end: what is taken away is there. Reads ``dates``."""
    return event.state in STANDS and any(one.stands and one.end <= now for one in event.dates.all())


def read_by(
    rows: Iterable[EventMaterial], event: Event, now: datetime, *, leader: bool, part: bool
) -> list[EventMaterial]:
    """Who leads (``leader``) reads all, and of what is not announced yet whoever reads it (who approves it). Who takes
    part (``part``) reads what is for before, then the rest; others what is for the whole centre."""
    if event.state in WRITTEN or leader:
        return list(rows)
    after = is_over_once(event, now)
    mine = (one for one in rows if part or one.readers == Readers.CENTRE)
    return [one for one in mine if after or one.time == MaterialTime.BEFORE]
