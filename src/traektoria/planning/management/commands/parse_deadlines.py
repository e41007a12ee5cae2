"""``traektoria parse_deadlines FILE --column phrase --school-year 2026/27 [--start 2026-09-01] [--json]``; a plan of a
calendar year is ``--calendar-year 2027``."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from traektoria.core.named_files import content_of
from traektoria.engines.deadlines.calendar import Plan, plan_of_calendar_year, plan_of_school_year
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.delimited import DELIMITERS
from traektoria.engines.tables.encodings import decode
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.headings import key
from traektoria.engines.tables.workbook import read_workbook
from traektoria.organisations.sheet_words import unreadable_sentence
from traektoria.planning.terms.calendars import published
from traektoria.planning.terms.phrases import told

MOST_SHOWN = 6
"""So many occurrences of a phrase are printed for people."""


class Command(BaseCommand):
    help = "Say what each phrase of a column means, and when it is due in a school year; see docs/deadlines.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a CSV or XLSX with a row of headings")
        parser.add_argument("--column", default="phrase", help="the heading over the phrases")
        years = parser.add_mutually_exclusive_group(required=True)
        years.add_argument("--school-year", metavar="2026/27")
        years.add_argument("--calendar-year", type=int, choices=range(2000, 2101), metavar="2027")
        parser.add_argument(
            "--start", type=_day, metavar="2026-09-01",
            help="when the plan begins; terms that do not say since when («в течение 10 дней») count from it",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON list on standard output")

    def handle(
        self, *, file: Path, column: str, school_year: str | None, calendar_year: int | None, start: date | None,
        as_json: bool, **_o: Any,
    ) -> None:  # fmt: skip
        if calendar_year and start:
            raise CommandError(_("A plan of a calendar year begins with it: leave out «--start»."))
        plan = _plan(school_year, start) if school_year else _plan_of_calendar_year(calendar_year or 0)
        found = [told(phrase, plan) for phrase in _phrases(file, column)]
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(_line, found)))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _plan(school_year: str, start: date | None) -> Plan:
    first, sign, last = school_year.partition("/")
    if not (
        first.isdecimal() and len(first) == 4 and sign and last in (str(int(first) + 1), f"{(int(first) + 1) % 100:02}")
    ):
        raise CommandError(_("«%(year)s» is no school year: write 2026/27.") % {"year": school_year})
    try:
        return plan_of_school_year(published(int(first)), start)
    except ValueError as error:
        raise CommandError(
            _("%(day)s is not in the school year %(year)s.") % {"day": f"{start:%d.%m.%Y}", "year": school_year}
        ) from error


def _plan_of_calendar_year(year: int) -> Plan:
    return plan_of_calendar_year(year, (published(year - 1), published(year)))


def _phrases(file: Path, column: str) -> list[str]:
    """Cells under the heading, empty ones left out."""
    try:
        sheets = read_workbook(_divided_as_headings(content_of(file), file.suffix), file.name).visible
    except Unreadable as error:
        raise CommandError(unreadable_sentence(error)) from error
    heading, *rows = sheets[0].rows
    places = [place for place, cell in enumerate(heading) if key(cell) == key(column)]
    if len(places) != 1:
        raise CommandError(_("The file has no column «%(column)s».") % {"column": column})
    if len(heading) == 1:  # a list that nobody has quoted: the commas are those of the phrase
        cells = [", ".join(map(shown, row)) for row in rows]
    elif any(len(row) > len(heading) for row in rows):
        raise CommandError(_("A row has more cells than there are headings: quote the phrases that hold the mark."))
    else:
        cells = [shown(row[places[0]]) for row in rows if len(row) > places[0]]
    return [cell for cell in cells if cell]


def _divided_as_headings(source: bytes, ending: str) -> bytes:
    """A list of deadlines has semicolons and commas in its cells: which mark divides them is said by the headings."""
    if ending.lower() not in (".csv", ".tsv", ".txt"):
        return source
    text, _encoding = decode(source)
    heading = text.lstrip("\n").partition("\n")[0]
    marks = [mark for mark in DELIMITERS if mark in heading] or [","]
    said = not heading.strip() or heading.lower().startswith(("<", "sep=", '"sep='))
    return source if said or len(marks) > 1 else f"sep={marks[0]}\n{text}".encode()


def _line(found: dict[str, Any]) -> str:
    """For people: the phrase, what it means, when."""
    days = [f"{one['start'] or ''}…{one['end'] or ''}" for one in found["occurrences"]]
    some = ", ".join(days[:MOST_SHOWN]) + (f" … ({len(days)})" if len(days) > MOST_SHOWN else "")
    said = [one["sentence"] for one in found["why"]] + found["assumptions"]
    lines = [
        found["text"],
        f"  {found['kind']}: {found['paraphrase']}" if found["paraphrase"] else f"  {found['kind']}",
    ]
    return "\n".join([*lines, *([f"  {some}"] if some else []), *(f"  {sentence}" for sentence in said)])
