"""Workbooks that we give away: the template of a table, and a list as XLSX."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from traektoria.organisations.sheets import Column

if TYPE_CHECKING:
    import xlsxwriter

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def template_workbook(title: str, columns: Sequence[Column]) -> bytes:
    """Three sheets: the empty table, the same with made-up rows, and what to write in each column."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        must = book.add_format({"bold": True, "bg_color": "#CFE0F5", "border": 1, "text_wrap": True})
        titles = [(column.title, must if column.required else head) for column in columns]
        samples = list(zip(*(column.examples for column in columns), strict=True))
        for name, rows in ((title, []), (_("Example"), samples)):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, (text, look) in enumerate(titles):
                sheet.write_string(0, place, text, look)
                sheet.set_column(place, place, max(14, len(text) + 4))
            for number, row in enumerate(rows, 1):
                for place, text in enumerate(row):
                    sheet.write_string(number, place, text)
        _hints(book.add_worksheet(_("Hints")), columns, head)
    return target.getvalue()


def _hints(sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column], head: object) -> None:
    rows = [(column.title, _("required") if column.required else _("optional"), column.hint) for column in columns]
    for number, row in enumerate([(_("Column"), _("Must it be filled in"), _("What to write")), *rows]):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, None if number else head)
    for place, width in enumerate((24, 22, 90)):
        sheet.set_column(place, place, width)


def list_workbook(title: str, rows: Sequence[Sequence[object]]) -> bytes:
    """A list with a sticky header row; every cell is a text, so nothing is computed."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7"})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, str(text), None if number else head)
        sheet.autofilter(0, 0, max(len(rows) - 1, 1), max(len(rows[0]) - 1, 0))
        sheet.set_column(0, len(rows[0]) - 1, 22)
    return target.getvalue()
