"""Published dates of school years (``data/school_calendar.csv``): each with its source; a proposal says so."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "school_calendar.csv"


@dataclass(frozen=True)
class PeriodFact:
    """``confirmed`` only where the dates themselves were published; derived and proposed ones wait for a person."""

    start_year: int
    kind: str
    name: str
    start: date
    end: date
    source: str
    confirmed: bool


@cache
def facts() -> tuple[PeriodFact, ...]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(map(_fact, csv.DictReader(lines)))


def facts_of(start_year: int) -> tuple[PeriodFact, ...]:
    return tuple(fact for fact in facts() if fact.start_year == start_year)


def known_years() -> list[int]:
    return sorted({fact.start_year for fact in facts()}, reverse=True)


def _fact(row: dict[str, str]) -> PeriodFact:
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    return PeriodFact(
        int(row["start_year"]), row["kind"], row["name"], start, end, row["source"], row["status"] == "seen"
    )
