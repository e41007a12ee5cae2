"""A deadline in a plan → its occurrences, all in the plan; none has a day that neither phrase nor calendar gives."""

from dataclasses import replace
from datetime import date

from traektoria.engines.deadlines.calendar import ONE_DAY, Plan
from traektoria.engines.deadlines.date_relations import At, Between, Continuous, Limited, Since, Until
from traektoria.engines.deadlines.events import relative
from traektoria.engines.deadlines.model import ByPlan, Compound, Deadline, EachUnit, OnRequest, Open, Relative, Simple
from traektoria.engines.deadlines.named_dates import cut, last_day, named_dates, placed, timed, together
from traektoria.engines.deadlines.occurrence import Dates, Occurrence, Work
from traektoria.engines.deadlines.paraphrases import paraphrase, place_said
from traektoria.engines.deadlines.places import NamedPeriod, Place, Year
from traektoria.engines.deadlines.reasons import Reason, Unplaced
from traektoria.engines.deadlines.rhythm_model import Recurring
from traektoria.engines.deadlines.rhythms import recurring

_WITHOUT_DATES = frozenset({Reason.ON_REQUEST, Reason.BY_PLAN, Reason.OPEN, Reason.NAMED_EVENT, Reason.AT_MOST})
"""A part of a compound that is so by its nature leaves the others their dates; a question does not."""


def occurrences(deadline: Deadline, plan: Plan) -> Dates:
    """When it is due in the plan, in order, or why that cannot be said."""
    work = Work(plan)
    try:
        found = _compound(work, deadline) if isinstance(deadline, Compound) else _simple(work, deadline)
    except Unplaced as refusal:
        return Dates(why=(refusal,))
    if not found and not work.remarks:
        return Dates(why=(Unplaced(Reason.OUTSIDE, paraphrase(deadline), (plan.name,)),))
    return Dates(tuple(sorted(found, key=lambda one: one.order)), tuple(work.remarks), tuple(work.assumed))


def _simple(work: Work, one: Simple) -> list[Occurrence]:
    match one:
        case At() | Until() | Since() | Between():
            return named_dates(work, one)
        case Continuous(place):
            return [_continuous(work, place)]
        case Limited():
            return [_limited(work, one)]
        case Recurring():
            return timed(recurring(work, one), one.clock)
        case Relative():
            return relative(work, one)
        case OnRequest(basis):
            raise Unplaced(Reason.ON_REQUEST, basis)
        case ByPlan(paper):
            raise Unplaced(Reason.BY_PLAN, paper)
        case Open(word):
            raise Unplaced(Reason.OPEN, word)


def _continuous(work: Work, place: Place) -> Occurrence:
    plan = work.plan
    if place == NamedPeriod(""):
        return Occurrence(plan.first, plan.last, paraphrase(Continuous(place)))
    if place == Year():
        if plan.school:
            work.assume(f"Год – учебный, {plan.name}.")
        return Occurrence(plan.first, plan.last, place_said(place))
    found = cut(work, placed(work, place), place_said(place))
    days = found.cut(plan.first, plan.latest) or found
    return Occurrence(days.first, days.last, place_said(place))


def _limited(work: Work, one: Limited) -> Occurrence:
    """Raises ``Unplaced`` where the last day lies outside of what it limits."""
    days, last = _simple(work, one.within)[0], last_day(work, one.last)
    if (days.start and last < days.start) or (days.end and last > days.end):
        raise Unplaced(Reason.CONFLICT)
    return replace(days, end=last, label=paraphrase(one))


def _compound(work: Work, one: Compound) -> list[Occurrence]:
    named = tuple(part for part in one.parts if isinstance(part, At | Until | Since | Between | Limited))
    if one.either:
        return _either(work, one)
    rhythms = sum(map(_returns, one.parts))
    if rhythms > 1 or (named and rhythms):
        raise Unplaced(Reason.CONFLICT)
    dates = tuple(part for part in named if not isinstance(part, Limited))
    found = together(work, dates) if len(dates) == len(one.parts) else _what_can_be_dated(work, one.parts)
    return found + _then(work, one.then, found) if one.then else found


def _returns(part: Simple) -> bool:
    """«Ежеквартально», «по итогам квартала»: once in each."""
    return isinstance(part, Recurring) or (isinstance(part, Relative) and isinstance(part.event, EachUnit))


def _what_can_be_dated(work: Work, parts: tuple[Simple, ...]) -> list[Occurrence]:
    found: list[Occurrence] = []
    for part in parts:
        try:
            found += _simple(work, part)
        except Unplaced as refusal:
            if refusal.reason not in _WITHOUT_DATES:
                raise
            work.remarks.append(refusal)
    return found


def _either(work: Work, one: Compound) -> list[Occurrence]:
    """«Ежеквартально или при необходимости»: the dates are those of the one; of two dated ones somebody chooses."""
    found = _what_can_be_dated(work, one.parts)
    if len(one.parts) - len(work.remarks) > 1:
        raise Unplaced(Reason.CHOICE, "", tuple(paraphrase(part) for part in one.parts))
    return found


def _then(work: Work, then: Simple, found: list[Occurrence]) -> list[Occurrence]:
    """What follows begins after the last of those before."""
    if not found:
        raise Unplaced(Reason.SINCE_WHEN, paraphrase(then))
    last = max(one.end or one.start or date.min for one in found)
    if isinstance(then, Recurring):
        return recurring(work, then, last + ONE_DAY)
    return [one for one in _what_can_be_dated(work, (then,)) if (one.start or one.end or last) > last]
