"""Registry of layouts. A new one is a function from a header candidate to what it found, added to the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from traektoria.engines.results.errors import Unrecognised
from traektoria.engines.results.layouts.aggregates import journal_comparison, mark_statistics
from traektoria.engines.results.layouts.base import Recogniser, candidates
from traektoria.engines.results.layouts.exports import region_2020, region_2021
from traektoria.engines.results.layouts.forms import collection_form
from traektoria.engines.results.layouts.individual import individual_results
from traektoria.engines.results.layouts.plain import plain_table, told_table
from traektoria.engines.results.model import Aggregate, Recognised
from traektoria.engines.tables.cells import shown
from traektoria.engines.tables.headings import headings
from traektoria.engines.tables.workbook import Workbook

# The most telling headers first: the plain table would take almost any of them.
RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    region_2021,
    region_2020,
    individual_results,
    collection_form,
    mark_statistics,
    journal_comparison,
    plain_table,
)
LAYOUTS: Final = (
    "region_2021",
    "region_2020",
    "f1_individual",
    "collection_form_2022",
    "collection_form_2026",
    "base_form",
    "f3_marks",
    "journal_comparison",
    "plain",
)
_SEEN_CELLS: Final = 40


def recognise(workbook: Workbook, columns: Mapping[str, str] | None = None) -> Recognised | Aggregate:
    """The layout of the first sheet that has one; `columns` are headings that somebody has explained. Raises
    Unrecognised with what was seen."""
    rows = list(candidates(workbook))
    for recogniser in RECOGNISERS:
        for candidate in rows:
            if found := recogniser(candidate):
                return found
    for heading in headings(workbook) if columns else ():
        if found := told_table(workbook, heading, columns or {}):
            return found
    raise Unrecognised("unknown_layout", seen=_seen(workbook))


def _seen(workbook: Workbook) -> dict[str, list[str]]:
    """Sheet name → its first row with text, to show and to ask by."""
    seen = {}
    for sheet in workbook.visible[:10]:
        filled = ([text for text in map(shown, row) if text] for row in sheet.rows[:60])
        seen[sheet.name] = [text[:80] for text in next(filter(None, filled), [])[:_SEEN_CELLS]]
    return seen
