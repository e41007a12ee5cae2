"""``traektoria questions FILE [--out FILE.gift|FILE.xlsx] [--json]``: look at a bank of questions and rewrite it.

``--template FILE.xlsx`` writes the empty table. docs/questionbanks.md describes the JSON. Status 1: nothing was read,
or nothing could be written.
"""

import json
import os
import secrets
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.named_files import NO_FILE, reason, unopened
from traektoria.core.typography import quote
from traektoria.diagnostics.bank.file_report import SCHEMA, bank_data, report_lines
from traektoria.diagnostics.items.question_problems import unreadable_sentence
from traektoria.engines.questionbanks import (
    LIMITS,
    Bank,
    Question,
    UnreadableBank,
    read,
    template,
    write_gift,
    write_xlsx,
)

_WRITERS: Mapping[str, Callable[[Sequence[Question]], bytes]] = {
    ".gift": lambda questions: write_gift(questions).encode(errors="replace"),
    ".xlsx": write_xlsx,
}


class _Refused(Exception):
    """A stable code and a sentence for people."""

    def __init__(self, code: str, sentence: str, params: Mapping[str, str | int] | None = None) -> None:
        super().__init__(sentence)
        self.data = {"code": code, "params": dict(params or {}), "text": sentence}


class Command(BaseCommand):
    help = "Read a bank of questions (GIFT, Moodle XML, Aiken, QTI, XLSX, CSV), list its problems, write GIFT or XLSX."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", type=_path)
        parser.add_argument("--out", type=_path, metavar="FILE", help="write the questions to FILE.gift or FILE.xlsx")
        parser.add_argument("--template", type=_path, metavar="FILE", help="write the empty table to FILE.xlsx")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object on standard output")

    def handle(
        self, *, file: Path | None, out: Path | None, template: Path | None, as_json: bool, **options: Any
    ) -> None:
        report: dict[str, Any] = {
            "schema": SCHEMA, "file": _shown(file), "bank": None, "output": None, "template": None, "error": None,
        }  # fmt: skip
        lines: list[str] = []
        refusal = None
        try:
            _work(file, out, template, report, lines)
        except _Refused as error:
            refusal, report["error"] = error, error.data
        said = json.dumps(report, ensure_ascii=False, allow_nan=False) if as_json else "\n".join(lines)
        if said:
            self.stdout.write(_printable(said))
        if refusal:
            code = NO_FILE if refusal.data["code"] == "no_file" else 1
            raise CommandError(str(refusal), returncode=code) from refusal


def _work(file: Path | None, out: Path | None, form: Path | None, report: dict[str, Any], lines: list[str]) -> None:
    """Do what was asked for, telling of it in `report` and `lines`. Raises _Refused; what was done until then stays."""
    _check(file, out, form)
    if form:
        _write(form, template())
        report["template"] = _shown(form)
        lines.append(_("The template is written: %(file)s") % {"file": _shown(form)})
    if file:
        bank = _read(file)
        report["bank"] = bank_data(bank)
        lines += [_("File: %(file)s") % {"file": _shown(file)}, *report_lines(bank)]
        if not bank.questions:
            raise _Refused("no_questions", _("Not one question could be read, so nothing is written."))
        if out:
            report["output"] = _convert(bank, out)
            lines += _written_lines(report["output"])


def _check(file: Path | None, out: Path | None, form: Path | None) -> None:
    """Refuse what cannot be done before anything is read."""
    if file is None and (form is None or out):
        raise _Refused("no_file_named", _("Name the file with questions, or --template FILE.xlsx for the empty table."))
    if out and out.suffix.lower() not in _WRITERS:
        raise _Refused("output_kind", _("Questions are written to FILE.gift or FILE.xlsx: choose such a name."))
    if form and form.suffix.lower() != ".xlsx":
        raise _Refused("output_kind", _("The template is written to FILE.xlsx: choose such a name."))
    written = [path.absolute() for path in (out, form) if path]
    if len(written) > len(set(written)) or any(file and _same(file, path) for path in written):
        raise _Refused("output_same", _("This would write over a file that is in use here: choose another name."))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False  # one of them is not there yet, or is said to be unreadable later


def _read(path: Path) -> Bank:
    """Raises _Refused. A file of any size costs no more memory than a bank may have."""
    try:
        with path.open("rb") as source:
            content = source.read(LIMITS.file_bytes + 1)
        return read(content, path.name)
    except OSError as error:
        raise _Refused("no_file", unopened(_shown(path), error)) from error
    except UnreadableBank as error:
        sentence = f"{_shown(path)}: {unreadable_sentence(error)}"
        raise _Refused(error.code, sentence, error.params) from error


def _convert(bank: Bank, path: Path) -> dict[str, Any]:
    kind = path.suffix.lower()
    try:
        content = _WRITERS[kind](bank.questions)
    except ValueError as error:
        raise _Refused("too_long_for_cell", _too_long(bank)) from error
    _write(path, content)
    left_out = sum(len(question.pictures) for question in bank.questions) if kind == ".xlsx" else 0
    return {"file": _shown(path), "format": kind[1:], "questions": len(bank.questions), "pictures_left_out": left_out}


def _too_long(bank: Bank) -> str:
    longest = max(bank.questions, key=lambda question: len(repr(question)))
    where = _("line %(value)s") % {"value": longest.number_line}
    name = quote(" ".join((longest.name or longest.text).split())[:60])
    said = _("A text is longer than a cell of a table may hold; the longest question is %(name)s, %(place)s.")
    return " ".join((said % {"name": name, "place": where}, _("Shorten it, or write GIFT.")))


def _written_lines(output: Mapping[str, Any]) -> list[str]:
    lines = [_("Written: %(file)s, questions: %(n)s") % {"file": output["file"], "n": output["questions"]}]
    if output["pictures_left_out"]:
        lines.append(
            _("A table has no place for pictures; left out: %(n)s. GIFT keeps them.")
            % {"n": output["pictures_left_out"]}
        )
    return lines


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: under a temporary name beside it, then renamed. Raises _Refused."""
    fresh = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with fresh.open("xb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        fresh.replace(path)
    except OSError as error:
        raise _Refused("unwritable", _unwritten(path, error)) from error
    finally:
        _forget(fresh)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # its folder is no folder, or may not be written to: there is nothing to delete


def _unwritten(path: Path, error: OSError) -> str:
    return _("%(file)s cannot be written: %(reason)s") % {"file": _shown(path), "reason": reason(error)}


def _printable(text: str) -> str:
    """The text as the terminal can show it, whatever its encoding: an escape for a character that it lacks."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _path(text: str) -> Path:
    if not text:
        raise ArgumentTypeError(_("an empty name of a file"))
    return Path(text)


def _shown(path: Path | None) -> str:
    """A name that can be printed even where its bytes are no text."""
    return os.fsencode(path).decode("utf-8", "replace") if path else ""
