"""Keeping an uploaded table between the preview and «Write it down», and the shape of what a preview shows."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.guard import ActingPerson
from traektoria.organisations.enums import ImportKind
from traektoria.organisations.models import ColumnMeaning, ImportDraft, TutorCentre
from traektoria.organisations.sheet_words import problem_sentence
from traektoria.organisations.sheets import (
    CellProblem,
    Column,
    ColumnsAsked,
    RecognisedTable,
    RowPlace,
    SheetRow,
    heading_key,
    named,
    read_table,
    told,
)

ASKED = "?"
"""In place of the columns of a draft: titles by letter that somebody has to name."""
UNNAMED, GUESSED = "*", "="
"""Beside the columns of a draft: the table before they were understood, and what each letter was understood as."""
SAMPLES = 3
KEPT_FOR = timedelta(hours=24)
SHOWN_ROWS = 200
PORTION = 20
"""Rows of one transaction: some tenths of a second."""
BREATH = 0.05
"""Seconds between portions, in which whoever waits for SQLite gets their turn."""


class Fate(models.TextChoices):
    """What writing would do to a row."""

    ADDED = "added", gettext_lazy("will be added")
    CHANGED = "changed", gettext_lazy("will change")
    SAME = "same", gettext_lazy("without changes")


@dataclass(frozen=True)
class FactChange:
    """One fact before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PlannedRow:
    """``facts`` is what the room's own writer needs; ``changes`` are for people."""

    number: RowPlace
    title: str
    note: str
    fate: Fate
    facts: Any
    changes: tuple[FactChange, ...] = ()


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
        return sorted(self.rows, key=lambda row: order.index(row.fate))[:SHOWN_ROWS]

    @property
    def hidden(self) -> int:
        return max(0, len(self.rows) - SHOWN_ROWS)


Planner = Callable[[RecognisedTable, TutorCentre], Plan]
Writer = Callable[..., object]


def keep_draft(
    *,
    source: bytes,
    file_name: str,
    centre: TutorCentre,
    kind: ImportKind,
    columns: Sequence[Column],
    by: ActingPerson,
    token: UUID | None = None,
    about: Mapping[str, Any] | None = None,
) -> ImportDraft:
    """Read a file and keep its rows for the preview; drafts older than a day go away. Raises ``Invalid``.

    ``token`` is that of the press: a second one finds what the first has kept, and nobody waits for the reading.
    """
    letters: dict[str, Any]
    try:
        table = read_table(source, file_name, told(columns, meanings_of(centre, kind)))
        letters = {**table.letters, **_beside(table)}
    except ColumnsAsked as asked:
        table, letters = asked.table, {ASKED: asked.headings}
    return keep_table(
        table=table, letters=letters, file_name=file_name, centre=centre, kind=kind, by=by, token=token, about=about
    )


def keep_table(
    *,
    table: RecognisedTable | None,
    letters: Mapping[str, Any],
    file_name: str,
    centre: TutorCentre,
    kind: ImportKind,
    by: ActingPerson,
    token: UUID | None = None,
    about: Mapping[str, Any] | None = None,
) -> ImportDraft:
    """Keep a table that is read already, or none; drafts older than a day go away."""
    table = table or RecognisedTable("", {}, (), ())
    ImportDraft.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    kept = {
        "account_id": by.account_id,
        "centre": centre,
        "kind": kind,
        "file_name": Path(file_name).name[:200],
        "sheet": table.sheet[:100],
        "columns": letters,
        "ignored": list(table.ignored),
        "rows": _kept_rows(table),
        "about": dict(about or {}),
    }
    return ImportDraft.objects.get_or_create(token=token or uuid4(), defaults=kept)[0]


def meanings_of(centre: TutorCentre, table: str) -> dict[str, str]:
    """What people of the centre said of headings: heading → key, "" for not needed."""
    return dict(ColumnMeaning.objects.filter(centre=centre, table=table).values_list("heading", "meaning"))


def remember_meanings(*, centre: TutorCentre, table: str, meanings: Mapping[str, str], by: ActingPerson) -> None:
    """Keep what was said of headings (as they are compared → key); a later word replaces an earlier one."""
    said = {heading[:200]: key for heading, key in meanings.items() if heading}
    for heading, meaning in said.items():
        ColumnMeaning.objects.update_or_create(
            centre=centre, table=table, heading=heading, defaults={"meaning": meaning}
        )
    audit.record("organisations.columns_named", centre, by=by, centre_id=centre.pk, table=table, columns=len(said))


@dataclass(frozen=True)
class AskedColumn:
    """A column that somebody has to name: its letter, its title, and what stands in the first filled cells."""

    letter: str
    title: str
    samples: tuple[str, ...]
    guess: str | None = None


def asked_of(draft: ImportDraft) -> list[AskedColumn]:
    """The columns of a kept table that nobody has named yet; none for a table that was understood."""
    rows, understood = table_of(draft).rows, draft.columns.get(GUESSED)
    return [
        AskedColumn(
            letter,
            title,
            tuple(filter(None, (row.cells.get(letter, "") for row in rows)))[:SAMPLES],
            None if understood is None else understood.get(letter, ""),
        )
        for letter, title in draft.columns.get(ASKED, {}).items()
    ]


@transaction.atomic
def name_columns(
    *, token: UUID, meanings: Mapping[str, str], columns: Sequence[Column], by: ActingPerson
) -> ImportDraft:
    """Say which column of a kept table is what (letter → key) and remember it for the centre. Raises ``Invalid``."""
    draft = ImportDraft.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(pk=token)
    headings = draft.columns.get(ASKED)
    if headings is None:
        return draft
    table = named(table_of(draft), headings, meanings, columns)
    said = {heading_key(headings[letter]): key for letter, key in meanings.items()}
    remember_meanings(centre=draft.centre, table=draft.kind, meanings=said, by=by)
    was = {UNNAMED: {"headings": headings, "ignored": list(draft.ignored), "rows": draft.rows}, GUESSED: dict(meanings)}
    draft.columns, draft.ignored, draft.rows = {**table.letters, **was}, list(table.ignored), _kept_rows(table)
    draft.save(update_fields=["columns", "ignored", "rows"])
    return draft


def _beside(table: RecognisedTable) -> dict[str, Any]:
    """What a draft keeps of a table as it was before its columns were understood."""
    if table.unnamed is None:
        return {}
    was = table.unnamed
    kept = {"headings": was.headings, "ignored": list(was.table.ignored), "rows": _kept_rows(was.table)}
    return {UNNAMED: kept, GUESSED: was.understood}


@transaction.atomic
def ask_again(*, token: UUID, by: ActingPerson) -> ImportDraft:
    """The columns of a kept table were understood wrongly: they are asked, with what was understood filled in. A table
    that is written, or that asks already, stays as it is."""
    draft = ImportDraft.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(pk=token)
    was = draft.columns.get(UNNAMED)
    if was and not draft.written_at and ASKED not in draft.columns:
        draft.ignored, draft.rows = was["ignored"], was["rows"]
        draft.columns = {ASKED: was["headings"], GUESSED: draft.columns.get(GUESSED, {})}
        draft.preview = {}
        draft.save(update_fields=["columns", "ignored", "rows", "preview"])
        audit.record("organisations.columns_asked", draft.centre, by=by, centre_id=draft.centre_id, table=draft.kind)
    return draft


def _kept_rows(table: RecognisedTable) -> list[Any]:
    return [[row.number.number, [row.number.sheet, row.cells, row.faulty]] for row in table.rows]


def table_of(draft: ImportDraft) -> RecognisedTable:
    """The kept rows as they were read."""
    rows = tuple(SheetRow(RowPlace(number, sheet), cells, faulty) for number, (sheet, cells, faulty) in draft.rows)
    letters = {key: letter for key, letter in draft.columns.items() if key not in (ASKED, UNNAMED, GUESSED)}
    return RecognisedTable(draft.sheet, letters, tuple(draft.ignored), rows)


def drafts_of(actor: ActingPerson, kind: ImportKind) -> models.QuerySet[ImportDraft]:
    """Uploads of this account, in centres where it still has the right."""
    return ImportDraft.objects.filter(
        account_id=actor.account_id, centre__in=actor.centres("coordinator"), kind=kind
    ).select_related("centre")


def write_draft(
    *, token: UUID, plan: Planner, write: Writer, by: ActingPerson, told: Callable[[int, int], None] | None = None
) -> ImportDraft:
    """Write the rows of a kept table; the second time it only returns what the first one did.

    Nothing is written while there are problems (``Conflict``): the plan is made anew on what the database holds now.
    Then the rows go in portions, each in a transaction that keeps how far it came, and ``told`` hears it. So others
    write in between, a second press helps the first one, and what was broken off goes on from where it stopped.
    """
    draft = ImportDraft.objects.select_related("centre").get(pk=token)
    if draft.written_at:
        return draft
    if ASKED in draft.columns:
        raise Conflict(_("Say first which column is what: nothing was written."), code="columns_asked")
    ready = plan(table_of(draft), draft.centre)
    if ready.problems:
        raise Conflict(_("There are cells to correct: nothing was written."), code="import_has_problems")
    while not draft.written_at:
        draft = _portion(draft, ready, write, by)
        if told:
            told(min(draft.position, len(ready.rows)), len(ready.rows))
    return draft


def _portion(draft: ImportDraft, ready: Plan, write: Writer, by: ActingPerson) -> ImportDraft:
    """The next rows. Tables of one centre are written one after another: two with the same people at once would add
    them twice."""
    with transaction.atomic():
        TutorCentre.objects.select_for_update(no_key=True).get(pk=draft.centre_id)
        draft = (
            ImportDraft.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(pk=draft.pk)
        )
        if draft.written_at:
            return draft
        draft.outcome = draft.outcome or ready.counts
        for row in ready.rows[draft.position : draft.position + PORTION]:
            if row.fate != Fate.SAME:
                _write_row(row, write, draft.centre, by)
        draft.position += PORTION
        if draft.position >= len(ready.rows):
            draft.rows, draft.preview, draft.written_at = [], {}, timezone.now()
            draft.columns.pop(UNNAMED, None)
        draft.save(update_fields=["outcome", "rows", "columns", "preview", "position", "written_at"])
    if not draft.written_at:
        time.sleep(BREATH)
    return draft


def _write_row(row: PlannedRow, write: Writer, centre: TutorCentre, by: ActingPerson) -> None:
    """What the plan could not know, as somebody changed the same people meanwhile, is said with the row."""
    try:
        write(facts=row.facts, centre=centre, by=by)
    except Invalid as refusal:
        text = _("Row %(row)s can't be written: %(why)s Load the table again: what is written is not written twice.")
        raise Conflict(text % {"row": row.number, "why": refusal.sentence}, code="import_stopped") from refusal


def problem_lines(problems: Sequence[CellProblem], table: RecognisedTable, columns: Sequence[Column]) -> list[str]:
    """Problems in words, in the order of rows."""
    places = [column.key for column in columns]
    rows = {row.number: at for at, row in enumerate(table.rows)}
    ordered = sorted(problems, key=lambda problem: (rows[problem.row], places.index(problem.key)))
    return [problem_sentence(problem, table, columns) for problem in ordered]
