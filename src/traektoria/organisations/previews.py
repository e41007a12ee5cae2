"""What the preview of a table shows: made of the plan, or kept with the draft where the plan takes longer than a page
may (the worker made it; writing plans anew)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from traektoria.organisations.imports import (
    FactChange,
    Fate,
    PlannedRow,
    Planner,
    problem_lines,
    table_of,
)
from traektoria.organisations.models import ImportDraft
from traektoria.organisations.sheets import Column


@dataclass(frozen=True)
class PreviewRow:
    """A row of the table in words."""

    number: str
    title: str
    note: str
    fate: Fate
    changes: tuple[FactChange, ...]


@dataclass(frozen=True)
class Preview:
    """``first_rows`` are those that the page shows, ``hidden`` is how many there are more."""

    first_rows: tuple[PreviewRow, ...]
    counts: dict[str, int]
    hidden: int
    writes_nothing: bool
    notes: tuple[str, ...]
    problems: tuple[str, ...]


KEPT: Final = TypeAdapter(Preview)


def preview_of(draft: ImportDraft, planner: Planner, columns: Sequence[Column]) -> Preview:
    """Plans the whole table."""
    table = table_of(draft)
    plan = planner(table, draft.centre)
    rows = map(_row, plan.first_rows)
    problems = tuple(problem_lines(plan.problems, table, columns))
    return Preview(tuple(rows), plan.counts, plan.hidden, plan.writes_nothing, tuple(map(str, plan.notes)), problems)


def _row(row: PlannedRow) -> PreviewRow:
    changes = (FactChange(str(one.label), str(one.before), str(one.after)) for one in row.changes)
    return PreviewRow(str(row.number), str(row.title), str(row.note), row.fate, tuple(changes))


def keep_preview(draft: ImportDraft, preview: Preview) -> None:
    draft.preview = asdict(preview)
    draft.save(update_fields=["preview"])


def kept_preview(draft: ImportDraft) -> Preview | None:
    """What ``keep_preview`` kept; None where the plan is made for the page, also where what is kept can't be read."""
    try:
        return KEPT.validate_python(draft.preview)
    except ValidationError:
        return None
