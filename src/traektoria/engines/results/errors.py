"""Refusals of the import besides those of `engines.tables.errors`, worded by the room above as well."""

from __future__ import annotations

from typing import Any, Final

from traektoria.engines.tables.errors import ImportRefused

UNRECOGNISED_CODES: Final = frozenset({"unknown_layout", "no_participants", "ambiguous_layout"})


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
