"""The table of a part on paper: rows people, columns tasks. Made as XLSX, read from XLSX or CSV, cell by cell."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.instruments.queries.forms import Form, form_of
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.paper.actions import EnteredSheet
from traektoria.diagnostics.paper.cells import differs, hint, read_cell, write_cell
from traektoria.diagnostics.paper.queries import code_of, sheets_of, version_of
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.engines.tables.cells import Fault, column_letters, shown
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.headings import Table, find_heading, table_at
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.workbook import CSV_SHEET, read_workbook
from traektoria.organisations.sheet_words import unreadable_sentence

LIMITS: Final = Limits(file_bytes=8 * 2**20, unpacked_bytes=80 * 2**20, rows=5_000, columns=200, grid_cells=400_000)
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CODES: Final = {"код", "code"}


@dataclass(frozen=True)
class PaperRow:
    """What a row of the file would write, in place of which version of the sheet."""

    number: int
    sitting: Sitting
    answers: dict[int, Read]
    fate: str
    instead_of: str

    @property
    def name(self) -> str:
        return self.sitting.participant.person.full_name


@dataclass
class PaperPlan:
    """Nothing is written while there are ``problems``; each names its cell."""

    rows: list[PaperRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def count(self, fate: str) -> int:
        return sum(row.fate == fate for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        return {fate: self.count(fate) for fate in ("new", "changed", "same")}


def people_of(part: CampaignPart) -> list[Sitting]:
    """Who stands in the table: everybody who agreed and does not sit in the browser."""
    return [row for row in sheets_of(part) if row.participant.consent_id and (row.on_paper or row.state == "new")]


def workbook(part: CampaignPart, people: Sequence[Sitting]) -> bytes:
    """A sheet with a row for each of ``people``, filled with what is entered already; and a sheet that says what to
    write."""
    import xlsxwriter

    given = _given(part)
    forms = {row.form: form_of(part.version, row.form) for row in people} or {"": form_of(part.version, "")}
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bg_color": "#E8EEF7"})
        page = book.add_worksheet(_("Answers"))
        most = max(len(form.asked) for form in forms.values())
        titles = [_("Code"), _("Participant"), _("Variant"), *map(str, range(1, most + 1))]
        rows = [[*_facts(row), *_cells(forms[row.form], given.get(row.pk, {}))] for row in people]
        _fill(page, [titles, *rows], head, text)
        page.set_column(0, 0, 10, text)
        page.set_column(1, 1, 34, text)
        page.set_column(2, most + 2, 9, text)
        _hints(book.add_worksheet(_("What to write")), forms, head, text)
    return target.getvalue()


def read_paper(source: bytes, name: str, part: CampaignPart) -> PaperPlan:
    """Raises ``Invalid`` for a file that is no table; everything else is a problem with its cell."""
    try:
        book = read_workbook(source, name, LIMITS)
    except Unreadable as error:
        raise Invalid(unreadable_sentence(error), code=error.code) from error
    found = find_heading(book, _is_answers)
    if found is None:
        raise Invalid(
            _("No row with the heading «Code» was found. Take the template and fill it in."), code="no_header"
        )
    return _plan(table_at(book, found[0]), part)


def _facts(row: Sitting) -> tuple[str, str, str]:
    return code_of(row), row.participant.person.full_name, row.form


def _cells(form: Form, given: Mapping[int, Answer]) -> list[str]:
    return [
        write_cell(entry, answer.value, answer.score) if (answer := given.get(entry.pk)) else "" for entry in form.asked
    ]


def _given(part: CampaignPart) -> dict[int, dict[int, Answer]]:
    found: dict[int, dict[int, Answer]] = {}
    for answer in Answer.objects.filter(sitting__part=part, sitting__on_paper=True):
        found.setdefault(answer.sitting_id, {})[answer.form_item_id] = answer
    return found


def _fill(page: Any, rows: Sequence[Sequence[str]], head: Any, text: Any) -> None:
    page.freeze_panes(1, 2)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write_string(number, place, cell, text if number else head)


def _hints(page: Any, forms: Mapping[str, Form], head: Any, text: Any) -> None:
    rows = [[_("Variant"), _("Task"), _("What to write")]]
    for name, form in sorted(forms.items()):
        rows += [[name, str(entry.number), hint(entry)] for entry in form.asked]
    _fill(page, [*rows, ["", "", _("An empty cell is no answer.")]], head, text)
    page.set_column(2, 2, 90)


def _is_answers(cells: Sequence[Any]) -> bool | None:
    """Whether a row of headings: it begins with «Код»."""
    return True if cells and shown(cells[0]).lower() in CODES else None


def _plan(table: Table, part: CampaignPart) -> PaperPlan:
    plan, columns = PaperPlan(), _columns(table.heading)
    people = {code_of(row): row for row in sheets_of(part)}
    given, seen = _given(part), dict[str, int]()
    for line in table.lines:
        sheet, number, cells = line.sheet, line.number, line.cells
        code, filled = _code(cells[0]), {place: text for place in columns if (text := shown(cells[place]))}
        for place in (0, *columns):
            if isinstance(cells[place], Fault):
                plan.problems.append(f"{_name(sheet, number, place)}: {_faulty(cells[place])}")
        if not code and not filled:
            continue
        where = _name(sheet, number, 0)
        trouble = _trouble(code, people, bool(filled))
        if first := seen.get(code):
            trouble = _("the code is in row %(row)s already") % {"row": first}
        seen.setdefault(code, number)
        if trouble:
            plan.problems.append(f"{where}: {trouble}")
        elif filled:
            row, told = _row(
                sheet, number, people[code], {columns[place]: (place, text) for place, text in filled.items()}
            )
            plan.problems += told
            person = people[code]
            there = version_of(person, given.get(person.pk, {}).values())
            plan.rows.append(PaperRow(number, person, row, _fate(person, row, given), there))
    if not plan.rows and not plan.problems:
        plan.problems.append(_("There is no answer in the table."))
    return plan


def _columns(header: Sequence[Any]) -> dict[int, int]:
    """Place in the row → number of the task."""
    found = {place: text for place, cell in enumerate(header) if (text := shown(cell)).isdecimal()}
    return {place: int(text) for place, text in found.items()}


def _trouble(code: str, people: Mapping[str, Sitting], filled: bool) -> str:
    row = people.get(code)
    if row is None:
        return _("nobody in this work has the code «%(code)s»") % {"code": code[:20]}
    if not filled:
        return ""
    if row.participant.consent_id is None:
        return _("this person has not agreed to take part")
    if not row.on_paper and row.state != "new":
        return _("this person has done the work in the browser")
    return ""


def _row(
    sheet: str, number: int, sitting: Sitting, filled: Mapping[int, tuple[int, str]]
) -> tuple[dict[int, Read], Sequence[str]]:
    """Answers of a row by form item; and what is wrong, with the cell."""
    form = form_of(sitting.part.version, sitting.form)
    by_number, read, told = {entry.number: entry for entry in form.asked}, {}, []
    for task, (place, text) in filled.items():
        try:
            if task not in by_number:
                raise Invalid(_("this form has no task %(number)s") % {"number": task})
            entry = by_number[task]
            read[entry.pk] = read_cell(entry, text)
        except Invalid as refusal:
            told.append(f"{_name(sheet, number, place)}: {refusal.sentence}")
    return read, told


def _fate(sitting: Sitting, read: Mapping[int, Read], given: Mapping[int, Mapping[int, Answer]]) -> str:
    if not sitting.on_paper:
        return "new"
    entries = form_of(sitting.part.version, sitting.form).by_pk
    there = {pk: one for pk, one in given.get(sitting.pk, {}).items() if one.value}
    changed = set(there) != {pk for pk, one in read.items() if one.value} or any(
        differs(entries[pk], one, read[pk]) for pk, one in there.items()
    )
    return "changed" if changed else "same"


def _faulty(cell: Fault) -> str:
    if cell.is_formula:
        return _("a formula stands here, write a text")
    return _("the error %(error)s stands here, write a text") % {"error": cell.text}


def _name(sheet: str, row: int, place: int) -> str:
    cell = f"{column_letters(place)}{row}"
    if sheet == CSV_SHEET:
        return cell
    return _("sheet «%(sheet)s», cell %(cell)s") % {"sheet": sheet, "cell": cell}


def _code(cell: Any) -> str:
    text = shown(cell)
    return text.zfill(6) if text.isdecimal() else text


def sealed(plan: PaperPlan) -> list[Any]:
    """What the preview showed, to be written by the next press: [sitting, version, {form item: [value, points]}]."""
    return [[row.sitting.pk, row.instead_of, _packed(row.answers)] for row in plan.rows]


def unsealed(rows: Sequence[Any], part: CampaignPart) -> list[EnteredSheet]:
    """The same again with today's sittings. Raises ``Conflict`` where somebody takes part no more."""
    known = {row.pk: row for row in sheets_of(part)}
    if gone := sum(pk not in known for pk, _there, _cells in rows):
        raise Conflict(
            ngettext(
                "%(n)s person of this table takes no part any more. Load it again: you will see who.",
                "%(n)s people of this table take no part any more. Load it again: you will see who.",
                gone,
            )
            % {"n": gone},
            code="gone",
        )
    return [EnteredSheet(known[pk], _unpacked(cells), there) for pk, there, cells in rows]


def _packed(answers: Mapping[int, Read]) -> dict[int, list[Any]]:
    return {pk: [one.value, None if one.points is None else str(one.points)] for pk, one in answers.items()}


def _unpacked(cells: Mapping[str, Sequence[Any]]) -> dict[int, Read]:
    return {
        int(item): Read(value, None if points is None else Decimal(points)) for item, (value, points) in cells.items()
    }
