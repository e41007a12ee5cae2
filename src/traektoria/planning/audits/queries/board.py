"""Which school is due for which kind of audit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from traektoria.core import school_year
from traektoria.core.paging import Page
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.organisations.lists.queries import ListMembership
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.kinds import AuditKind, due_of, kinds_under
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.queries.schools import by_turn
from traektoria.planning.terms.calendars import window

SOON = 21
"""Days before the last one from which it is said that the time has come."""


@dataclass(frozen=True)
class KindCell:
    """How it stands with one kind at one school. ``planned`` and ``last`` are (key, day)."""

    kind: AuditKind
    due: date | None
    planned: tuple[int, date] | None
    last: tuple[int, date] | None


@dataclass(frozen=True)
class SchoolAuditsRow:
    """``helped``: the official lists that the school stands in."""

    school: int
    name: str
    cells: tuple[KindCell, ...]
    helped: tuple[ListMembership, ...] = ()


def board_of(
    centre: TutorCentre, today: date, asked: object
) -> tuple[list[AuditKind], Page[tuple[int, str]], list[SchoolAuditsRow]]:
    """Schools that the regulation helps first stand first, else as the alphabet has it. At most six queries: the
    regulation, the calendar, schools, audits of this school year, the official lists."""
    rules = rules_of(regulation_in_force(centre.pk))
    kinds = list(kinds_under(rules).values())
    turn = by_turn(centre, rules)
    page, why = turn.page(asked), turn.why
    plan = window(centre, school_year.year_of(today), school=True)
    signed, planned = _audits(centre.pk, [pk for pk, _name in page])
    dues: dict[tuple[str, tuple[date, ...]], date | None] = {}

    def cell(school: int, kind: AuditKind) -> KindCell:
        mark = school, kind.slug
        done = tuple(day for _pk, day in signed[mark])
        if (kind.slug, done) not in dues:
            dues[kind.slug, done] = due_of(kind, done, plan)
        return KindCell(
            kind, dues[kind.slug, done], planned[mark][0] if planned[mark] else None,
            signed[mark][-1] if signed[mark] else None,
        )  # fmt: skip

    def board_row(school: int, name: str) -> SchoolAuditsRow:
        return SchoolAuditsRow(school, name, tuple(cell(school, kind) for kind in kinds), tuple(why.get(school, ())))

    return kinds, page, [board_row(*one) for one in page]


Days = defaultdict[tuple[int, str], list[tuple[int, date]]]


def _audits(centre_id: int, schools: Sequence[int]) -> tuple[Days, Days]:
    """Signed and open ones by school and kind, by day. One query."""
    signed: Days = defaultdict(list)
    planned: Days = defaultdict(list)
    found = _rows().all(centre=centre_id, schools=schools)
    for pk, school, kind, day, state in found:
        (signed if state == AuditState.SIGNED else planned)[school, kind].append((pk, day))
    return signed, planned


@prepared
def _rows() -> QuerySet[Audit, Any]:
    rows = Audit.objects.filter(centre=Given("centre"), school__in=Numbers("schools"))
    wanted = rows.exclude(state=AuditState.CANCELLED).order_by("day", "pk")
    return wanted.values_list("pk", "school", "kind", "day", "state")
