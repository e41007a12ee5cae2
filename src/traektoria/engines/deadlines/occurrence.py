"""One time that a measure is due, and what a deadline gives in a plan."""

from dataclasses import dataclass, field
from datetime import date

from traektoria.engines.deadlines.calendar import Plan, Stretch
from traektoria.engines.deadlines.date_relations import Clock
from traektoria.engines.deadlines.reasons import Unplaced


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a measure is due: from ``start`` (None: not said) to ``end`` (None: no end is said), both included.

    ``number`` of ``of``: the first of two in the same months. ``approximate``: somewhere about or in these days.
    ``clock``: the time of day, where the phrase says it; the label says it too.
    """

    start: date | None
    end: date | None
    label: str
    number: int = 1
    of: int = 1
    approximate: bool = False
    note: str = ""
    clock: Clock | None = None

    @property
    def order(self) -> tuple[date, date, int]:
        first = self.start or self.end or date.max
        return (self.end or first, first, self.number)


@dataclass(frozen=True, slots=True)
class Dates:
    """``why`` there are none, or why not all can be dated; ``assumptions`` on which the dates rest, as sentences."""

    occurrences: tuple[Occurrence, ...] = ()
    why: tuple[Unplaced, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(slots=True)
class Work:
    """A deadline on its way to dates in a plan: what had to be assumed, what of it has no dates."""

    plan: Plan
    assumed: list[str] = field(default_factory=list)
    remarks: list[Unplaced] = field(default_factory=list)

    def assume(self, sentence: str) -> None:
        if sentence not in self.assumed:
            self.assumed.append(sentence)


def days_said(days: Stretch) -> str:
    return f"{days.first:%d.%m.%Y}–{days.last:%d.%m.%Y}"


def said(occurrence: Occurrence) -> str:
    """«01.09.2026–23.10.2026», «до 05.10.2026», «с 28.03.2027»."""
    start, end = occurrence.start, occurrence.end
    if start is None or end is None:
        return f"до {end:%d.%m.%Y}" if end else f"с {start:%d.%m.%Y}"
    return f"{start:%d.%m.%Y}" if start == end else f"{start:%d.%m.%Y}–{end:%d.%m.%Y}"
