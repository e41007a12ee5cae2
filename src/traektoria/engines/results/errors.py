"""Refusals of the import: a stable code and its parameters, worded by the room above.

Only these leave the engine, whatever the bytes were: a file from a stranger may not end in a traceback.
"""

from __future__ import annotations

from typing import Any, Final

UNREADABLE_CODES: Final = frozenset(
    {
        "empty",  # nothing in the file, or nothing in its sheets
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
        "too_many_rows",  # rows, limit
        "too_many_columns",  # columns, limit
        "too_sparse",  # cells thrown so far apart that the sheet would not fit in memory
        "encoding",  # text in no encoding that we know
        "quoting",  # CSV with broken quotes: row
    }
)
UNRECOGNISED_CODES: Final = frozenset({"unknown_layout", "no_participants", "ambiguous_layout"})


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


class Unrecognised(ImportRefused):
    """A table, but none of the layouts that we know; `params["seen"]` is what stood in its sheets."""


class NeedsAnswers(ImportRefused):
    """Recognised, but the file does not say everything: ask for `missing` and pass it as overrides.

    `seen` maps what was found to where; `suggestions` are guesses too weak to be used unasked.
    """

    def __init__(self, missing: tuple[str, ...], seen: dict[str, Any], suggestions: dict[str, Any]) -> None:
        super().__init__("needs_answers", missing=missing, seen=seen, suggestions=suggestions)
        self.missing = missing
        self.seen = seen
        self.suggestions = suggestions
