"""The periods in which something returns: months, weeks, quarters of a plan, and what falls where in them."""

from dataclasses import dataclass
from datetime import date, timedelta

from traektoria.engines.days import is_working_day, months_later
from traektoria.engines.deadlines.calendar import ONE_DAY, Plan, Stretch
from traektoria.engines.deadlines.forms import ROMAN, UNITS
from traektoria.engines.deadlines.paraphrases import span_in
from traektoria.engines.deadlines.place_days import month_of, piece
from traektoria.engines.deadlines.places import SCHOOL_UNITS, YEARLY, Unit
from traektoria.engines.deadlines.reasons import Reason, Unplaced
from traektoria.engines.deadlines.rhythm_model import Span

_MONTHS = {Unit.MONTH: 1, Unit.CALENDAR_QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Turn:
    """One period: the ``days`` of it that lie in the plan, and the ``whole`` of it."""

    days: Stretch
    whole: Stretch
    label: str = ""


def turns(per: Span, within: Stretch, plan: Plan) -> list[Turn]:
    """The periods that have a day in ``within``. Of several months or weeks only blocks that fit: in May alone
    nothing is due that is due every two months. Raises ``Unplaced`` where nothing says how to count."""
    if per.most is not None:
        raise Unplaced(Reason.UNCERTAIN, f"раз в {span_in(per)}")
    if per.unit in YEARLY:
        if per.number > 1:
            raise Unplaced(Reason.SINCE_WHEN, span_in(per))
        return [Turn(within, within)]
    if per.unit in (Unit.HOUR, Unit.HALF_MONTH):
        raise Unplaced(Reason.UNIT, f"раз в {span_in(per)}")
    if per.unit in (Unit.DAY, Unit.WORKING_DAY):
        return _days(per, within, plan)
    singles = _singles(per.unit, within, plan)
    if per.number == 1:
        return singles
    blocks = [singles[at : at + per.number] for at in range(0, len(singles), per.number)]
    return [_block(block) for block in blocks if len(block) == per.number]


def _block(block: list[Turn]) -> Turn:
    whole = Stretch(block[0].whole.first, block[-1].whole.last, all(turn.days.confirmed for turn in block))
    return Turn(Stretch(block[0].days.first, block[-1].days.last, whole.confirmed), whole)


def _days(per: Span, within: Stretch, plan: Plan) -> list[Turn]:
    if per.number > 1:
        raise Unplaced(Reason.SINCE_WHEN, span_in(per))
    days = [Stretch(day, day) for day in within.days() if plan.is_lesson_day(day)]
    return [Turn(day, day) for day in days]


def _singles(unit: Unit, within: Stretch, plan: Plan) -> list[Turn]:
    if unit in SCHOOL_UNITS:
        return _school_units(unit, within, plan)
    whole = _weeks(within, plan) if unit is Unit.WEEK else _of_months(unit, within)
    return [Turn(days, one) for one in whole if (days := one.cut(within.first, within.last))]


def _school_units(unit: Unit, within: Stretch, plan: Plan) -> list[Turn]:
    if unit is Unit.HALF_YEAR and not plan.school:
        raise Unplaced(Reason.WHICH_HALF)
    found = [
        Turn(days, one, f"{ROMAN[number]} {UNITS[unit].nom}")
        for calendar in plan.calendars
        for number, one in enumerate(calendar.units(unit), 1)
        if (days := one.cut(within.first, within.last))
    ]
    if not found and not any(calendar.units(unit) for calendar in plan.calendars):
        raise Unplaced(Reason.NO_PERIOD, UNITS[unit].nom)
    return found


def _weeks(within: Stretch, plan: Plan) -> list[Stretch]:
    """Monday to Sunday; a week without a lesson is none."""
    monday = within.first - timedelta(days=within.first.weekday())
    found = []
    while monday <= within.last:
        week = Stretch(monday, monday + timedelta(days=6))
        days = week.cut(within.first, within.last)
        if days and any(plan.is_lesson_day(day) for day in days.days()):
            found.append(week)
        monday += timedelta(days=7)
    return found


def _of_months(unit: Unit, within: Stretch) -> list[Stretch]:
    months = _MONTHS.get(unit, 1)
    first = within.first.month - (within.first.month - 1) % months
    start = date(within.first.year, first, 1)
    found: list[Stretch] = []
    while start <= within.last:
        after = months_later(start, months)
        if unit is Unit.DECADE:
            month = month_of(start.year, start.month)
            found += [one for number in (1, 2, 3) if (one := piece(month, Unit.DECADE, number))]
        else:
            found.append(Stretch(start, after - ONE_DAY))
        start = after
    return found


def later(day: date, span: Span, number: int) -> date:
    """``number`` units after the day (before it, if negative). Raises ``Unplaced`` for units of no fixed length."""
    match span.unit:
        case Unit.DAY:
            return day + timedelta(days=number)
        case Unit.WORKING_DAY:
            return working_days_later(day, number)
        case Unit.WEEK:
            return day + timedelta(weeks=number)
        case Unit.DECADE:
            return day + timedelta(days=10 * number)
        case Unit.MONTH:
            return months_later(day, number)
        case Unit.CALENDAR_QUARTER:
            return months_later(day, 3 * number)
        case Unit.HALF_YEAR:
            return months_later(day, 6 * number)
        case Unit.YEAR | Unit.SCHOOL_YEAR:
            return months_later(day, 12 * number)
    raise Unplaced(Reason.UNIT, span_in(span))


def working_days_later(day: date, number: int) -> date:
    """Days off that the government moves are not known."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day)
    return day
