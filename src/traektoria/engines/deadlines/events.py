"""What leans on an event → occurrences, where the event has a date."""

from datetime import date
from typing import assert_never

from traektoria.engines.deadlines.calendar import ONE_DAY, Stretch
from traektoria.engines.deadlines.model import EachUnit, NamedEvent, Relation, Relative
from traektoria.engines.deadlines.named_dates import NOT_MOVED, placed
from traektoria.engines.deadlines.occurrence import Occurrence, Work
from traektoria.engines.deadlines.paraphrases import event_said, paraphrase
from traektoria.engines.deadlines.places import Edge, Holidays, Part, Place, Unit
from traektoria.engines.deadlines.reasons import Reason, Unplaced
from traektoria.engines.deadlines.rhythm_model import Span
from traektoria.engines.deadlines.rhythm_periods import later, turns


def relative(work: Work, one: Relative) -> list[Occurrence]:
    """Raises ``Unplaced`` where nobody says when the event is."""
    label = paraphrase(one)
    if isinstance(one.event, NamedEvent):
        raise Unplaced(Reason.NAMED_EVENT, label)
    if one.event is None:
        if work.plan.since is None or one.span is None:
            raise Unplaced(Reason.SINCE_WHEN, label)
        work.assume(f"Считаем от начала плана: {work.plan.since:%d.%m.%Y}.")
        before = work.plan.since - ONE_DAY
        return _leaning(work, one, Stretch(before, before), label)
    if isinstance(one.event, EachUnit):
        whole = Stretch(work.plan.first, work.plan.last)
        found = [
            occurrence
            for turn in turns(Span(1, one.event.unit), whole, work.plan)
            for occurrence in _leaning(work, one, _edge(turn.whole, one.event.edge), turn.label or label)
        ]
    elif one.event in (Holidays(), Part(Edge.START, Holidays()), Part(Edge.END, Holidays())):
        found = [
            occurrence for days in _each_holidays(work, one.event) for occurrence in _leaning(work, one, days, label)
        ]
    else:
        found = _leaning(work, one, _days_of(work, one.event), label)
    if not found:
        raise Unplaced(Reason.OUTSIDE, label, (work.plan.name,))
    return found


def _edge(days: Stretch, edge: Edge | None) -> Stretch:
    day = days.first if edge is Edge.START else days.last
    return Stretch(day, day) if edge else days


def _each_holidays(work: Work, event: Place) -> list[Stretch]:
    """All holidays of the plan, or the first or last days of them."""
    found = work.plan.holidays()
    if not found:
        raise Unplaced(Reason.NO_PERIOD, event_said(Holidays()))
    if isinstance(event, Part):
        return [_edge(one, event.edge) for one in found]
    return found


def _days_of(work: Work, event: Place) -> Stretch:
    """The days of the event; of its beginning or end the one day."""
    match event:
        case Part(Edge.START, of):
            day = placed(work, of).first
        case Part(Edge.END, of):
            day = placed(work, of).last
        case Part():
            raise Unplaced(Reason.VAGUE, event_said(event))
        case _:
            return placed(work, event)
    return Stretch(day, day)


def _leaning(work: Work, one: Relative, event: Stretch, label: str) -> list[Occurrence]:
    start, end = _around(work, one.relation, one.span, event)
    if any(day and not work.plan.earliest <= day <= work.plan.latest for day in (start, end)):
        return []
    return [Occurrence(start, end, label)]


def _around(work: Work, relation: Relation, span: Span | None, event: Stretch) -> tuple[date | None, date | None]:
    if span is None:
        if relation is Relation.BEFORE:
            return None, event.first - ONE_DAY
        return (event.first, event.last) if relation is Relation.ON else (event.last + ONE_DAY, None)
    if span.unit is Unit.WORKING_DAY:
        work.assume(NOT_MOVED)
    least, most = span.number, span.most or span.number
    match relation:
        case Relation.WITHIN_AFTER:
            return event.last + ONE_DAY, later(event.last, span, most)
        case Relation.AT_AFTER:
            return later(event.last, span, least), later(event.last, span, most)
        case Relation.AT_BEFORE:
            return later(event.first, span, -most), later(event.first, span, -least)
        case Relation.AT_LEAST_BEFORE:
            return None, later(event.first, span, -most)
        case Relation.NOT_EARLIER_BEFORE | Relation.BEFORE | Relation.ON | Relation.AFTER | Relation.ON_RESULTS:
            return later(event.first, span, -most), event.first - ONE_DAY
        case _:
            assert_never(relation)
