"""What returns → its occurrences in each period."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from traektoria.engines.deadlines.calendar import ONE_DAY, Stretch
from traektoria.engines.deadlines.date_relations import At, Between, Continuous, Since, Until
from traektoria.engines.deadlines.named_dates import (
    NOT_MOVED,
    PROPOSED,
    WEEK_BY_THURSDAY,
    first_day,
    last_day,
    near,
    note,
    pair,
    placed,
    together,
)
from traektoria.engines.deadlines.occurrence import Occurrence, Work
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.place_days import candidates, month_of, nth_weekday, piece
from traektoria.engines.deadlines.places import YEARLY, Edge, NamedPeriod, Unit, Year
from traektoria.engines.deadlines.reasons import Reason, Unplaced
from traektoria.engines.deadlines.rhythm_model import (
    Bound,
    DaysBetween,
    DaysOfMonth,
    NthPiece,
    NthWeekday,
    PartOfEach,
    Recurring,
    Times,
    Weekdays,
)
from traektoria.engines.deadlines.rhythm_periods import Turn, turns


def recurring(work: Work, one: Recurring, since: date | None = None) -> list[Occurrence]:
    """All times that it is due in the plan, or in the periods that begin ``since`` or later. Raises ``Unplaced``."""
    found = _all_times(work, one, since)
    left_out = [days for place in one.without for days in candidates(place, work.plan)]
    return [each for each in found if not any(_lies_in(each, days) for days in left_out)]


def _lies_in(one: Occurrence, days: Stretch) -> bool:
    first, last = one.start or one.end, one.end or one.start
    return first is not None and last is not None and days.first <= first and last <= days.last


def _all_times(work: Work, one: Recurring, since: date | None) -> list[Occurrence]:
    if one.bound is Bound.AT_MOST:
        raise Unplaced(Reason.AT_MOST)
    within = _limits(work, one)
    periods = turns(one.per, within, work.plan)
    if since is not None:
        periods = [turn for turn in periods if turn.whole.first >= since]
    if not all(turn.days.confirmed for turn in periods):
        work.assume(PROPOSED)
    _assume(work, one, within)
    if isinstance(one.on, Times):
        return _times(work, one, one.on, periods)
    if one.on is not None:
        return [found for turn in periods for found in _on(work, one, turn, _until_end_of(turn, work, one, within))]
    return [
        Occurrence(turn.days.first, turn.days.last, turn.label or paraphrase(one), number, one.count)
        for turn in periods
        for number in range(1, one.count + 1)
    ]


def _until_end_of(turn: Turn, work: Work, one: Recurring, within: Stretch) -> Stretch:
    """A day of the last month may come after the last lesson; a limit that the phrase names holds."""
    if one.within is not None and not isinstance(one.within, Continuous):
        return within
    return Stretch(within.first, max(within.last, min(turn.whole.last, work.plan.latest)))


def _assume(work: Work, one: Recurring, within: Stretch) -> None:
    if one.per.unit in (Unit.DAY, Unit.WORKING_DAY, Unit.WEEK):
        work.assume("Каникулы, выходные и праздничные дни пропущены.")
    if one.per.number > 1:
        work.assume(f"Считаем с начала: {within.first:%d.%m.%Y}.")
    if one.per.unit is Unit.CALENDAR_QUARTER and work.plan.school:
        work.assume("Квартал – календарный: с января, апреля, июля, октября.")
    if one.per.unit is Unit.YEAR and work.plan.school:
        work.assume(f"Год – учебный, {work.plan.name}.")
    if one.most is not None:
        work.assume(f"Взято меньшее число раз: {one.count}.")


def _limits(work: Work, one: Recurring) -> Stretch:
    """From when to when it returns: of the plan or, in it, as the phrase says."""
    plan = work.plan
    match one.within:
        case None:
            return Stretch(plan.first, plan.last)
        case Until(place):
            found = Stretch(plan.first, max(last_day(work, place), plan.first))
        case Since(place):
            first = first_day(work, place)
            found = Stretch(first, plan.last if first <= plan.last else plan.latest)
        case Between(first, last):
            found = pair(work, first, last)
        case Continuous(NamedPeriod(name)) if name:
            raise Unplaced(Reason.NAMED_PERIOD, name)
        case Continuous(place) if isinstance(place, NamedPeriod) or place == Year():
            return Stretch(plan.first, plan.last)
        case At(place) | Continuous(place):
            found = placed(work, place)
    cut = found.cut(plan.first, max(plan.last, min(found.last, plan.latest)))
    if cut is None or found.first > plan.latest:
        raise Unplaced(Reason.OUTSIDE, paraphrase(one), (plan.name,))
    return cut


def _times(work: Work, one: Recurring, on: Times, periods: list[Turn]) -> list[Occurrence]:
    """The times that the phrase names: as many as it says, so many in each period."""
    found = together(work, on.times)
    wanted = one.count * len(periods)
    yearly = one.per.unit in YEARLY
    enough = len(found) >= wanted if one.bound is Bound.AT_LEAST else len(found) == wanted
    if not enough or (not yearly and not all(_count_in(turn, found) >= one.count for turn in periods)):
        raise Unplaced(Reason.COUNT, str(len(found)), (str(wanted),))
    return found


def _count_in(turn: Turn, found: Iterable[Occurrence]) -> int:
    """Occurrences that fall into the period or into the days between it and the next."""
    days = turn.whole
    return sum(
        (one.start or one.end or days.first) <= days.last and (one.end or days.last) >= days.first for one in found
    )


def _on(work: Work, one: Recurring, turn: Turn, within: Stretch) -> list[Occurrence]:
    label = paraphrase(one) if not turn.label else f"{turn.label}: {paraphrase(one)}"
    match one.on:
        case DaysOfMonth():
            return _month_days(work, one, turn, within, one.on)
        case DaysBetween(opens, closes):
            month, longest = turn.whole.first, turn.whole.last.day
            days = Stretch(month.replace(day=min(opens, longest)), month.replace(day=min(closes, longest)))
            return _whole_in(work, [days], within, label)
        case Weekdays(days):
            lessons = [day for day in turn.days.days() if day.isoweekday() in days and work.plan.is_in_term(day)]
            if one.per.number > 1 or one.per.unit is not Unit.WEEK:  # which ones of them, nobody says
                times = range(1, one.count + 1) if lessons else ()
                return [Occurrence(lessons[0], lessons[-1], label, at, one.count) for at in times]
            return [Occurrence(day, day, label, at, len(lessons)) for at, day in enumerate(lessons, 1)]
        case NthWeekday(weekday, numbers):
            found = [nth_weekday(turn.whole, weekday, number) for number in numbers]
            return _whole_in(work, found, within, label)
        case NthPiece(unit, numbers, until):
            if unit is Unit.WEEK:
                work.assume(WEEK_BY_THURSDAY)
            if unit is Unit.WORKING_DAY:
                work.assume(NOT_MOVED)
            found = [piece(turn.whole, unit, number) for number in numbers]
            # A quarter begins and ends in the middle of a week: which one is its last, people say differently.
            about = unit is Unit.WEEK and one.per.unit is not Unit.MONTH
            due = _whole_in(work, found, within, label)
            return [replace(one, start=None if until else one.start, approximate=about) for one in due]
        case PartOfEach(edge, True):
            if edge is Edge.MIDDLE:
                raise Unplaced(Reason.VAGUE, paraphrase(one))
            last = turn.whole.last if edge is Edge.END else turn.whole.first - ONE_DAY
            return [Occurrence(None, last, label)] if within.first <= last <= within.last else []
        case PartOfEach(edge):
            start, end = near(edge, turn.days, one.per.unit not in (Unit.WEEK, Unit.DECADE, Unit.MONTH))
            times = range(1, one.count + 1)
            return [Occurrence(start, end, label, number, one.count, approximate=True) for number in times]
    return []


def _whole_in(work: Work, found: list[Stretch | None], within: Stretch, label: str) -> list[Occurrence]:
    cut = [days for one in found if one and (days := one.cut(within.first, within.last))]
    return [
        Occurrence(days.first, days.last, label, number, len(cut), note=note(work, days))
        for number, days in enumerate(cut, 1)
    ]


def _month_days(work: Work, one: Recurring, turn: Turn, within: Stretch, on: DaysOfMonth) -> list[Occurrence]:
    month, last = turn.whole, within.last
    if on.next:
        after = month_of(turn.whole.last.year, turn.whole.last.month).last + ONE_DAY
        month, last = month_of(after.year, after.month), work.plan.latest
    elif on.last:
        month = month_of(turn.whole.last.year, turn.whole.last.month)
    found = []
    for number, wanted in enumerate(on.days, 1):
        day = month.first.replace(day=min(wanted, month.last.day))
        if day.day < wanted:
            work.assume("Где в месяце меньше дней, взят последний.")
        if within.first <= day <= last:
            remark = note(work, Stretch(day, day))
            label = turn.label or paraphrase(one)
            found.append(Occurrence(None if on.until else day, day, label, number, len(on.days), note=remark))
    return found
