"""Somebody says which column of a table is what: the texts of its rows go where they belong, and nothing is lost."""

from collections.abc import Sequence
from typing import Final

from traektoria.core.text import squash
from traektoria.engines.plantables.model import Doubt, How, PlanColumn
from traektoria.planning.imports.draft_rows import OF_THE_TERM, DraftRow, TableColumns

FIELDS: Final = {
    PlanColumn.NUMBER.value: "number",
    PlanColumn.CONTENT.value: "content",
    PlanColumn.TERM.value: "phrase",
    PlanColumn.RESPONSIBLE.value: "who",
    PlanColumn.DIRECTION.value: "direction",
    PlanColumn.PRODUCT.value: "product",
}
"""What a column can be → the field of a row; any other column stands beside it."""
_SAMPLES: Final = 3


def samples_of(rows: Sequence[DraftRow], table: TableColumns) -> list[list[str]]:
    """The first texts of each column."""
    found: list[list[str]] = [[] for _ in table.columns]
    for row in rows:
        for into, (title, meaning, _how) in zip(found, table.columns, strict=True):
            text = _text(row, title, meaning)
            if text and len(into) < _SAMPLES:
                into.append(text)
    return found


def renamed(rows: Sequence[DraftRow], table: TableColumns, meanings: Sequence[str]) -> None:
    """Change rows and columns of a table to these meanings, one a column."""
    for row in rows:
        _rename(row, table, meanings)
    table.columns = [
        (title, meaning, How.KNOWN.value) for (title, _old, _how), meaning in zip(table.columns, meanings, strict=True)
    ]


def _rename(row: DraftRow, table: TableColumns, meanings: Sequence[str]) -> None:
    texts = [_text(row, title, meaning) for title, meaning, _how in table.columns]
    for (title, meaning, _how), text in zip(table.columns, texts, strict=True):
        if meaning in FIELDS and not (meaning == PlanColumn.TERM and row.term_spot):
            setattr(row, FIELDS[meaning], "")
        elif (title, text) in row.extra:
            row.extra.remove((title, text))
    for (title, _old, _how), meaning, text in zip(table.columns, meanings, texts, strict=True):
        if meaning not in FIELDS:
            row.extra += [(title, text)] if text else []
        elif text:
            setattr(row, FIELDS[meaning], text if meaning == PlanColumn.CONTENT else squash(text))
            row.term_spot = None if meaning == PlanColumn.TERM else row.term_spot
    above = [Doubt.TERM_FROM_ABOVE.value] if row.term_spot else []
    kept = [doubt for doubt in row.doubts if doubt not in OF_THE_TERM and doubt != Doubt.NO_CONTENT]
    row.doubts = [*([] if row.content else [Doubt.NO_CONTENT.value]), *above, *kept]


def _text(row: DraftRow, title: str, meaning: str) -> str:
    """What stood in the column. A deadline that was taken from a row above stood in none."""
    if meaning in FIELDS:
        return "" if meaning == PlanColumn.TERM and row.term_spot else str(getattr(row, FIELDS[meaning]))
    return next((text for heading, text in row.extra if heading == title), "")
