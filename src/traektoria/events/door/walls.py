"""What the wall of a date shows, and which date a code is of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from traektoria.engines.doorcodes import SHORT, is_shown, step_of, wall_code
from traektoria.engines.qrpatterns import QrPattern, qr_of
from traektoria.events.door.secrets import secret_of
from traektoria.events.event.enums import DateState, EventState
from traektoria.events.event.models import EventDate
from traektoria.events.event.policies import BEFORE

AT_ONCE = 20
"""So many codes are drawn in one answer: a tenth of a second."""


@dataclass(frozen=True)
class WallCode:
    """What is shown in one step: the pattern of an address, and the code to type, as «ABCD EFGH»."""

    step: int
    pattern: QrPattern
    short: str


def wall_at(date: EventDate, step: int, site: str) -> WallCode:
    """``site``: address of the page to which a code leads, with ``{code}`` in it."""
    secret = secret_of(date)
    short = wall_code(secret, step, SHORT)
    return WallCode(step, qr_of(site.replace("{code}", wall_code(secret, step))), f"{short[:4]} {short[4:]}")


def wall_codes(date: EventDate, since: int, site: str) -> Iterator[WallCode]:
    """The next ones, until the date ends; never those of another day, whatever is asked."""
    first = max(since, step_of(date.start - BEFORE))
    for step in range(first, min(first + AT_ONCE, step_of(date.end) + 1)):
        yield wall_at(date, step, site)


def date_of_code(code: str, centres: Collection[int], now: datetime) -> EventDate | None:
    """Of the dates to which one comes now in these centres, the one whose wall shows it. One query."""
    rows = EventDate.objects.filter(
        event__centre__in=centres, event__state__in=[EventState.ANNOUNCED, EventState.HELD],
        event__pupils_only=False, state=DateState.STANDING, start__lte=now + BEFORE, end__gt=now,
    )  # fmt: skip
    return next((row for row in rows.order_by("pk") if is_shown(secret_of(row), code, now)), None)
