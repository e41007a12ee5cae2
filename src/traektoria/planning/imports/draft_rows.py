"""What a preview keeps of each row: the words of the paper, what was understood of them, what a person said since."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter

from traektoria.core.text import squash
from traektoria.core.typography import short_day
from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.deadlines.occurrence import Occurrence
from traektoria.engines.plantables.model import Doubt, FoundTable, Left, Place, PlanColumn, Proposal, ProposedRow
from traektoria.engines.plantables.people import Known, match_person
from traektoria.engines.plantables.responsible import Named, Who, read_responsible
from traektoria.engines.plantables.schools import KnownSchool, looks_like_school, match_school
from traektoria.people.enums import HEADS
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.enums import DUTIES
from traektoria.planning.terms.terms import Standing, read

_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]?\s+(?=\S)")
FIRST_DATES: Final = 3
QUIET: Final = frozenset({Doubt.TERM_FROM_ABOVE, Doubt.FROM_MARKS, Doubt.CONTINUED, Doubt.REPEATED})
"""Said beside the row; nothing is asked."""
OF_THE_TERM: Final = frozenset(
    {Doubt.NO_TERM, Doubt.TERM_NOT_UNDERSTOOD, Doubt.TIME_NOT_DATE, Doubt.TERM_FROM_ABOVE, Doubt.FROM_MARKS}
)
LIMITS: Final = {
    "number": 20,
    "section": 300,
    "phrase": 400,
    "who": 400,
    "direction": 200,
    "product": 300,
    "content": 2000,
}
"""Characters that an item of a plan holds."""


@dataclass
class Spot:
    """A ``Place`` as JSON keeps it."""

    where: str
    number: int = 0
    name: str = ""
    row: int = 0
    last: int = 0


@dataclass
class DeadlineRead:
    """What was understood of the deadline: ``dates`` are the first times, ``times`` how many there are, ``first_due``
    is the earliest day on which something is due («2026-09-30»)."""

    standing: str = Standing.ASKED.value
    paraphrase: str = ""
    dates: list[str] = field(default_factory=list)
    times: int = 0
    why: list[str] = field(default_factory=list)
    kind: str = ""
    first_due: str = ""


@dataclass
class Somebody:
    """One of those responsible as written, and whom it means: a role, a person or a school of the centre, or nobody
    that we know. ``several``: more than one may be meant. ``is_school``: a school is named, known or not."""

    text: str
    role: str = ""
    person: int = 0
    several: int = 0
    is_known: bool = False
    school: int = 0
    is_school: bool = False


@dataclass
class DraftRow:
    """A row of the preview. ``extra``: columns that no plan has, with their headings. ``seen``: somebody corrected it,
    or said that it is right. ``there``: the plan had it already when the table was read.
    ``too_long``: names of what an item of a plan does not hold; ``table``: in which of the tables found it stood."""

    spot: Spot
    number: str = ""
    section: str = ""
    content: str = ""
    phrase: str = ""
    who: str = ""
    direction: str = ""
    product: str = ""
    extra: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    also: list[Spot] = field(default_factory=list)
    term_spot: Spot | None = None
    told: DeadlineRead = field(default_factory=DeadlineRead)
    people: list[Somebody] = field(default_factory=list)
    left_out: bool = False
    seen: bool = False
    there: bool = False
    too_long: list[str] = field(default_factory=list)
    table: int = 0

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it before it goes into the plan."""
        if self.seen or self.left_out:
            return False
        lost = any(one.is_school and not one.school for one in self.people)
        asked = self.told.standing == Standing.ASKED or bool(self.too_long) or lost
        return asked or any(doubt not in QUIET for doubt in self.doubts)


@dataclass
class LeftOut:
    """Something of the paper that is no row."""

    spot: Spot
    why: str
    text: str
    count: int


@dataclass
class TableColumns:
    """A table of the paper with what its columns were taken for."""

    spot: Spot
    columns: list[tuple[str, str, str]]
    rows: int


@dataclass(frozen=True)
class Everybody:
    """Who can be meant by the responsible: people and schools of the centre."""

    people: Sequence[Known] = ()
    schools: Sequence[KnownSchool] = ()


ROWS: Final = TypeAdapter(list[DraftRow])
TABLES: Final = TypeAdapter(list[TableColumns])
LEFT: Final = TypeAdapter(list[LeftOut])


def rows_of(proposal: Proposal, days: Plan, everybody: Everybody, note_title: str) -> list[DraftRow]:
    """The rows of a proposal in a plan of these days."""
    tables = [at for at, table in enumerate(proposal.tables) for _ in range(table.rows)]
    titles = [_title_of(PlanColumn.NOTE, table) for table in proposal.tables]
    rows = []
    for number, one in enumerate(proposal.rows):
        at = tables[number] if number < len(tables) else 0
        row = _row(one, (titles[at] if titles else "") or note_title)
        row.table = at
        rows.append(understood(row, days, everybody))
    return rows


def _title_of(meaning: PlanColumn, table: FoundTable) -> str:
    return next((column.title for column in table.columns if column.meaning is meaning), "")


def understood(row: DraftRow, days: Plan, everybody: Everybody) -> DraftRow:
    """The same row with what its deadline and its people mean, and what of it is too long."""
    term = read(row.phrase, days)
    dates = _dates(term.occurrences)
    why = [*term.why, *term.assumptions]
    due = min((one.end.isoformat() for one in term.occurrences if one.end), default="")
    row.told = DeadlineRead(term.standing.value, term.paraphrase, dates, len(term.occurrences), why, term.kind, due)
    row.people = [_somebody(one, everybody) for one in read_responsible(row.who)]
    said = {name: whole_content(row) if name == "content" else getattr(row, name) for name in LIMITS}
    row.too_long = [name for name, text in said.items() if len(text) > LIMITS[name]]
    return row


def _dates(times: Sequence[Occurrence]) -> list[str]:
    """The first times: by their names («I четверть»), or by their last days where the names are all the same."""
    first = times[:FIRST_DATES]
    if len({one.label for one in first}) == len(first) > 1:
        return [one.label for one in first]
    days = [(one.start, one.end or one.start) for one in first]
    return [
        short_day(end) if start in {end, None} else f"{short_day(start)} – {short_day(end)}"
        for start, end in days
        if end
    ]


def as_item(row: DraftRow, origin: str) -> ProposedItem:
    """The line of the plan, which numbers its sections itself."""
    roles = tuple(dict.fromkeys(one.role for one in row.people if one.role in DUTIES))
    people = tuple(dict.fromkeys(one.person for one in row.people if one.person))
    schools = tuple(dict.fromkeys(one.school for one in row.people if one.school))
    return ProposedItem(
        content=whole_content(row), phrase=row.phrase, who=row.who, number=row.number.rstrip("."),
        heading=_NUMBERED.sub("", row.section),
        direction=row.direction, product=row.product, origin=origin, roles=roles, people=people,
        schools=schools,
    )  # fmt: skip


def whole_content(row: DraftRow) -> str:
    """With what stood in columns that no plan has: nothing of the paper is lost."""
    more = [f"{title}: {text}" if title else text for title, text in row.extra]
    return "\n".join(filter(None, [row.content, *more]))


def as_json(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(one) for one in rows]


def left_of(proposal: Proposal) -> list[LeftOut]:
    return [_left(one) for one in proposal.left]


def tables_of(proposal: Proposal) -> list[TableColumns]:
    return [
        TableColumns(spot(one.place), [(c.title, c.meaning.value, c.how.value) for c in one.columns], one.rows)
        for one in proposal.tables
    ]


def spot(place: Place) -> Spot:
    return Spot(place.where.value, place.number, place.name, place.row, place.last)


def _left(one: Left) -> LeftOut:
    return LeftOut(spot(one.place), one.why.value, one.text, one.count)


def _row(one: ProposedRow, note_title: str) -> DraftRow:
    extra = [*one.others, *([(note_title, one.note)] if one.note else [])]
    return DraftRow(
        spot(one.place), squash(one.number), squash(one.section), one.content, squash(one.term),
        squash(one.responsible), squash(one.direction), squash(one.product), extra,
        [doubt.value for doubt in one.doubts], [spot(place) for place in one.also],
        spot(one.term_place) if one.term_place else None,
    )  # fmt: skip


def _somebody(named: Named, everybody: Everybody) -> Somebody:
    """«Директор СОШ № 3» is that school, whose heads are reminded; «директора школ» are all of them."""
    if named.who is Who.ORGANISATION or (named.who is Who.ROLE and named.of and named.role in HEADS):
        school = match_school(named.of or named.text, everybody.schools)
        if len(school.keys) == 1:
            return Somebody(named.text, school=school.keys[0], is_known=True, is_school=True)
        if school.named and (named.role or looks_like_school(named.text)):
            return Somebody(named.text, several=len(school.keys), is_school=True)
    if named.who is Who.ROLE:
        return Somebody(named.text, named.role, is_known=named.role in DUTIES)
    match = match_person(named, everybody.people)
    if match.sure:
        return Somebody(named.text, person=match.keys[0], is_known=True)
    return Somebody(named.text, several=len(match.keys))
