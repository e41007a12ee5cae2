"""A table is read, looked through and taken into its plan; until then nothing of the plan changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.core.typography import counted
from traektoria.engines.plantables.model import Doubt, PlanColumn
from traektoria.people.actor import Actor
from traektoria.planning.imports.column_names import FIELDS, renamed
from traektoria.planning.imports.draft_rows import OF_THE_TERM, ROWS, TABLES, DraftRow, as_item, as_json, understood
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.permissions import check_import
from traektoria.planning.imports.reader import everybody_of, facts_of
from traektoria.planning.imports.sentences import place_words
from traektoria.planning.plans.actions.dating import window_of
from traektoria.planning.plans.actions.past_times import let_past_go
from traektoria.planning.plans.actions.writing import add_items, locked_plan
from traektoria.planning.plans.enums import PlanState
from traektoria.planning.plans.models import WorkPlan

KEPT_FOR: Final = timedelta(days=30)
"""So long a table waits, and the note of one that was taken stays."""


def keep_import(
    *, plan: WorkPlan, by: Actor, source: bytes = b"", text: str = "", name: str = "", token: UUID | None = None
) -> PlanImport:
    """Read a table and keep what it proposes. ``token`` is that of the press: a second one finds what the first kept.

    The reading stands in no transaction. Side effect: tables that nobody wanted for a month go. Raises ``Invalid``."""
    check_import(by, plan)
    facts = facts_of(plan, source, text, name)
    PlanImport.objects.filter(changed_at__lt=timezone.now() - KEPT_FOR).delete()
    return PlanImport.objects.get_or_create(token=token or uuid4(), defaults={"plan": plan, **facts})[0]


@transaction.atomic
def change_row(*, draft: PlanImport, number: int, given: Mapping[str, str], by: Actor) -> DraftRow:
    """Other words for a row; its deadline and its people are understood anew. ``given["more"]`` are lines of columns
    that no plan has."""

    def change(row: DraftRow) -> None:
        said = {name: squash(given[name]) for name in ("number", "section", "phrase", "who", "direction", "product")}
        if said["phrase"] != row.phrase:
            row.doubts = [doubt for doubt in row.doubts if doubt not in OF_THE_TERM]
            row.term_spot = None
        for name, words in said.items():
            setattr(row, name, words)
        row.content = given["content"].strip()
        row.doubts = [doubt for doubt in row.doubts if not (row.content and doubt == Doubt.NO_CONTENT)]
        if given["more"] != more_of(row):
            row.extra = [("", line.strip()) for line in given["more"].splitlines() if line.strip()]
        row.seen, row.left_out = True, False
        understood(row, window_of(draft.plan), everybody_of(draft.plan.centre))

    return _changed(draft, number, by, change)


@transaction.atomic
def leave_row(*, draft: PlanImport, number: int, out: bool, by: Actor) -> DraftRow:
    """The row stays here, or goes into the plan after all."""

    def change(row: DraftRow) -> None:
        row.left_out = out

    return _changed(draft, number, by, change)


@transaction.atomic
def approve_row(*, draft: PlanImport, number: int, by: Actor) -> DraftRow:
    """Somebody looked at a doubtful row and found it right."""

    def change(row: DraftRow) -> None:
        row.seen = True

    return _changed(draft, number, by, change)


@transaction.atomic
def hold_as_section(*, draft: PlanImport, number: int, by: Actor) -> None:
    """The row is no measure: it is the section of the rows below, as far as those had the section of this one."""
    row = _locked(draft, by)
    rows = ROWS.validate_python(row.rows)
    _at(rows, number)
    title = rows[number]
    words = squash(f"{title.number} {title.content}")[:300]
    for one in rows[number + 1 :]:
        if one.section != title.section:
            break
        one.section = words
    del rows[number]
    _save(row, rows)


@transaction.atomic
def name_columns(*, draft: PlanImport, table: int, meanings: Sequence[str], by: Actor) -> None:
    """Which column of a table is what, one meaning a column: its rows are understood anew. Raises ``Invalid``."""
    row = _locked(draft, by)
    rows, tables = ROWS.validate_python(row.rows), TABLES.validate_python(row.tables)
    if table >= len(tables) or len(meanings) != len(tables[table].columns):
        raise Conflict(_("The rows have changed meanwhile. Look at the table once more."), code="rows_changed")
    _check_meanings(meanings)
    own = [one for one in rows if one.table == table]
    renamed(own, tables[table], meanings)
    days, everybody = window_of(draft.plan), everybody_of(draft.plan.centre)
    for one in own:
        understood(one, days, everybody)
    row.rows, row.tables = as_json(rows), as_json(tables)
    row.save(update_fields=["rows", "tables", "changed_at"])


@transaction.atomic
def take_import(*, draft: PlanImport, by: Actor, reason: str = "", from_today: bool = False) -> PlanImport:
    """All rows that are not left out go into the plan, or none does; a second press finds that they are there.

    ``from_today``: of what comes into an approved plan nothing is overdue at once.
    Side effects: those of ``add_items``; what the preview kept is emptied. Raises ``Invalid`` with the rows that the
    plan can't hold."""
    plan = locked_plan(draft.plan)
    row = PlanImport.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).first()
    if row is None:
        raise Conflict(_("This table is in the plan already, or was thrown away."), code="table_is_gone")
    if row.taken_at is not None:
        return row
    check_import(by, plan)
    rows = check_takes(row)
    items = add_items(plan=plan, rows=[as_item(one, origin_of(row, one)) for one in rows], by=by, reason=reason)
    if from_today and plan.state == PlanState.APPROVED:
        let_past_go(plan, items, by)
    row.taken, row.taken_at = len(rows), timezone.now()
    row.rows, row.tables, row.left = [], [], []
    row.save()
    audit.record("plan.table_taken", plan, by=by, number=len(rows))
    return row


def check_takes(draft: PlanImport) -> list[DraftRow]:
    """The rows that go into the plan. Raises ``Invalid`` with those that it can't hold, or where none is left."""
    rows = [one for one in ROWS.validate_python(draft.rows) if not one.left_out]
    _check(rows)
    return rows


@transaction.atomic
def drop_import(*, draft: PlanImport, by: Actor) -> None:
    """What was read goes; the plan stays as it is."""
    check_import(by, draft.plan)
    PlanImport.objects.filter(pk=draft.pk).delete()


def more_of(row: DraftRow) -> str:
    """Columns that no plan has, a line each."""
    return "\n".join(f"{title}: {text}" if title else text for title, text in row.extra)


def origin_of(draft: PlanImport, row: DraftRow) -> str:
    """«План.docx, таблица 2, строка 14»."""
    return ", ".join(filter(None, [draft.name[:100], place_words(row.spot)]))


def _check_meanings(meanings: Sequence[str]) -> None:
    """Each once, and one of them is what is done."""
    told = [meaning for meaning in meanings if meaning in FIELDS]
    if len(told) > len(set(told)):
        raise Invalid(_("Two columns are said to be the same. Leave one of them."), code="column_twice")
    if PlanColumn.CONTENT not in told:
        raise Invalid(_("Say also which column is what is done."), code="column_missing")


def _check(rows: list[DraftRow]) -> None:
    if not rows:
        raise Invalid(_("No row is left to move into the plan."), code="nothing_to_take")
    wrong = [one for one in rows if one.too_long or not one.content]
    if wrong:
        named = counted(len(wrong), "%(n)s row can't be moved as it is", "%(n)s rows can't be moved as they are")
        places = "; ".join(place_words(one.spot) for one in wrong[:5])
        raise Invalid(_("%(named)s: %(places)s. Correct them or leave them out.") % {"named": named, "places": places})


def _changed(draft: PlanImport, number: int, by: Actor, change: Callable[[DraftRow], Any]) -> DraftRow:
    row = _locked(draft, by)
    rows = ROWS.validate_python(row.rows)
    change(_at(rows, number))
    _save(row, rows)
    return rows[number]


def _locked(draft: PlanImport, by: Actor) -> PlanImport:
    check_import(by, draft.plan)
    row = PlanImport.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).first()
    if row is None or row.taken_at is not None:
        raise Conflict(_("This table is in the plan already, or was thrown away."), code="table_is_gone")
    return row


def _at(rows: list[DraftRow], number: int) -> DraftRow:
    if number >= len(rows):
        raise Conflict(_("The rows have changed meanwhile. Look at the table once more."), code="rows_changed")
    return rows[number]


def _save(row: PlanImport, rows: list[DraftRow]) -> None:
    row.rows = as_json(rows)
    row.save(update_fields=["rows", "changed_at"])
