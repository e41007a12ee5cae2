"""A checklist as it is written: sections of criteria with what «yes», «in part» and «no» look like, and points."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import TypeAdapter

_FILE: Final = Path(__file__).parent / "data" / "checklists.yaml"
MOST_CRITERIA: Final = 80


@dataclass
class Criterion:
    """``number`` stays with the criterion for ever; where it stands in the list is another thing. ``points`` are given
    for «yes», ``partly`` for «in part»."""

    number: int
    title: str
    hint: str = ""
    points: int = 1
    partly: int = 0
    yes_looks: str = ""
    partly_looks: str = ""
    no_looks: str = ""
    asks_address: bool = False
    """A page of a site is looked at: its address and time are kept."""


@dataclass
class ChecklistSection:
    title: str
    criteria: list[Criterion] = field(default_factory=list)


SECTIONS: Final = TypeAdapter(list[ChecklistSection])


def sections_of(kept: list[Any]) -> list[ChecklistSection]:
    return SECTIONS.validate_python(kept)


def as_kept(sections: list[ChecklistSection]) -> list[Any]:
    found: list[Any] = SECTIONS.dump_python(sections, mode="json")
    return found


def criteria_of(sections: list[ChecklistSection]) -> dict[int, Criterion]:
    """By number, in the order of the list."""
    return {one.number: one for section in sections for one in section.criteria}


@cache
def _defaults() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def default_sections(kind: str) -> list[ChecklistSection]:
    """What the house proposes for a kind of the presets; none for a kind that a centre has thought of itself."""
    sections: list[ChecklistSection] = []
    number = 0
    for written in _defaults().get(kind, []):
        section = ChecklistSection(written["title"])
        for row in written["criteria"]:
            number += 1
            section.criteria.append(Criterion(number=number, **row))
        sections.append(section)
    return sections


@dataclass(frozen=True)
class EditionDifference:
    """What another edition has otherwise: titles of criteria."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    reworded: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.reworded)


def difference(old: list[ChecklistSection], new: list[ChecklistSection]) -> EditionDifference:
    """By the numbers of criteria, whatever place they have."""
    before, after = criteria_of(old), criteria_of(new)
    return EditionDifference(
        tuple(one.title for number, one in after.items() if number not in before),
        tuple(one.title for number, one in before.items() if number not in after),
        tuple(
            (one.title, after[number].title)
            for number, one in before.items()
            if number in after and one != after[number]
        ),
    )
