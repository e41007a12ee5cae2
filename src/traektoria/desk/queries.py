"""The desk of one person: lines of all rooms in four groups, and the days of the coming week."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from traektoria.core.context import shell
from traektoria.core.registries import DeskGroup, DeskLine, desk_signs
from traektoria.core.typography import weekday
from traektoria.desk.waiting import lines_of
from traektoria.people.actor import Actor

DAYS = 7


@dataclass(frozen=True)
class StripDay:
    """A day of the strip; ``count`` is the number of deadlines on it."""

    day: date
    name: str
    count: int
    today: bool

    @property
    def weekend(self) -> bool:
        return self.day.weekday() > 4


@dataclass(frozen=True)
class Desk:
    """``today``, ``soon``, ``waiting`` and ``done`` are lines by deadline (those without one last)."""

    today: list[DeskLine]
    soon: list[DeskLine]
    waiting: list[DeskLine]
    done: list[DeskLine]
    week: list[StripDay]

    @property
    def is_empty(self) -> bool:
        return not (self.today or self.soon or self.waiting or self.done)

    @property
    def is_clear(self) -> bool:
        """Nothing is wanted of the person now."""
        return not (self.today or self.soon)


def desk_of(actor: Actor, today: date) -> Desk:
    """What waits (``core.Waiting``, one query), and signs that nobody writes."""
    signs = (line for sign in desk_signs for line in sign.lines(actor))
    lines = [*signs, *lines_of(actor, today)]
    open_lines = (line for line in lines if line.group != DeskGroup.DONE)
    return Desk(
        today=_of(lines, DeskGroup.TODAY),
        soon=_of(lines, DeskGroup.SOON),
        waiting=_of(lines, DeskGroup.WAITING),
        done=_of(lines, DeskGroup.DONE),
        week=list(_week(open_lines, today)),
    )


def waits_at(actor: Actor, desk: Desk) -> dict[str, int]:
    """How many lines of today and soon lead into each place of the menu, by the address of the place. No query."""
    known = shell(actor)
    counts: dict[str, int] = {}
    for url, number in Counter([line.url for line in (*desk.today, *desk.soon)]).items():
        for entry, place in zip(known.entries, known.places, strict=True):
            if url.startswith(entry.prefixes):
                counts[place.url] = counts.get(place.url, 0) + number
                break
    return counts


def _of(lines: Iterable[DeskLine], group: DeskGroup) -> list[DeskLine]:
    own = [line for line in lines if line.group == group]
    return sorted(own, key=lambda line: (line.due is None, line.due or date.max))


def _week(lines: Iterable[DeskLine], today: date) -> Iterator[StripDay]:
    due = Counter(line.due for line in lines if line.due)
    for shift in range(DAYS):
        day = today + timedelta(days=shift)
        yield StripDay(day, weekday(day), due[day], shift == 0)
