"""Kinds of audits are those of the centre's regulation; how often, and by which day the next one is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from traektoria.engines.deadlines.calendar import Plan
from traektoria.engines.deadlines.floors import gaps
from traektoria.engines.deadlines.rhythm_model import Recurring
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Every, Rules
from traektoria.planning.terms.terms import floor_of

FLOORS: Final = {
    Every.TWO_MONTHS: "не реже одного раза в два месяца",
    Every.QUARTER: "не реже одного раза в четверть",
    Every.HALF_YEAR: "не реже одного раза в полугодие",
    Every.YEAR: "не реже одного раза в учебный год",
}
"""Deadlines as people write them: the engine reads them as it reads those of plans."""
OFTEN: Final = {
    Every.TWO_MONTHS: _("at least once in two months"),
    Every.QUARTER: _("once a quarter of the school year"),
    Every.HALF_YEAR: _("once in half a year"),
    Every.YEAR: _("once a year"),
}


@dataclass(frozen=True)
class AuditKind:
    """``floor`` is None where the regulation says no interval: on request, by schedule."""

    slug: str
    title: str
    what: str
    often: str
    floor: Recurring | None
    own_card: bool = False
    """The school says of itself what the audit looks at (``selfcards``)."""
    lesson_calendars: bool = False
    """Lesson calendars are brought to it, and counted (``lessons``)."""


def kinds_of(centre_id: int) -> dict[str, AuditKind]:
    """Of the regulation in force. One query."""
    return kinds_under(rules_of(regulation_in_force(centre_id)))


def kinds_under(rules: Rules) -> dict[str, AuditKind]:
    return {
        one.slug: AuditKind(
            one.slug, one.title, one.what, str(OFTEN.get(one.every, "")), _floor(one.every), one.own_card,
            one.lesson_calendars,
        )
        for one in rules.audits
    }  # fmt: skip


@cache
def _floor(every: Every) -> Recurring | None:
    phrase = FLOORS.get(every)
    return floor_of(phrase) if phrase else None


def due_of(kind: AuditKind, done: Iterable[date], plan: Plan) -> date | None:
    """The last day of the next audit that has not come; None where none is due in this school year."""
    if kind.floor is None:
        return None
    return next((gap.due for gap in gaps(kind.floor, done, plan) if gap.came is None), None)
