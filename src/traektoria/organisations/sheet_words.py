"""Sentences about a table: where a cell stands and what is wrong with it, why a file can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.workbook import Sheet

if TYPE_CHECKING:
    from traektoria.organisations.sheets import CellProblem, Column, RecognisedTable

HEADER_WITHIN = 20


def place_of(problem: CellProblem, table: RecognisedTable, columns: Sequence[Column]) -> str:
    """«Sheet «Staff», row 5, column C «Subjects»»; a CSV has no sheet."""
    title = next((column.title for column in columns if column.key == problem.key), problem.key)
    sheet = problem.row.sheet or table.sheet
    facts = {"sheet": sheet, "row": problem.row.number, "letter": table.letters.get(problem.key, ""), "title": title}
    if not facts["letter"]:
        return _("Row %(row)s") % facts
    if sheet:
        return _("Sheet «%(sheet)s», row %(row)s, column %(letter)s «%(title)s»") % facts
    return _("Row %(row)s, column %(letter)s «%(title)s»") % facts


def problem_sentence(problem: CellProblem, table: RecognisedTable, columns: Sequence[Column]) -> str:
    return f"{place_of(problem, table, columns)}: {problem.sentence}"


def fault_sentence(fault: str) -> str:
    if fault == "=":
        return _("there is a formula here that was not computed, write the value itself")
    return _("the error %(error)s stands here, write the value itself") % {"error": fault}


def seen(sheets: Sequence[Sheet]) -> str:
    """The first filled row of each sheet, shortened."""
    rows = [next((row for row in sheet.rows[:HEADER_WITHIN] if any(row)), []) for sheet in sheets[:3]]
    texts = ["; ".join(filter(None, (shown(cell)[:40] for cell in row[:12]))) for row in rows]
    return " / ".join(filter(None, texts))[:400] or "–"


def unreadable_sentence(error: Unreadable) -> str:
    """The engine's code as a sentence that says what to do."""
    code = error.code
    if code in {"macros", "encrypted"}:
        return _("The file has macros or a password. Save it as a plain XLSX without them.")
    if code in {"old_excel", "binary_workbook", "open_document", "html", "not_a_table"}:
        return _("This is not an XLSX or CSV table. Open it in your office program and save it as XLSX.")
    if code in {"too_large", "zip_bomb"}:
        return _("The file is too large: up to 8 MB at a time. Leave the table alone in it, without pictures.")
    if code == "too_many_rows":
        return _("More than %(rows)s rows are filled. Load the table in parts, for example school by school.") % {
            "rows": error.params["limit"]
        }
    if code == "too_many_columns":
        return _("In row %(row)s more than %(columns)s cells are filled. Leave the columns of the table alone.") % {
            "row": error.params["row"], "columns": error.params["limit"]
        }  # fmt: skip
    if code == "too_sparse":
        return _(
            "Filled cells stand very far from the table, such as %(cell)s. Delete them and save the file again."
        ) % {"cell": error.params["cell"]}
    if code == "all_hidden":
        return _("All sheets of the file are hidden. Unhide the one with the table and save the file again.")
    if code == "encoding":
        return _("The letters of the file can't be read. Save it as XLSX.")
    if code == "empty":
        return _("The file is empty.")
    if code == "quoting":
        return _("A quotation mark in row %(row)s can't be understood. Correct it there: write two marks for one.") % {
            "row": error.params["row"]
        }
    return _("The file is damaged and can't be opened. Save it as XLSX once more.")
