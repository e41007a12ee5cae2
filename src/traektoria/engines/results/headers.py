"""Reading of header cells: the same column is written in a dozen ways, and columns come in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\ufeff]+")
_SLASH = re.compile(r"\s*/\s*")

# What a column is about → how its header reads after `normalised`; the first role that matches wins.
ROLE_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("groups", r"groups$|группы участников$"),
        ("school", r"логин( школы| оо)?\b|user\b|пользователь|школа$|school( code| login)?$|оо$|код (оо|школы)$"),
        ("school_name", r"(полное |краткое )?(название|наименование) (оо|школы)|school name$"),
        ("municipality", r"муниципал|мсу$|municipality$|район$"),
        ("region_code", r"код региона$"),
        ("region", r"(регион|субъект( рф)?|region)$"),
        ("uploaded", r"дата (загрузки|сдачи)"),
        ("participant", r"код( участника| обучающегося| ученика)?$|code$|participant( code)?$|участник$"),
        ("number", r"номер( обучающегося| участника)?$|id$|№( п/п)?$"),
        ("journal", r"отметка (за предыдущ|по журналу|в журнале)|otc$|journal[ _]mark$|journal$|предыдущая отметка$"),
        ("sex", r"(пол|gender|sex)$"),
        ("class_name", r"класс( №.*)?$|klass$|(наименование|порядковый номер|номер) класса|class([ _]name)?$"),
        ("variant", r"(номер )?вариант[а]?\b|variant$|var-?\d+$"),
        ("total", r"всего баллов|итого|sum$|первичный балл$|total$|сумма( баллов)?$|(общий|суммарный) балл$"),
        ("mark", r"отметка$|mark$|оценка$"),
        ("textbook", r"(основной )?учебник|textbook$"),
    )
)

# A task: "1", "5.1", "5(1)", "4К1", "10.2K1", "11.3 k1", "9K3"; Latin and Cyrillic K.
TASK_LABEL: Final = r"\d{1,2}(?:[.,]\d{1,2}|\s?\(\d{1,2}\))*\.?(?:\s?[А-Яа-яA-Za-z]{1,4}\d{1,2})?"


@dataclass(frozen=True, slots=True)
class Header:
    """One row of a sheet read as a header: roles → 0-based columns in their order; texts are normalised."""

    texts: tuple[str, ...]
    roles: dict[str, tuple[int, ...]]

    def has(self, *roles: str) -> bool:
        """Whether each of these columns is there."""
        return all(role in self.roles for role in roles)

    def first(self, role: str) -> int | None:
        """The column of a role, or None."""
        columns = self.roles.get(role, ())
        return columns[0] if columns else None


def normalised(cell: Any) -> str:
    """Lower case, ё as е, one space for any blank, none around a slash."""
    text = _SPACES.sub(" ", cell_text(cell)).strip().lower().replace("ё", "е")
    return _SLASH.sub("/", text).rstrip(" :;.*")


def cell_text(cell: Any) -> str:
    """A cell as a person reads it: 40001.0 is "40001"; blanks at the ends are dropped."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else _trimmed(str(cell))


def _trimmed(text: str) -> str:
    return text.strip(" \t\r\n\u00a0\ufeff\u202f")


def read_header(row: Sequence[Any]) -> Header:
    """Find the role of each cell of a row."""
    texts = tuple(map(normalised, row))
    roles: dict[str, list[int]] = {}
    for column, text in enumerate(texts):
        role = role_of(text)
        if role:
            roles.setdefault(role, []).append(column)
    return Header(texts, {role: tuple(columns) for role, columns in roles.items()})


def role_of(text: str) -> str | None:
    """Role of one normalised header text; long texts are prose, not headers."""
    if not text or len(text) > 120:
        return None
    return next((role for role, pattern in ROLE_PATTERNS if pattern.match(text)), None)
