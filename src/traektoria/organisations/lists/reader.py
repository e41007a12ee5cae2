"""An official list as a table or as pasted lines: which schools of the centre stand in it, and which rows are none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.text import search_key, squash
from traektoria.organisations.enums import HelpReason
from traektoria.organisations.lists.reasons import reasons_named
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.school_table import digits_of
from traektoria.organisations.sheets import RecognisedTable, RowPlace, SheetRow, columns_of, read_table

COLUMNS: Final = columns_of(Path(__file__).parent.parent / "data" / "list_columns.csv")
PASTED: Final = "list.csv"
MOST_LINES: Final = 2_000
_MARK = re.compile(r"^\s*\d+\s*[.)]\s*")
_WORDS = re.compile(r"[a-zа-я0-9]+")
_KINDS: Final = {
    "сош": "сош", "средняя": "сош", "оош": "оош", "основная": "оош", "нош": "нош", "начальная": "нош", "школа": "",
    "гимназия": "гимназия", "лицей": "лицей", "прогимназия": "прогимназия", "интернат": "интернат",
}  # fmt: skip
"""What a school is called by its kind; «школа» says none."""


@dataclass(frozen=True)
class NamedRow:
    """A row of the table: what stands there and where."""

    place: RowPlace
    text: str


@dataclass(frozen=True)
class Elsewhere:
    """Another municipality as the table names it: how many rows it has, and where the first stands."""

    name: str
    first: RowPlace
    rows: int


@dataclass(frozen=True)
class Recognised:
    """``schools`` by key with the row that names them; ``unknown`` rows name no school of the centre, or more than one;
    ``elsewhere``: municipalities that are not ours, in the order of the table; ``other_list``: rows of the other
    list."""

    schools: Mapping[int, NamedRow]
    unknown: tuple[NamedRow, ...]
    twice: tuple[NamedRow, ...]
    elsewhere: tuple[Elsewhere, ...]
    other_list: int

    @property
    def elsewhere_rows(self) -> int:
        return sum(one.rows for one in self.elsewhere)


def pasted_table(text: str) -> RecognisedTable:
    """A table copied with its headings, or a school on each line. Raises ``Invalid`` where there is none."""
    try:
        return read_table(text.encode(), PASTED, COLUMNS)
    except Invalid:
        lines = [squash(_MARK.sub("", line)) for line in text.splitlines()]
    rows = tuple(SheetRow(RowPlace(at), {"name": line}) for at, line in enumerate(lines, 1) if line)
    if not rows:
        raise Invalid(_("Nothing is pasted: there is no school in these lines."), code="nothing_pasted")
    if len(rows) > MOST_LINES:
        raise Invalid(_("More than %(lines)s lines: paste the part of your schools.") % {"lines": MOST_LINES})
    return RecognisedTable("", {"name": "A"}, (), rows)


def recognise(table: RecognisedTable, centre: TutorCentre, reason: HelpReason) -> Recognised:
    """Rows against the schools of the centre: by the code, by the name, by kind and number where one school alone is
    so. One query, and one for the names of the municipality."""
    known = _Known(centre)
    found: dict[int, NamedRow] = {}
    unknown, twice = [], []
    elsewhere: dict[str, list[RowPlace]] = {}
    other_list = 0
    for row in table.rows:
        name, digits = row.cells.get("name", ""), row.cells.get("digits", "")
        named = NamedRow(row.number, name or digits)
        if not named.text:
            continue
        municipality = squash(row.cells.get("municipality", ""))
        if known.is_elsewhere(municipality):
            elsewhere.setdefault(municipality, []).append(row.number)
            continue
        if _is_of_other_list(row.cells.get("list", ""), reason):
            other_list += 1
            continue
        school = known.by_digits.get(digits_of(digits) or "") or known.named(name)
        if school is None:
            unknown.append(named)
        elif school in found:
            twice.append(named)
        else:
            found[school] = named
    others = tuple(Elsewhere(name, places[0], len(places)) for name, places in elsewhere.items())
    return Recognised(found, tuple(unknown), tuple(twice), others, other_list)


class _Known:
    """The schools of a centre by everything that a list may call them."""

    def __init__(self, centre: TutorCentre) -> None:
        self.municipality = _stem(centre.municipality.name)
        self.by_digits: dict[str, int] = {}
        self._by_name: dict[str, set[int]] = {}
        self._by_number: dict[tuple[str, str], set[int]] = {}
        for school in centre.schools():
            self.by_digits[school.digits] = school.pk
            for text in filter(None, (school.name, school.full_name)):
                self._by_name.setdefault(_plain(text), set()).add(school.pk)
                if mark := _number(text):
                    self._by_number.setdefault(mark, set()).add(school.pk)

    def named(self, text: str) -> int | None:
        """The one school that is called so; None where it is none or could be two."""
        found = self._by_name.get(_plain(text))
        if not found and (mark := _number(text)):
            found = self._by_number.get(mark)
            if not mark[0]:
                found = set().union(*(keys for (_k, n), keys in self._by_number.items() if n == mark[1]))
        return next(iter(found)) if found and len(found) == 1 else None

    def is_elsewhere(self, municipality: str) -> bool:
        """Whether another municipality is named: one that shares no word with ours."""
        words = _stem(municipality)
        return bool(words and self.municipality and not words & self.municipality)


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(search_key(text)))


def _number(text: str) -> tuple[str, str] | None:
    """(kind, number): «МБОУ СОШ № 4 им. Героя» → («сош», «4»)."""
    words = _WORDS.findall(search_key(text))
    kinds = [_KINDS[word] for word in words if word in _KINDS]
    numbers = [word for word in words if word.isdecimal() and len(word) <= 4]
    if not kinds or len(numbers) != 1:
        return None
    return next(filter(None, kinds), ""), str(int(numbers[0]))


def _stem(text: str) -> set[str]:
    """Words of a municipality without what all are called."""
    common = {
        "район",
        "муниципальный",
        "муниципальное",
        "образование",
        "городской",
        "округ",
        "город",
        "курорт",
        "мо",
        "г",
    }
    return {
        word[:5] for word in _WORDS.findall(search_key(text)) if word not in common and not word.startswith("муниц")
    }


def _is_of_other_list(text: str, reason: HelpReason) -> bool:
    """Whether the cell names the other list alone; «ШНОР, ШССУ» is of both."""
    named = reasons_named(text)
    return bool(named) and reason not in named
