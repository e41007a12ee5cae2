"""«Не реже одного раза в два месяца» as a floor over what was done, whatever the months were called."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from traektoria.engines.days import months_later
from traektoria.engines.deadlines.calendar import Plan, Stretch
from traektoria.engines.deadlines.places import Unit
from traektoria.engines.deadlines.rhythm_model import Recurring
from traektoria.engines.deadlines.rhythm_periods import turns

_MONTHS = {Unit.MONTH: 1, Unit.CALENDAR_QUARTER: 3, Unit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Gap:
    """After ``after`` it was due by ``due`` and came on ``came`` (None: not at all in the plan)."""

    after: date
    due: date
    came: date | None


def gaps(floor: Recurring, deeds: Iterable[date], plan: Plan) -> list[Gap]:
    """Where the floor was broken in the plan. Of months and longer: from any deed on, ``count`` more come within the
    span (after the last day of a month until the last of another), wherever the months begin. Of weeks, quarters and
    halves of the school year, which holidays part: so many in each. Deeds outside of the plan do not count."""
    done = sorted(day for day in deeds if plan.first <= day <= plan.last)
    months = _MONTHS.get(floor.per.unit)
    if months is None:
        return _missed(floor, done, plan)
    found = []
    for number, after in enumerate([plan.first, *done]):
        due = _due(after, months * floor.per.number)
        place = number + floor.count - 1
        came = done[place] if place < len(done) else None
        if due <= plan.last and (came is None or came > due):
            found.append(Gap(after, due, came))
    return found


def _missed(floor: Recurring, done: list[date], plan: Plan) -> list[Gap]:
    periods = [turn.days for turn in turns(floor.per, Stretch(plan.first, plan.last), plan)]
    return [
        Gap(days.first, days.last, next((day for day in done if day > days.last), None))
        for days in periods
        if sum(days.first <= day <= days.last for day in done) < floor.count
    ]


def _due(after: date, months: int) -> date:
    due = months_later(after, months)
    was_last = after.day == monthrange(after.year, after.month)[1]
    return due.replace(day=monthrange(due.year, due.month)[1]) if was_last else due
