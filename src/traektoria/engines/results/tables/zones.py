"""Reading rules of task completion: zones by the level of a task, and how far a number of participants carries."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from traektoria.engines.disclosure import MINIMUM


class TaskLevel(StrEnum):
    """Level of difficulty of a task as the specification states it: Б, П, В."""

    BASIC = "basic"
    ADVANCED = "advanced"
    HIGH = "high"

    @classmethod
    def parse(cls, text: str) -> "TaskLevel":
        """Read a level from the specification's letter (Б, П or В). Raises ValueError for anything else."""
        try:
            return _LETTERS[text.strip().upper()]
        except KeyError:
            raise ValueError(f"unknown level of a task: {text!r}") from None


_LETTERS = {"Б": TaskLevel.BASIC, "П": TaskLevel.ADVANCED, "В": TaskLevel.HIGH}


class Zone(StrEnum):
    """How the completion of a task reads. NONE: the level is not known, or nobody's score was read."""

    ENOUGH = "enough"
    BORDER = "border"
    NOT_ENOUGH = "not_enough"
    NONE = "none"


class Note(StrEnum):
    """How far n participants carry a conclusion (FIOKO's recommendations, 2026)."""

    INFORMATIVE = "informative"
    APPROXIMATE = "approximate"
    LIMITED = "limited"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class Threshold:
    """Per cent of the maximum: from `enough` upwards is enough, below `not_enough` is not, between them is the border.

    The recommendations write «60 ± 3»: the half of that belt above 60 already reads as enough by their own first
    sentence.
    """

    enough: Decimal
    not_enough: Decimal
    source: str


@cache
def thresholds() -> Mapping[TaskLevel, Threshold]:
    """Return the thresholds by level from `zones.csv`, which is data: a new year's rule is a new row, not new code."""
    text = resources.files(__package__).joinpath("zones.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            TaskLevel(row["level"]): Threshold(Decimal(row["enough"]), Decimal(row["not_enough"]), row["source"])
            for row in csv.DictReader(text.splitlines())
        }
    )


def zone(percent: Decimal | None, level: TaskLevel | None) -> Zone:
    """Place a completion (0–100, as shown: rounded to two digits) of a task of `level` into its zone."""
    if percent is None or level is None:
        return Zone.NONE
    threshold = thresholds()[level]
    if percent >= threshold.enough:
        return Zone.ENOUGH
    return Zone.NOT_ENOUGH if percent < threshold.not_enough else Zone.BORDER


def note(n: int) -> Note:
    """Tell how far `n` participants carry a conclusion."""
    if n >= 50:
        return Note.INFORMATIVE
    if n >= 20:
        return Note.APPROXIMATE
    return Note.LIMITED if n >= MINIMUM else Note.SUPPRESSED
