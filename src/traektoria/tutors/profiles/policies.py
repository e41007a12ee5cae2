"""A tutor's offer without the database: order and overlap of weekly hours, the number of places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from traektoria.organisations.regulations.schema import SupportRules


@dataclass(frozen=True, order=True)
class WeeklySlot:
    """``weekday`` 0 (Monday) … 6; ``start`` and ``end`` as «15:00»: texts of equal length compare as times do."""

    weekday: int
    start: str
    end: str

    def kept(self) -> dict[str, Any]:
        """As ``TutorProfile.availability`` holds it."""
        return {"weekday": self.weekday, "start": self.start, "end": self.end}


def slots_of(availability: Iterable[dict[str, Any]]) -> list[WeeklySlot]:
    """Kept rows as slots, in order."""
    return sorted_slots(WeeklySlot(int(row["weekday"]), row["start"], row["end"]) for row in availability)


def sorted_slots(slots: Iterable[WeeklySlot]) -> list[WeeklySlot]:
    return sorted(set(slots))


def overlapping(slots: Sequence[WeeklySlot]) -> tuple[WeeklySlot, WeeklySlot] | None:
    """The first two slots of one day that overlap; the end of one may be the beginning of the next."""
    for one, other in pairwise(sorted(slots)):
        if one.weekday == other.weekday and other.start < one.end:
            return one, other
    return None


def places(teachers_at_once: int, hours_a_month: int, rules: SupportRules) -> int:
    """Teachers that both the tutor's number and the tutor's hours allow, by the regulation's hours a teacher.

    Hours are divided as decimals: 7 h by 0.7 h are ten teachers, not nine.
    """
    by_hours = int(Decimal(hours_a_month) / Decimal(str(rules.hours_a_teacher)))
    return min(teachers_at_once, by_hours)
