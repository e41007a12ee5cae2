"""From the bytes of a file to the sheets of a workbook; every failure is an `Unreadable`."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any, Final

import python_calamine

from traektoria.engines.results.delimited import read_delimited
from traektoria.engines.results.errors import Unreadable
from traektoria.engines.results.limits import Limits
from traektoria.engines.results.safety import ZIP_MAGIC, Cell, check_magic, check_workbook

DEFAULT_LIMITS: Final = Limits()
CSV_SHEET: Final = "csv"
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells by rows, from A1 on and rectangular: text, numbers, booleans, dates; an empty cell is "".

    `uncached` are the 0-based (row, column) of formulas that no program has computed: they read as "".
    """

    name: str
    rows: list[list[Any]] = field(repr=False)
    uncached: frozenset[Cell] = frozenset()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be opened."""

    filename: str
    sheets: tuple[Sheet, ...]


def read_workbook(source: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open a table by its content; the name of the file is only kept. Raises Unreadable and nothing else."""
    check_magic(source, limits)
    if source.startswith(ZIP_MAGIC):
        sheets = _read_xlsx(source, limits)
    else:
        sheets = (Sheet(CSV_SHEET, list(read_delimited(source, limits))),)
    if not any(sheet.rows for sheet in sheets):
        raise Unreadable("empty")
    return Workbook(filename, sheets)


def _read_xlsx(source: bytes, limits: Limits) -> tuple[Sheet, ...]:
    checked = check_workbook(source, limits)
    formulas = checked.formulas
    parts = _sheet_parts(checked.archive) if any(formulas.values()) else {}
    return tuple(
        Sheet(name, rows, formulas.get(parts.get(name, ""), frozenset()))
        for name, rows in _calamine_sheets(checked.archive)
    )


def _calamine_sheets(source: bytes) -> list[tuple[str, list[list[Any]]]]:
    """All sheets. Rust panics arrive as BaseException and mean a damaged file as well."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        kinds = {sheet.name: sheet.typ for sheet in book.sheets_metadata}
        names = [name for name in book.sheet_names if kinds.get(name) == python_calamine.SheetTypeEnum.WorkSheet]
        return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except python_calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise Unreadable("damaged") from error


def _sheet_parts(source: bytes) -> dict[str, str]:
    """Sheet name → part name, so that formulas found in a part are told of the right sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
            relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, OSError):
        return {}
    targets = {}
    for tag in _RELATIONSHIP.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        targets[attributes.get("Id", "")] = posixpath.normpath(part)
    sheets = (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(book))
    return {_unescape(sheet.get("name", "")): targets.get(sheet.get("r:id", ""), "") for sheet in sheets}


def _unescape(text: str) -> str:
    for entity, mark in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, mark)
    return text
