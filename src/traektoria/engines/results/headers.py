"""Reading of header cells: the same column is written in a dozen ways, and columns come in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from traektoria.engines.tables.cells import Dated, shown

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\ufeff]+")
_SLASH = re.compile(r"\s*/\s*")

# What a column is about → how its header reads after `normalised`; the first role that matches wins.
_ROLES: Final = (
    ("groups", r"groups$|группы участников$"),
    (
        "school",
        r"логин( школы| оо)?\b|user\b|пользователь|школа$|school( code| login)?$|оо$|оу$|код (оо|оу|школы)$"
        r"|образовательная организация$",
    ),
    (
        "school_name",
        r"(полное |краткое )?(название|наименование) (оо|оу|школы|образовательной организации)|school name$",
    ),
    ("municipality", r"муниципал|мсу$|municipality$|район$"),
    ("region_code", r"код региона$"),
    ("region", r"(регион|субъект( рф)?|region)$"),
    ("uploaded", r"дата (загрузки|сдачи)"),
    (
        "participant",
        r"код( участника| обучающегося| ученика| учащегося)?$|code$|participant( code)?$|участник$"
        r"|(шифр|идентификатор)( участника| ученика)?$",
    ),
    ("number", r"номер( обучающегося| участника| ученика)?$|id$|№( п/п)?$|п/п$"),
    (
        "person",
        r"(ф\.? ?и\.? ?о?\.?|фамили[яи][ ,]*(и )?(имя|и\. ?о\.?)?[ ,]*(отчество)?|имя|отчество)"
        r"( (ученика|ученицы|учащегося|учащихся|обучающегося|обучающихся|участника|учеников))?$"
        r"|(ученик|ученица|ученики|учащийся|учащиеся|обучающийся|обучающиеся)$|список( (класса|учащихся|учеников))?$",
    ),
    (
        "journal",
        r"(отметка|оценка) (за (предыдущ|прошл|четверт|триместр|полугод|год|\d|i)|по журналу|в журнале)|otc$"
        r"|journal[ _]mark$|journal$|предыдущая отметка$",
    ),
    ("sex", r"(пол|gender|sex)$"),
    (
        "class_name",
        r"класс( №.*)?$|klass$|(буква|литер\w*) класса$|литера?$|буква$|класс,? ?\(?(литер\w*|буква)\)?$"
        r"|(наименование|порядковый номер|номер) класса|class([ _]name)?$",
    ),
    ("variant", r"(номер |№ )?вариант[а]?\b|variant$|var-?\d+$"),
    (
        "total",
        r"всего баллов|итог|всего$|(кол-во|количество|набрано|сумма) баллов|sum$|первичный балл$|total$"
        r"|сумма( баллов)?$|(общий|суммарный) балл$",
    ),
    ("mark", r"(отметка|оценка)( за работу| по 5-балльной шкале)?$|mark$"),
    ("textbook", r"(основной )?учебник|textbook$"),
)
ROLE_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (role, re.compile(pattern)) for role, pattern in _ROLES
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
    text = _SPACES.sub(" ", shown(cell)).strip().lower().replace("ё", "е")
    return _SLASH.sub("/", text).rstrip(" :;.*")


def read_header(row: Sequence[Any]) -> Header:
    """Find the role of each cell of a row. What a spreadsheet made a date is read as it was typed: 4.1."""
    texts = tuple(normalised(cell.typed if isinstance(cell, Dated) else cell) for cell in row)
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
