"""What a vote decides. An abstention and a vote not given are not «for»."""

from dataclasses import dataclass
from enum import StrEnum


class Majority(StrEnum):
    """More than half of those present, more than half of all members, two thirds of those present."""

    PRESENT = "present"
    MEMBERS = "members"
    TWO_THIRDS = "two_thirds"


@dataclass(frozen=True)
class Tally:
    """Votes of one vote; ``present`` are those who took part in the item, ``members`` the whole voting commission."""

    votes_for: int
    against: int
    abstained: int
    present: int
    members: int

    def __post_init__(self) -> None:
        if min(self.votes_for, self.against, self.abstained) < 0 or not self.cast <= self.present <= self.members:
            raise ValueError("tally")

    @property
    def cast(self) -> int:
        return self.votes_for + self.against + self.abstained

    @property
    def tie(self) -> bool:
        """As many for as against, and somebody said something."""
        return self.votes_for == self.against > 0


@dataclass(frozen=True)
class Outcome:
    """``needed`` votes «for» would have been enough; ``by_chair``: the votes were equal and the chair's one decided."""

    passed: bool
    needed: int
    tie: bool
    by_chair: bool = False


def outcome(majority: Majority | str, tally: Tally, *, chair_for: bool = False) -> Outcome:
    """The result by the rule. ``chair_for``: the regulation lets the chair's vote break a tie, the vote is open, and
    the chair voted «for». The chair's vote then weighs one more; it never stands in for two thirds."""
    rule = Majority(majority)
    needed = votes_needed(rule, tally)
    passed = tally.votes_for >= needed
    breaks = not passed and tally.tie and chair_for and rule != Majority.TWO_THIRDS
    by_chair = breaks and tally.votes_for + 1 >= needed
    return Outcome(passed or by_chair, needed, tally.tie, by_chair)


def votes_needed(rule: Majority, tally: Tally) -> int:
    """How many votes «for» the rule asks for; at least one."""
    if rule == Majority.TWO_THIRDS:
        return max(1, -(-2 * tally.present // 3))
    return (tally.members if rule == Majority.MEMBERS else tally.present) // 2 + 1
