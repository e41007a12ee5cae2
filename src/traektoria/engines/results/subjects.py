"""Subjects as files name them: «РУ 4», «vpr2020.ma5», «Математика (в 2 частях)» → a stable slug."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

DATA = resources.files("traektoria.engines.results") / "data"


@dataclass(frozen=True, slots=True)
class Naming:
    """Patterns for one subject: `code` fits a whole short token, `word` any place of a text."""

    subject: str
    code: re.Pattern[str]
    word: re.Pattern[str]


@cache
def namings() -> tuple[Naming, ...]:
    """All subjects that can be recognised, from data/subjects.csv."""
    with (DATA / "subjects.csv").open(encoding="utf-8") as lines:
        return tuple(
            Naming(row["subject"], re.compile(row["codes"]), re.compile(row["words"])) for row in csv.DictReader(lines)
        )


@cache
def subject_slugs() -> tuple[str, ...]:
    """Slugs that an override may name."""
    return tuple(naming.subject for naming in namings())


def subject_in_words(text: str) -> str | None:
    """The one subject whose name occurs in a text; None when none or several do."""
    lowered = text.lower().replace("ё", "е")
    found = {naming.subject for naming in namings() if naming.word.search(lowered)}
    return found.pop() if len(found) == 1 else None


def subject_of_code(token: str) -> str | None:
    """Subject of a short code as in sheet names: «РУ», «ma»."""
    lowered = token.lower()
    return next((naming.subject for naming in namings() if naming.code.fullmatch(lowered)), None)
