"""Tables of plans: who opens which, and the page of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.template.defaultfilters import linebreaksbr
from pydantic import TypeAdapter, ValidationError

from traektoria.core.boxes import tell
from traektoria.core.labels import text_of
from traektoria.core.paging import Page, cut, window
from traektoria.core.prepared_statements import Given, prepared
from traektoria.engines.deadlines.kinds import Kind
from traektoria.engines.plantables.model import PlanColumn
from traektoria.organisations.models import School
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.planning.imports.column_names import samples_of
from traektoria.planning.imports.draft_rows import LEFT, QUIET, ROWS, TABLES, DraftRow, Somebody, TableColumns
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.sentences import (
    DOUBTS,
    MEANINGS,
    READ_ALL_THE_SAME,
    SAID_BY_THE_TERM,
    TOO_LONG,
    WHYS,
    hidden_words,
    place_words,
    unknown_words,
    when_words,
)
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.queries.plans import visible_to
from traektoria.planning.terms.terms import Standing

TELLING = frozenset({PlanColumn.TERM, PlanColumn.MONTH, PlanColumn.RESPONSIBLE})
"""Of these at least one is in every plan."""
SHOWS = ("all", "look", "out")


Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Begun:
    """A table that waits."""

    pk: UUID
    name: str
    title: str
    created_at: datetime


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview in words. ``place``: its number among all rows, from 0. ``when`` is what the deadline
    says, ``known`` whom those responsible mean, ``unknown`` an icon and words for each of the others."""

    place: int
    row: DraftRow
    origin: str
    also: str
    term_origin: str
    asks: Sequence[str]
    notes: Sequence[str]
    when: str
    known: str
    unknown: Sequence[tuple[str, str]]
    is_doubtful: bool

    @property
    def content(self) -> str:
        """With its lines."""
        text = self.row.content
        return linebreaksbr(text) if "\n" in text else text

    @property
    def is_dated(self) -> bool:
        return self.row.told.standing != Standing.ASKED


@dataclass(frozen=True)
class Preview:
    """The page: rows of one part of the list, and what stands around it."""

    page: Page[ShownRow]
    show: str
    total: int
    looks: int
    out: int
    tables: Sequence[tuple[str, Sequence[tuple[str, str, bool]]]]
    left: Sequence[tuple[str, str, str, int]]
    left_count: int = 0
    unsure: Sequence[bool] = ()
    undated: int = 0
    """Deadlines that are understood, but the calendar has no quarters yet."""
    hidden: Sequence[str] = ()
    """Where something is hidden in a sheet that was read all the same."""
    hidden_count: int = 0

    @property
    def unnamed(self) -> int | None:
        """A table of which neither the deadlines nor those responsible were found, by its number."""
        return next((at for at, one in enumerate(self.unsure) if one), None)

    @property
    def goes(self) -> int:
        return self.total - self.out


def find_import(actor: Actor, token: UUID) -> PlanImport | None:
    """With its plan and centre. One query."""
    if actor.person_id is None:
        return None
    key = PlanImport._meta.pk.get_db_prep_value(token, connection)
    found: PlanImport | None = _one(actor.roles).first(token=key, **given_of(actor))
    return found


@prepared
def _one(roles: frozenset[Role]) -> QuerySet[PlanImport]:
    plans = visible_to(anybody(roles)).order_by().values("pk")
    rows = PlanImport.objects.filter(plan__in=plans, token=Given("token"))
    return rows.select_related("plan__centre__municipality", "plan__centre__school", "plan__owner")


def begun_imports(plan: WorkPlan) -> list[Begun]:
    """Tables that were read and not taken yet, the newest first. One query."""
    return [Begun(*columns) for columns in _begun().all(limit=5, plan=plan.pk)]


@prepared
def _begun() -> QuerySet[PlanImport, Any]:
    rows = PlanImport.objects.filter(plan=Given("plan"), taken_at=None).order_by("-created_at")
    return rows.values_list("pk", "name", "title", "created_at")


def _kept(adapter: TypeAdapter[list[Kept]], value: Any) -> list[Kept]:
    """What is stored in another shape is told to the log and read as nothing: it can't take the page with it."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        tell("planning.PlanImport", error)
        return []


def preview_of(draft: PlanImport, show: str, asked: object) -> Preview:
    """Two queries at most, for the names of people and schools."""
    rows = _kept(ROWS, draft.rows)
    looks = {at for at, one in enumerate(rows) if one.is_doubtful}
    chosen = [
        (at, one) for at, one in enumerate(rows) if show == "all" or (at in looks if show == "look" else one.left_out)
    ]
    start, limit = window(asked)
    part = chosen[start : start + limit]
    names = names_of([one for _, row in part for one in row.people])
    shown = [shown_row(at, row, names) for at, row in part]
    named = _kept(LEFT, draft.left)
    left = [one for one in named if one.why not in READ_ALL_THE_SAME]
    hidden = [one for one in named if one.why in READ_ALL_THE_SAME]
    tables = _kept(TABLES, draft.tables)
    return Preview(
        cut(shown, asked), show, len(rows), len(looks), sum(one.left_out for one in rows),
        [(place_words(one.spot), _columns(one.columns)) for one in tables],
        [(place_words(one.spot), str(WHYS[one.why]), one.text, one.count) for one in left[:60]], len(left),
        [TELLING.isdisjoint(meaning for _title, meaning, _how in one.columns) for one in tables],
        sum(one.told.kind == Kind.SCHOOL_UNIT and one.told.standing == Standing.ASKED for one in rows),
        [hidden_words(one) for one in hidden[:20]], len(hidden),
    )  # fmt: skip


def past_of(draft: PlanImport, today: date) -> int:
    """How many of the rows that go into the plan have something due before today."""
    told = [one.told.first_due for one in _kept(ROWS, draft.rows) if not one.left_out]
    return sum(bool(due) and due < today.isoformat() for due in told)


def times_of(draft: PlanImport) -> int:
    """How many times the plan gets by it, at least one a row."""
    return sum(max(one.told.times, 1) for one in _kept(ROWS, draft.rows) if not one.left_out)


def row_of(draft: PlanImport, place: int) -> DraftRow | None:
    found = _kept(ROWS, draft.rows[place : place + 1]) if place >= 0 else []
    return found[0] if found else None


def table_of(draft: PlanImport, at: int) -> tuple[TableColumns, list[list[str]]] | None:
    """A table with the first texts of each of its columns."""
    tables = _kept(TABLES, draft.tables)
    if at >= len(tables):
        return None
    rows = [one for one in _kept(ROWS, draft.rows) if one.table == at]
    return tables[at], samples_of(rows, tables[at])


def names_of(people: Sequence[Somebody]) -> Mapping[tuple[str, int], str]:
    """Names of the people and schools that are meant, by («person», key). No query where nobody is."""
    keys = {one.person for one in people if one.person}
    found = {("person", one.pk): one.full_name for one in Person.objects.filter(pk__in=keys)} if keys else {}
    schools = {one.school for one in people if one.school}
    if schools:
        rows = School.objects.filter(pk__in=schools).values_list("pk", "name")
        found |= {("school", pk): name for pk, name in rows}
    return found


def shown_row(place: int, row: DraftRow, names: Mapping[tuple[str, int], str]) -> ShownRow:
    quiet = [doubt for doubt in row.doubts if doubt in QUIET]
    loud = [str(DOUBTS[doubt]) for doubt in row.doubts if doubt not in QUIET | SAID_BY_THE_TERM]
    return ShownRow(
        place, row, place_words(row.spot), "; ".join(map(place_words, row.also)),
        place_words(row.term_spot) if row.term_spot else "",
        [*loud, *(str(TOO_LONG[name]) for name in row.too_long)], [str(DOUBTS[doubt]) for doubt in quiet],
        when_words(row.told), ", ".join(filter(None, (_meant(one, names) for one in row.people))),
        [unknown_words(one) for one in row.people if not one.is_known], row.is_doubtful,
    )  # fmt: skip


def _meant(one: Somebody, names: Mapping[tuple[str, int], str]) -> str:
    """Whom it means, of those that we know."""
    if one.person or one.school:
        return names.get(("person", one.person) if one.person else ("school", one.school), "")
    return text_of(Role, one.role) if one.is_known else ""


def _columns(columns: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, bool]]:
    """Heading, what it was taken for, whether that is a guess."""
    return [(title, str(MEANINGS[meaning]), how in {"alike", "content"}) for title, meaning, how in columns]
