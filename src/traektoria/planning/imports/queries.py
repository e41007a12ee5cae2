"""Tables of plans: who opens which, and the page of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from traektoria.core.paging import Page, cut, window
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.planning.imports.draft_rows import LEFT, ROWS, TABLES, DraftRow, Somebody
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.words import DOUBTS, MEANINGS, QUIET, SAID_BY_THE_TERM, TOO_LONG, WHYS, place_words
from traektoria.planning.plans.models import WorkPlan
from traektoria.planning.plans.queries.plans import visible_to
from traektoria.planning.terms.terms import Standing

SHOWS = ("all", "look", "out")


@dataclass(frozen=True)
class ShownSomebody:
    """``kind``: role, person, several, unknown; ``words`` say who is meant, beside the ``text`` of the paper."""

    text: str
    kind: str
    words: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview in words. ``place``: its number among all rows, from 0."""

    place: int
    row: DraftRow
    origin: str
    also: str
    term_origin: str
    asks: Sequence[str]
    notes: Sequence[str]
    people: Sequence[ShownSomebody]

    @property
    def is_dated(self) -> bool:
        return self.row.told.standing != Standing.ASKED

    @property
    def known(self) -> Sequence[str]:
        """Whom it means, of those that we know."""
        return [one.words for one in self.people if one.words]

    @property
    def more_times(self) -> int:
        return self.row.told.times - len(self.row.told.dates)


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

    @property
    def goes(self) -> int:
        return self.total - self.out


def find_import(actor: Actor, token: UUID) -> PlanImport | None:
    """With its plan and centre. One query."""
    rows = PlanImport.objects.filter(plan__in=visible_to(actor).order_by().values("pk"))
    return (
        rows.select_related("plan__centre__municipality", "plan__centre__school", "plan__owner")
        .filter(pk=token)
        .first()
    )


def begun_imports(plan: WorkPlan) -> list[PlanImport]:
    """Tables that were read and not taken yet, without their rows. One query."""
    return list(plan.imports.filter(taken_at=None).only("token", "name", "title", "created_at", "plan")[:5])


def preview_of(draft: PlanImport, show: str, asked: object) -> Preview:
    """One query, for the names of people."""
    rows = ROWS.validate_python(draft.rows)
    chosen = [(at, one) for at, one in enumerate(rows) if _is_in(one, show)]
    start, limit = window(asked)
    part = chosen[start : start + limit]
    names = names_of(one for _, row in part for one in row.people)
    shown = [shown_row(at, row, names) for at, row in part]
    left = LEFT.validate_python(draft.left)
    return Preview(
        cut(shown, asked), show, len(rows), sum(one.is_doubtful for one in rows), sum(one.left_out for one in rows),
        [(place_words(one.spot), _columns(one.columns)) for one in TABLES.validate_python(draft.tables)],
        [(place_words(one.spot), str(WHYS[one.why]), one.text, one.count) for one in left[:60]], len(left),
    )  # fmt: skip


def row_of(draft: PlanImport, place: int) -> DraftRow | None:
    rows = draft.rows
    return ROWS.validate_python(rows[place : place + 1])[0] if 0 <= place < len(rows) else None


def names_of(people: Iterable[Somebody]) -> Mapping[int, str]:
    """Person → name, of those meant. No query where nobody is."""
    keys = {one.person for one in people if one.person}
    return {one.pk: one.full_name for one in Person.objects.filter(pk__in=keys)} if keys else {}


def shown_row(place: int, row: DraftRow, names: Mapping[int, str]) -> ShownRow:
    quiet = [doubt for doubt in row.doubts if doubt in QUIET]
    loud = [str(DOUBTS[doubt]) for doubt in row.doubts if doubt not in QUIET | SAID_BY_THE_TERM]
    return ShownRow(
        place, row, place_words(row.spot), "; ".join(map(place_words, row.also)),
        place_words(row.term_spot) if row.term_spot else "",
        [*loud, *(str(TOO_LONG[name]) for name in row.too_long)], [str(DOUBTS[doubt]) for doubt in quiet],
        [_shown(one, names) for one in row.people],
    )  # fmt: skip


def _shown(one: Somebody, names: Mapping[int, str]) -> ShownSomebody:
    if one.role and one.is_known:
        return ShownSomebody(one.text, "role", str(Role(one.role).label))
    if one.person:
        return ShownSomebody(one.text, "person", names.get(one.person, ""))
    return ShownSomebody(one.text, "several" if one.several else "unknown")


def _columns(columns: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, bool]]:
    """Heading, what it was taken for, whether that is a guess."""
    return [(title, str(MEANINGS[meaning]), how in {"alike", "content"}) for title, meaning, how in columns]


def _is_in(row: DraftRow, show: str) -> bool:
    return row.is_doubtful if show == "look" else row.left_out if show == "out" else True
