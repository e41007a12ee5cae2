"""Why a table could not be opened: a stable code and its parameters, worded by the room above.

Only these leave the engine, whatever the bytes were: a file from a stranger may not end in a traceback.
"""

from __future__ import annotations

from typing import Any, Final

UNREADABLE_CODES: Final = frozenset(
    {
        "empty",  # nothing in the file, or nothing in its sheets
        "all_hidden",  # filled sheets, but all of them hidden: sheets
        "too_large",  # bytes of the file: size, limit
        "zip_bomb",  # unpacks to more than allowed: size, limit
        "damaged",  # truncated or broken archive or XML
        "encrypted",  # protected by a password
        "old_excel",  # .xls of Excel 97-2003
        "binary_workbook",  # .xlsb
        "open_document",  # .ods
        "macros",  # VBA inside
        "html",  # a web page named .xlsx or .csv
        "not_a_table",  # another kind of file: PDF, picture, DOCX, program
        "too_many_rows",  # filled rows: rows, limit, sheet
        "too_many_columns",  # filled columns of one row: columns, limit, row, sheet
        "too_sparse",  # filled cells thrown so far apart that the sheet would not fit in memory: cell, sheet
        "encoding",  # text in no encoding that we know
        "quoting",  # CSV with a quotation mark that cannot be understood: row
    }
)


class ImportRefused(Exception):
    """A file that is not imported. `code` is stable, `params` are plain values for the sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """For logs only: users get the sentence of their language."""
        return f"{self.code} {self.params}" if self.params else self.code


class Unreadable(ImportRefused):
    """The bytes are not a table that we may open; see UNREADABLE_CODES."""
