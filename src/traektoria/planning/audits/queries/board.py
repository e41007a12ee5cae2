"""Which school is due for which kind of audit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from traektoria.core import school_year
from traektoria.core.paging import Page, page_of
from traektoria.organisations.lists.queries import Why
from traektoria.organisations.models import School, TutorCentre
from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.kinds import Kind, due_of, kinds_of
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.queries.schools import by_turn
from traektoria.planning.terms.calendars import window

SOON = 21
"""Days before the last one from which it is said that the time has come."""


@dataclass(frozen=True)
class Cell:
    """How it stands with one kind at one school. ``planned`` and ``last`` are (key, day)."""

    kind: Kind
    due: date | None
    planned: tuple[int, date] | None
    last: tuple[int, date] | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < self.today

    @property
    def is_soon(self) -> bool:
        return self.due is not None and not self.is_late and (self.due - self.today).days <= SOON

    @property
    def days_late(self) -> int:
        return (self.today - self.due).days if self.due and self.is_late else 0


@dataclass(frozen=True)
class BoardRow:
    """``helped``: the official lists that the school stands in."""

    school: School
    cells: tuple[Cell, ...]
    helped: tuple[Why, ...] = ()


def board_of(centre: TutorCentre, today: date, asked: object) -> tuple[list[Kind], Page[School], list[BoardRow]]:
    """Schools that the regulation helps first stand first, else as the alphabet has it. At most seven queries: the
    regulation, the calendar, schools, audits of this school year, the official lists."""
    kinds = list(kinds_of(centre.pk).values())
    rows, why = by_turn(centre)
    page = page_of(rows, asked)
    plan = window(centre, school_year.year_of(today), school=True)
    signed, planned = _audits(centre.pk, page.object_list)

    def cell(school: School, kind: Kind) -> Cell:
        mark = school.pk, kind.slug
        done = [day for _pk, day in signed[mark]]
        return Cell(
            kind, due_of(kind, done, plan), min(planned[mark], key=_by_day, default=None),
            max(signed[mark], key=_by_day, default=None), today,
        )  # fmt: skip

    def board_row(school: School) -> BoardRow:
        return BoardRow(school, tuple(cell(school, kind) for kind in kinds), tuple(why.get(school.pk, ())))

    return kinds, page, [board_row(one) for one in page.object_list]


Days = defaultdict[tuple[int, str], list[tuple[int, date]]]


def _audits(centre_id: int, schools: Sequence[School]) -> tuple[Days, Days]:
    """Signed and open ones by school and kind. One query."""
    signed: Days = defaultdict(list)
    planned: Days = defaultdict(list)
    rows = Audit.objects.filter(centre=centre_id, school__in=[one.pk for one in schools])
    wanted = rows.exclude(state=AuditState.CANCELLED).order_by("day", "pk")
    for pk, school, kind, day, state in wanted.values_list("pk", "school", "kind", "day", "state"):
        (signed if state == AuditState.SIGNED else planned)[school, kind].append((pk, day))
    return signed, planned


def _by_day(one: tuple[int, date]) -> tuple[date, int]:
    return one[1], one[0]
