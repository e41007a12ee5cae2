"""Rows of the tables. Every row says how many participants stand behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .figures import percent, share_interval
from .groups import Group
from .zones import Note, TaskLevel, Zone, note, zone


@dataclass(frozen=True)
class TaskSpec:
    """What the specification says of a task: its level (None: not stated) and its maximum."""

    level: TaskLevel | None
    max: int


Spec = Mapping[str, TaskSpec]


@dataclass(frozen=True)
class MarksRow:
    """Marks of a group: numbers and per cent of 2, 3, 4, 5 among the `n` participants with a mark."""

    group: Group
    n: int
    counts: tuple[int, int, int, int]
    percents: tuple[Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class JournalRow:
    """The work's mark against the journal's, among the `n` participants who have both."""

    group: Group
    n: int
    lowered: int
    confirmed: int
    raised: int
    lowered_percent: Decimal
    confirmed_percent: Decimal
    raised_percent: Decimal


@dataclass(frozen=True)
class PrimaryBar:
    """One primary score.

    `mark`: the mark it gives, where the scale is known; `boundary`: the first score of that mark.
    """

    score: int
    n: int
    percent: Decimal
    mark: int | None
    boundary: bool


@dataclass(frozen=True)
class PrimaryRow:
    """Distribution of the primary scores of a group: every score from 0 to the maximum, also those nobody has."""

    group: Group
    n: int
    bars: tuple[PrimaryBar, ...]


@dataclass(frozen=True)
class CompletionRow:
    """Completion of one task: mean score of `n` participants in per cent of the maximum, with its 95 % interval.

    `n` leaves out those who have not covered the topic and those whose score could not be read; `total` and `squares`
    are the sums of their scores and of the squares. What is read out of the sums is worked out when it is asked for: of
    the thousands of rows of a region a page shows a few.
    """

    group: Group
    task: str
    position: int
    level: TaskLevel | None
    max: int
    n: int
    total: int
    squares: int
    not_started: int

    @cached_property
    def percent(self) -> Decimal | None:
        """Mean score in per cent of the maximum, None without participants."""
        return percent(self.total, self.n * self.max)

    @property
    def low(self) -> Decimal | None:
        """The lower end of the interval."""
        return self._interval[0]

    @property
    def high(self) -> Decimal | None:
        """The upper end of the interval."""
        return self._interval[1]

    @cached_property
    def zone(self) -> Zone:
        """How the completion reads."""
        return zone(self.percent, self.level)

    @property
    def note(self) -> Note:
        """How far the number of participants carries."""
        return note(self.n)

    def work_out(self) -> None:
        """All that is read out of the sums: it stays with the row, and goes with it to another process."""
        _ = self.zone, self._interval

    @cached_property
    def _interval(self) -> tuple[Decimal, Decimal] | tuple[None, None]:
        return share_interval(self.n, self.total, self.squares, self.max) or (None, None)


@dataclass(frozen=True)
class Hidden:
    """Stands in the place of figures that must not be published: a group's, or one task's when `task` is given.

    It gives no reason: small groups and those that cover them must look alike (`engines.disclosure`).
    """

    group: Group
    task: str | None = None


Row = MarksRow | JournalRow | PrimaryRow | CompletionRow
