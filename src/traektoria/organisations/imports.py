"""Keeping an uploaded table between the preview and «Write it down», and the shape of what a preview shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Conflict
from traektoria.core.guard import ActingPerson
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.models import ImportDraft, TutorCentre
from traektoria.organisations.sheets import CellProblem, Column, SheetRow, Table, problem_sentence, read_table

KEPT_FOR = timedelta(hours=24)
SHOWN_ROWS = 200


class Fate(models.TextChoices):
    """What writing would do to a row."""

    ADDED = "added", gettext_lazy("will be added")
    CHANGED = "changed", gettext_lazy("will change")
    SAME = "same", gettext_lazy("without changes")


@dataclass(frozen=True)
class Change:
    """One fact before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PlannedRow:
    """``facts`` is what the room's own writer needs; ``changes`` are for people."""

    number: int
    title: str
    note: str
    fate: Fate
    facts: Any
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What the whole table would do; nothing is written while there are ``problems``."""

    rows: tuple[PlannedRow, ...]
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def count(self, fate: Fate) -> int:
        return sum(row.fate == fate for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        return {fate.value: self.count(fate) for fate in Fate}

    @property
    def writes_nothing(self) -> bool:
        return self.count(Fate.SAME) == len(self.rows)

    @property
    def first_rows(self) -> list[PlannedRow]:
        """What changes comes first; the page does not show thousands."""
        order = [Fate.CHANGED, Fate.ADDED, Fate.SAME]
        return sorted(self.rows, key=lambda row: (order.index(row.fate), row.number))[:SHOWN_ROWS]

    @property
    def hidden(self) -> int:
        return max(0, len(self.rows) - SHOWN_ROWS)


Planner = Callable[[Table, TutorCentre], Plan]
Writer = Callable[..., object]


def keep_draft(
    *, source: bytes, file_name: str, centre: TutorCentre, kind: ImportKind, columns: Sequence[Column], by: ActingPerson
) -> ImportDraft:
    """Read a file and keep its rows for the preview; drafts older than a day go away. Raises ``Invalid``."""
    table = read_table(source, file_name, columns)
    ImportDraft.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return ImportDraft.objects.create(
        account_id=by.account_id,
        centre=centre,
        kind=kind,
        file_name=Path(file_name).name[:200],
        sheet=table.sheet[:100],
        columns=table.letters,
        ignored=list(table.ignored),
        rows=[[row.number, row.cells] for row in table.rows],
    )


def table_of(draft: ImportDraft) -> Table:
    """The kept rows as they were read."""
    rows = tuple(SheetRow(number, cells) for number, cells in draft.rows)
    return Table(draft.sheet, draft.columns, tuple(draft.ignored), rows)


def drafts_of(actor: ActingPerson, kind: ImportKind) -> models.QuerySet[ImportDraft]:
    """Uploads of this account, in centres where it still has the right."""
    return ImportDraft.objects.filter(
        account_id=actor.account_id, centre__in=actor.centres("coordinator"), kind=kind
    ).select_related("centre")


@transaction.atomic
def write_draft(*, token: UUID, plan: Planner, write: Writer, by: ActingPerson) -> ImportDraft:
    """Write all rows of a kept table or none; the second time it only returns what the first one did.

    Tables of one centre are written one after another: two with the same people at once would add them twice.
    The plan is made anew on what the database holds now. Raises ``Conflict`` while there are problems.
    """
    draft = ImportDraft.objects.select_for_update(of=("self",)).select_related("centre").get(pk=token)
    if draft.written_at:
        return draft
    TutorCentre.objects.select_for_update().get(pk=draft.centre_id)
    ready = plan(table_of(draft), draft.centre)
    if ready.problems:
        raise Conflict(_("There are cells to correct: nothing was written."), code="import_has_problems")
    for row in ready.rows:
        if row.fate != Fate.SAME:
            write(facts=row.facts, centre=draft.centre, by=by)
    draft.outcome, draft.rows, draft.written_at = ready.counts, [], timezone.now()
    draft.save(update_fields=["outcome", "rows", "written_at"])
    return draft


def problem_lines(problems: Sequence[CellProblem], table: Table, columns: Sequence[Column]) -> list[str]:
    """Problems in words, in the order of rows."""
    places = [column.key for column in columns]
    ordered = sorted(problems, key=lambda problem: (problem.row, places.index(problem.key)))
    return [problem_sentence(problem, table, columns) for problem in ordered]
