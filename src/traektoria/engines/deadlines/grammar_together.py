"""What is said of a rhythm, put together: how often, when in each period, from when to when; «no» where it clashes."""

from dataclasses import replace
from typing import Any, assert_never

from traektoria.engines.deadlines.combinators import NO
from traektoria.engines.deadlines.date_relations import At, Continuous, Dated, Since
from traektoria.engines.deadlines.grammar_places import PIECES, years_agree
from traektoria.engines.deadlines.places import (
    SIZES,
    YEARLY,
    Day,
    Exams,
    Holidays,
    Month,
    NamedPeriod,
    Part,
    PieceOfMonth,
    Place,
    SchoolYear,
    Season,
    Unit,
    UnitOfYear,
    WeekdayOfMonth,
    Year,
)
from traektoria.engines.deadlines.rhythm_model import (
    Bound,
    DaysBetween,
    DaysOfMonth,
    NthPiece,
    NthWeekday,
    On,
    PartOfEach,
    Recurring,
    Span,
    Times,
    Weekdays,
)


def size(place: Place) -> int:
    """How long a place is, in the order of ``SIZES``."""
    match place:
        case Day() | WeekdayOfMonth():
            return SIZES[Unit.DAY]
        case Holidays():
            return SIZES[Unit.DECADE]
        case Month():
            return SIZES[Unit.MONTH]
        case Season() | Exams():
            return SIZES[Unit.QUARTER]
        case Year() | SchoolYear():
            return SIZES[Unit.YEAR]
        case NamedPeriod():
            return SIZES[Unit.YEAR] + 1
        case UnitOfYear(unit) | PieceOfMonth(unit):
            return SIZES[unit]
        case Part(_, of):
            return size(of) - 1
        case _:
            assert_never(place)


def _limits(dated: Dated | Continuous, often: Recurring) -> bool:
    """Whether it says from when to when something returns, and not when it is done in each period."""
    if isinstance(dated, At):
        return size(dated.place) > SIZES[often.per.unit]
    yearly = often.per.unit in YEARLY and often.per.number == 1 and often.per.most is None
    once = often.count < 2 and often.most is None
    return isinstance(dated, Continuous | Since) or not (yearly and once)


def with_on(often: Recurring, on: On, each: Unit | None) -> Any:
    """Say when in each period; «no» where that does not go with how often it is."""
    unit = often.per.unit
    # «2 раза в месяц по средам»: which ones is not said; «ежемесячно по средам» does not say how many.
    any_of = isinstance(on, Weekdays) and unit is not Unit.WEEK
    count = None if any_of else _count_of(on)
    if any_of and not often.count:
        return NO
    if often.on is not None or (each is not None and each is not unit) or not _fits(on, often.per):
        return NO
    if count is not None and often.count not in (0, count):
        return NO
    if count is not None and (often.most is not None or often.bound is Bound.AT_MOST):
        return NO
    return replace(often, on=on, count=often.count or count or 1)


def _count_of(on: On) -> int | None:
    if isinstance(on, DaysOfMonth | Weekdays):
        return len(on.days)
    return len(on.numbers) if isinstance(on, NthWeekday | NthPiece) else None


def _fits(on: On, per: Span) -> bool:
    unit = per.unit
    if isinstance(on, Weekdays):
        return (unit is Unit.WEEK and (per.number == 1 or len(on.days) == 1)) or (
            SIZES[unit] >= SIZES[Unit.MONTH] and per.number == 1
        )
    if isinstance(on, DaysOfMonth):
        return per.number == 1 and (
            (unit is Unit.MONTH and not on.last)
            or (SIZES[unit] > SIZES[Unit.MONTH] and (on.next or on.last) and len(on.days) == 1)
        )
    if isinstance(on, DaysBetween):
        return unit is Unit.MONTH and per.number == 1
    if isinstance(on, NthWeekday):
        return SIZES[unit] >= SIZES[Unit.MONTH] and per.number == 1
    if isinstance(on, NthPiece):
        in_month = unit is Unit.MONTH or on.unit not in PIECES or on.unit is Unit.WEEK
        few = max(on.numbers) <= PIECES.get(on.unit, 31)
        return SIZES[unit] > SIZES[on.unit] and SIZES[unit] >= SIZES[Unit.WEEK] and per.number == 1 and in_month and few
    return not isinstance(on, PartOfEach) or (SIZES[unit] >= SIZES[Unit.WEEK] and per.number == 1)


def with_times(often: Recurring, times: tuple[Dated | Continuous, ...]) -> Any:
    """Dates beside «2 раза в год»: the times themselves, or from when to when."""
    if len(times) == 1 and _limits(times[0], often):
        return replace(often, within=times[0], count=often.count or 1) if often.within is None else NO
    if often.on is not None or SIZES[often.per.unit] < SIZES[Unit.QUARTER] or often.per.number > 1:
        return NO
    if not years_agree(times) or any(
        isinstance(one, Continuous | Since) or ((len(times) == 1 or isinstance(one, At)) and _limits(one, often))
        for one in times
    ):
        return NO
    if any(isinstance(one, At) and size(one.place) == SIZES[often.per.unit] for one in times):
        return NO
    if often.most is not None or often.bound is Bound.AT_MOST:
        return NO
    yearly = often.per.unit in YEARLY
    on = Times(tuple(one for one in times if not isinstance(one, Continuous)))
    return replace(often, on=on, count=often.count or (len(times) if yearly else 1))
