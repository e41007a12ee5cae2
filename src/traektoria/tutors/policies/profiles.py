"""Weekly hours of a tutor: order and overlap, without the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, order=True)
class Slot:
    """``weekday`` 0 (Monday) … 6; ``start`` and ``end`` as «15:00»: texts of equal length compare as times do."""

    weekday: int
    start: str
    end: str

    def kept(self) -> dict[str, Any]:
        """As ``TutorProfile.availability`` holds it."""
        return {"weekday": self.weekday, "start": self.start, "end": self.end}


def slots_of(availability: Iterable[dict[str, Any]]) -> list[Slot]:
    """Kept rows as slots, in order."""
    return sorted_slots(Slot(int(row["weekday"]), row["start"], row["end"]) for row in availability)


def sorted_slots(slots: Iterable[Slot]) -> list[Slot]:
    return sorted(set(slots))


def overlapping(slots: Sequence[Slot]) -> tuple[Slot, Slot] | None:
    """The first two slots of one day that overlap; the end of one may be the beginning of the next."""
    for one, other in pairwise(sorted(slots)):
        if one.weekday == other.weekday and other.start < one.end:
            return one, other
    return None
