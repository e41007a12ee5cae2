"""What we did and what the report must therefore say: counted here by ourselves, from our own notes alone."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass
class TimeNote:
    """One time that a measure is due, and what became of it. ``deeds``: (day, words) of those that stand."""

    start: date | None
    due: date | None
    pk: int
    needs: int = 1
    moved_to: date | None = None
    cancelled: bool = False
    deeds: list[tuple[date, str]] = field(default_factory=list)

    @property
    def last(self) -> date | None:
        return self.moved_to or self.due

    @property
    def done_on(self) -> date | None:
        days = sorted(day for day, _ in self.deeds)
        return days[self.needs - 1] if not self.cancelled and len(days) >= self.needs else None

    def state(self, today: date) -> str:
        if self.cancelled:
            return "cancelled"
        if self.done_on:
            return "late" if self.last and self.done_on > self.last else "done"
        return "missed" if self.last and self.last < today else "open"


@dataclass
class ItemNote:
    """A measure. ``of_item`` are deeds of one without times; ``floor``: months within which the next deed comes."""

    number: str
    content: str
    phrase: str
    pk: int
    times: list[TimeNote] = field(default_factory=list)
    of_item: list[tuple[date, str]] = field(default_factory=list)
    floor: int = 0
    happened: dict[str, int] = field(default_factory=dict)

    def report(self, today: date) -> dict[str, Any]:
        """What a line of the report must say."""
        states = [one.state(today) for one in self.times]
        deeds = sorted([*self.of_item, *(deed for one in self.times for deed in one.deeds)])
        over = states.count("done") + states.count("late")
        return {
            "due": over + states.count("missed"),
            "done": over,
            "late": states.count("late"),
            "missed": states.count("missed"),
            "cancelled": states.count("cancelled"),
            "moved": sum(one.moved_to is not None for one in self.times),
            "deeds": [[day.isoformat(), what] for day, what in deeds],
        }

    def broken(self, window: tuple[date, date], today: date) -> list[str]:
        """Last days by which the next deed had to come and did not: from the first day of the plan, and from each."""
        if not self.floor:
            return []
        first, last = window
        done = sorted(day for one in self.times for day, _ in one.deeds if first <= day <= last)
        days = [first, *done]
        found = []
        for place, day in enumerate(days):
            limit = months_after(day, self.floor)
            following = days[place + 1] if place + 1 < len(days) else None
            if limit <= last and limit < today and (following is None or following > limit):
                found.append(limit.isoformat())
        return found


def months_after(day: date, number: int) -> date:
    """The same day so many months on; the last of a month is followed by the last of the other."""
    at = day.year * 12 + day.month - 1 + number
    year, month = divmod(at, 12)
    longest = monthrange(year, month + 1)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, longest if was_last else min(day.day, longest))
