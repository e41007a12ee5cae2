"""Half-open intervals [start, end): the one place that says whether two hours are at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, order=True)
class Interval:
    """From ``start`` on, until ``end`` and without it; both aware. Raises ``ValueError`` for an empty one."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError("an interval ends after it begins")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def clashes(self, other: "Interval") -> bool:
        """What touches does not clash: one ends at 13:00, the next begins then."""
        return self.start < other.end and other.start < self.end


def first_clash(one: Interval, others: Iterable[Interval]) -> Interval | None:
    """The earliest of ``others`` that is at the same time."""
    return min((other for other in others if one.clashes(other)), default=None)
