"""Which work is this? Procedure, year, subject and grade from what the file says of itself, each with its source.

Nobody is asked what the file tells, and nothing is taken from it that it does not tell: a guess that rests only on the
looks of a form is a suggestion, shown beside the question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, Final

from traektoria.engines.results.model import Aggregate, Guess, Overrides, Recognised, work_maximum
from traektoria.engines.results.scales import all_scales
from traektoria.engines.results.subjects import subject_in_words, subject_of_code
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.workbook import Workbook

FIELDS: Final = ("procedure", "year", "subject", "grade")
_SAMPLE: Final = 400
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
_GRADE = re.compile(r"(?<!\d)(1[01]|[1-9])\s*[-–]?\s*(?:й|ый|ий|ого)?\s*кл", re.IGNORECASE)
_CODE_AND_GRADE = re.compile(r"(?<![a-zа-яё])([a-zа-яё]{2,12})[\s_.\-]{0,3}(1[01]|[4-9])(?!\d)", re.IGNORECASE)
_PARTICIPANT = re.compile(r"(1[01]|[4-9])\d{4}")
_CLASS = re.compile(r"(1[01]|[4-9])\s*[\"«»]?\s*[А-Яа-яA-Za-z]?[\"»]?")
_PROCEDURES: Final = (
    ("vpr", re.compile(r"впр|\bvpr|vpr\d|всероссийск\w+ проверочн")),
    ("oge", re.compile(r"огэ|\boge")),
    ("ege", re.compile(r"егэ|\bege")),
    ("complex", re.compile(r"комплексн\w+ работ|функциональн\w+ грамотн")),
)
_VPR_LAYOUTS: Final = frozenset(
    {
        "region_2021",
        "region_2020",
        "f1_individual",
        "collection_form_2022",
        "collection_form_2026",
        "base_form",
        "f3_marks",
        "journal_comparison",
    }
)
_YEAR_OF_LAYOUT: Final = {"region_2021": 2021, "region_2020": 2020}
_SUGGESTED_YEAR: Final = {"collection_form_2026": 2026, "collection_form_2022": 2022}

Found = Iterator[tuple[str, Any, str]]


def infer(workbook: Workbook, found: Recognised | Aggregate, overrides: Overrides) -> dict[str, Guess]:
    """Field → value and source; the first source that says something wins. Fields nobody tells are absent."""
    guesses: dict[str, Guess] = {}
    for name, value, source in _evidence(workbook, found, overrides):
        if value is not None and name not in guesses:
            guesses[name] = Guess(value, source)
    if isinstance(found, Recognised):
        _add_grade_of_codes(guesses, found)
        _add_by_structure(guesses, found)
    return guesses


def suggestions(found: Recognised | Aggregate, guesses: dict[str, Guess]) -> dict[str, Any]:
    """Guesses too weak to be used unasked."""
    year = _SUGGESTED_YEAR.get(found.layout)
    return {"year": year} if year and "year" not in guesses else {}


def _evidence(workbook: Workbook, found: Recognised | Aggregate, overrides: Overrides) -> Found:
    for name in FIELDS:
        yield name, getattr(overrides, name), "override"
    for title in found.titles:
        yield from _from_words(title, "title")
    yield from _from_codes(found.sheet, "sheet")
    yield from _from_words(found.sheet, "sheet")
    stem = PurePath(workbook.filename.replace("\\", "/")).stem
    yield from _from_codes(stem, "filename")
    yield from _from_words(stem, "filename")
    if isinstance(found, Recognised):
        yield from _from_columns(found)
    for sheet in workbook.visible:
        if sheet.name != found.sheet:
            yield from _from_words(" ".join(_texts(sheet.rows[:4])), "other_sheet", years=False)
    if found.layout in _VPR_LAYOUTS:
        yield "procedure", "vpr", "layout"
    yield "year", _YEAR_OF_LAYOUT.get(found.layout), "layout"


def _from_words(text: str, source: str, *, years: bool = True) -> Found:
    """«ВПР 2026 Русский язык 4 класс» and the like."""
    lowered = text.lower()
    yield "procedure", next((name for name, pattern in _PROCEDURES if pattern.search(lowered)), None), source
    if years:
        seen = set(_YEAR.findall(text))
        yield "year", int(seen.pop()) if len(seen) == 1 else None, source
    yield "subject", subject_in_words(text), source
    grades = set(_GRADE.findall(text))
    yield "grade", int(grades.pop()) if len(grades) == 1 else None, source


def _from_codes(text: str, source: str) -> Found:
    """«РУ 4», «ma4», «region_2021_math_4»: a subject's code before a grade."""
    for code, grade in _CODE_AND_GRADE.findall(_YEAR.sub(" ", text)):
        subject = subject_of_code(code) or subject_in_words(code)
        if subject:
            yield "subject", subject, source
            yield "grade", int(grade), source
    for token in re.split(r"[\W_\d]+", text):
        yield "subject", subject_of_code(token), source


def _from_columns(found: Recognised) -> Found:
    textbooks = Counter(_sample(found, "textbook"))
    for textbook, _ in textbooks.most_common(3):
        yield "subject", subject_in_words(textbook), "textbook"
    for uploaded in _sample(found, "uploaded")[:5]:
        year = _YEAR.search(uploaded)
        yield "year", int(year[1]) if year else None, "upload_date"
    for groups in _sample(found, "groups")[:5]:
        years = set(re.findall(r"vpr(20[12]\d)", groups))
        yield "year", int(years.pop()) if len(years) == 1 else None, "groups"


def _add_grade_of_codes(guesses: dict[str, Guess], found: Recognised) -> None:
    """Participant 40001 sat in grade 4. In autumn 2020 the works of spring were written a grade later."""
    codes = Counter(match[1] for code in _sample(found, "participant") if (match := _PARTICIPANT.fullmatch(code)))
    classes = Counter(match[1] for name in _sample(found, "class_name") if (match := _CLASS.fullmatch(name)))
    for counter, source in ((codes, "participant_codes"), (classes, "class_names")):
        if len(counter) == 1 and "grade" not in guesses:
            grade = int(next(iter(counter)))
            late = "year" in guesses and guesses["year"].value == 2020 and found.layout == "region_2020"
            guesses["grade"] = Guess(grade - late, source)
    textbook = next(iter(_sample(found, "textbook")), "")
    if "grade" not in guesses and (match := _GRADE.search(textbook)):
        guesses["grade"] = Guess(int(match[1]), "textbook")


def _add_by_structure(guesses: dict[str, Guess], found: Recognised) -> None:
    """The only published work of that year and grade with so many tasks and such a maximum."""
    if "subject" in guesses or not {"procedure", "year", "grade"} <= guesses.keys() or not found.maxima_in_header:
        return
    work = (guesses["procedure"].value, str(guesses["year"].value), guesses["grade"].value)
    shape = (len(found.tasks), work_maximum(found.tasks))
    alike = {
        scale.subject
        for scale in all_scales()
        if (scale.procedure, scale.year, scale.grade) == work and (scale.tasks, scale.max_primary) == shape
    }
    if len(alike) == 1:
        guesses["subject"] = Guess(alike.pop(), "structure")


def _sample(found: Recognised, role: str) -> list[str]:
    """Texts of the first filled cells of a column."""
    column = found.column(role)
    if column is None:
        return []
    cells = (shown(line.cells[column]) for line in found.table.lines[:_SAMPLE])
    return [text for text in cells if text]


def _texts(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    return (shown(cell)[:300] for row in rows for cell in row if cell != "")
