"""The programme of an event by minutes: a line a step, «20 Знакомство, Иванова М. П.»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

_STEP = re.compile(r"(\d{1,3})\s*(?:мин(?:ут[аыу]?)?\.?)?\s*[-–—:.,)]?\s+(\S.*)")


@dataclass(frozen=True)
class Step:
    """``minutes`` 0: the line says none. ``start`` is by the clock of who reads."""

    minutes: int
    what: str
    start: datetime | None = None


def steps_of(text: str, start: datetime | None = None) -> Iterator[Step]:
    """From ``start`` on; after a line without minutes no time is said any more."""
    at = start
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _STEP.fullmatch(line)
        minutes, what = (int(found[1]), found[2]) if found else (0, line)
        yield Step(minutes, what, at if minutes else None)
        at = at + timedelta(minutes=minutes) if at and minutes else None


def minutes_of(text: str) -> int:
    return sum(step.minutes for step in steps_of(text))
