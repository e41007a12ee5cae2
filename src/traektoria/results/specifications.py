"""Specification files: «№ КИМ | № | Умения | Блоки ПООП | Уровень | КЭС | КТ | макс | минуты», and codifiers «Код | …».

A task that refers to several codes stands in several rows; they are joined. Some files repeat the headings to the right
of the table with nothing under them: the first column of each kind counts. Words broken over lines in the original are
put together; nothing else is changed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from traektoria.engines.results import ImportRefused
from traektoria.engines.results.subjects import subject_in_words, subject_of_code
from traektoria.engines.tables.cells import Dated, shown
from traektoria.engines.tables.headings import headings, table_at
from traektoria.engines.tables.workbook import read_workbook
from traektoria.results.models import CodifierKind, Procedure
from traektoria.results.refusals import FileRefused, refused

_HEADINGS = {
    "label": re.compile(r"№ по ким|№ ким|ким"),
    "position": re.compile(r"^№$|^номер$"),
    "skill": re.compile(r"умени"),
    "planned_result": re.compile(r"пооп|научится|планируемы"),
    "level": re.compile(r"уров\w+ сложности"),
    "kes": re.compile(r"кэс"),
    "kt": re.compile(r"(?<!\w)кт(?!\w)"),
    "maximum": re.compile(
        r"макс(?!.*(?:вс(?:ю|ей)(?: \w+)?|за|выполнени[ея]) работ[уы](?: в целом)?(?: ?[(,.;:]|$))"  # not of the work
    ),
    "minutes": re.compile(r"время|минут"),
}
_CODIFIER = {
    CodifierKind.KES: re.compile(r"элемент\w* содержания"),
    CodifierKind.KT: re.compile(r"требовани|планируемы"),
}
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BROKEN = re.compile(r"(?<![а-яё])([а-яё]{2,})- (?!и |или )([а-яё]{3,})")
_COMPOUND = frozenset({"одно", "двух", "трёх", "трех", "четырёх", "научно", "учебно", "функционально"})
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_GRADE = re.compile(r"(?<!\d)(1[01]|[1-9])(?!\d)")
_LEVELS = frozenset("БПВ")
_HEADER_ROWS = 10


@dataclass(frozen=True)
class Work:
    """Which work a specification belongs to; None is what nobody has said yet."""

    procedure: str | None = None
    year: int | None = None
    subject: str | None = None
    grade: int | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, value in vars(self).items() if value is None)


@dataclass(frozen=True)
class SpecifiedRow:
    """A task as the specification describes it."""

    position: int
    label: str
    skill: str
    planned_result: str
    level: str
    kes: tuple[str, ...]
    kt: tuple[str, ...]
    maximum: int
    minutes: int | None


@dataclass(frozen=True)
class SpecificationFile:
    """What one file holds: tasks, or the names of the codes of one kind."""

    tasks: tuple[SpecifiedRow, ...] = ()
    codes: Mapping[str, str] | None = None
    kind: CodifierKind | None = None


def work_of(filename: str, said: Work) -> Work:
    """What the name of the file says («spec_2021_math_4_ALL.xlsx»), under what a person says. VPR where nobody does."""
    stem = PurePath(filename.replace("\\", "/")).stem
    year = _YEAR.search(stem)
    rest = _YEAR.sub(" ", stem)
    tokens = [token for token in re.split(r"[\W_\d]+", rest.lower()) if token]
    grade = _GRADE.search(rest)
    procedure = next((p.value for p in Procedure if p.value in tokens), Procedure.VPR.value)
    seen = Work(
        procedure=procedure,
        year=int(year[1]) if year else None,
        subject=next(filter(None, map(subject_of_code, tokens)), None) or subject_in_words(stem),
        grade=int(grade[1]) if grade else None,
    )
    return replace(seen, **{name: value for name, value in vars(said).items() if value is not None})


def is_specification(content: bytes, filename: str) -> bool:
    """Whether the columns are those of a specification or of a codifier."""
    try:
        read_specification(content, filename)
    except FileRefused:
        return False
    return True


def read_specification(content: bytes, filename: str) -> SpecificationFile:
    """Read the first sheet that is a specification or a codifier. Raises ``FileRefused``."""
    try:
        workbook = read_workbook(content, filename)
    except ImportRefused as refusal:
        raise refused(refusal, filename) from refusal
    for heading in headings(workbook, _HEADER_ROWS):
        columns, kind = _columns(heading.cells), _codifier_kind(heading.cells)
        is_tasks = {"skill", "maximum"} <= columns.keys()
        if is_tasks or kind:
            body = [line.cells for line in table_at(workbook, heading).lines]
            return (
                SpecificationFile(_tasks(body, columns, filename))
                if is_tasks
                else SpecificationFile((), _codes(body), kind)
            )
    raise FileRefused(
        _(
            "«%(file)s» is not a specification: we look for the headings «Умения», «Максимальный балл», "
            "or «Код» with «Проверяемые элементы содержания» or «Проверяемые требования»."
        )
        % {"file": filename},
        code="not_a_specification",
        filename=filename,
    )


def clean_text(cell: Any) -> str:
    """Text of a cell without invisible signs, and with words that a line break had parted put together."""
    text = _INVISIBLE.sub("", shown(cell).replace("\xa0", " "))
    text = re.sub(r"\s+", " ", text).strip()
    return _BROKEN.sub(lambda found: found[0] if found[1] in _COMPOUND else found[1] + found[2], text)


def clean_code(cell: Any) -> str:
    """«1.0» that a spreadsheet made of 1 is «1»; «2.1» stays, and is what the numbers 2,1 and 2 Jan were typed as."""
    text = clean_text(cell.typed if isinstance(cell, Dated) else cell)
    return re.sub(r"\.0+$", "", re.sub(r"(?<=\d),(?=\d)", ".", text))


def _columns(row: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        heading = clean_text(cell).lower()
        name = next((name for name, pattern in _HEADINGS.items() if heading and pattern.search(heading)), None)
        if name:
            found.setdefault(name, place)
    return found


def _codifier_kind(row: Sequence[Any]) -> CodifierKind | None:
    headings = [clean_text(cell).lower() for cell in row[:3]]
    if len(headings) < 2 or headings[0] != "код":
        return None
    return next((kind for kind, pattern in _CODIFIER.items() if pattern.search(headings[1])), None)


def _codes(body: Sequence[Sequence[Any]]) -> dict[str, str]:
    pairs = ((clean_code(row[0]), clean_text(row[1])) for row in body)
    return {code[:20]: name for code, name in pairs if code and name}


def _tasks(body: Sequence[Sequence[Any]], columns: Mapping[str, int], filename: str) -> tuple[SpecifiedRow, ...]:
    joined: dict[str, list[dict[str, Any]]] = {}
    for row in body:
        cells = {name: row[place] for name, place in columns.items()}
        key = clean_code(cells.get("position", "")) or clean_code(cells.get("label", ""))
        if key and clean_text(cells["skill"]):
            joined.setdefault(key, []).append(cells)
    if not joined:
        text = _("In «%(file)s» there is no task under the headings.") % {"file": filename}
        raise FileRefused(text, code="no_tasks", filename=filename)
    return tuple(_task(number, key, rows, filename) for number, (key, rows) in enumerate(joined.items(), 1))


def _task(number: int, key: str, rows: list[dict[str, Any]], filename: str) -> SpecifiedRow:
    label = _first(rows, "label", clean_code) or key
    maximum = _first(rows, "maximum", clean_code)
    if not maximum.isdecimal() or not 0 < int(maximum) < 100:
        facts = {"file": filename, "task": label, "value": maximum}
        text = _("In «%(file)s», task %(task)s, the highest score is not a number: «%(value)s».") % facts
        raise FileRefused(text, code="maximum_unreadable", filename=filename)
    level, minutes = _first(rows, "level", clean_text).upper(), _first(rows, "minutes", clean_code)
    return SpecifiedRow(
        position=number,
        label=label[:20],
        skill=_first(rows, "skill", clean_text),
        planned_result=" ".join(_distinct(rows, "planned_result", clean_text)),
        level=level if level in _LEVELS else "",
        kes=_distinct(rows, "kes", clean_code),
        kt=_distinct(rows, "kt", clean_code),
        maximum=int(maximum),
        minutes=int(minutes) if minutes.isdecimal() and int(minutes) < 1000 else None,
    )


def _distinct(rows: list[dict[str, Any]], name: str, read: Any) -> tuple[str, ...]:
    """Each value once; a cell may hold several codes: «1, 4» or «1; 4»."""
    texts = (read(row[name]) for row in rows if name in row)
    parts = (part for text in texts for part in (re.split(r"[;,]\s*", text) if read is clean_code else [text]))
    return tuple(dict.fromkeys(part for part in parts if part))


def _first(rows: list[dict[str, Any]], name: str, read: Any) -> str:
    return next(iter(_distinct(rows, name, read)), "")
