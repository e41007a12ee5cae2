"""How a deadline leans on something else: an event, a request, another paper."""

from typing import Any

from traektoria.engines.deadlines.combinators import NO, Free, Said, Tok, either, many, maybe, seq, silent, word, words
from traektoria.engines.deadlines.grammar_often import SPAN, UNIT, WORKING, span_of
from traektoria.engines.deadlines.grammar_places import DASH, NOT_LATER, PLACE, SEVERAL, unit_of
from traektoria.engines.deadlines.model import ByPlan, EachUnit, Event, NamedEvent, OnRequest, Open, Relation, Relative
from traektoria.engines.deadlines.places import SCHOOL_UNITS, Edge, Unit, Year
from traektoria.engines.deadlines.rhythm_model import Span

_NUMBERED = SCHOOL_UNITS | {Unit.CALENDAR_QUARTER}
_UNNUMBERED = either(
    seq(maybe(word("calendar")), Tok("unit"), make=lambda unit: NO if unit in _NUMBERED else unit),
    seq(maybe(word("school")), Tok("many"), make=lambda unit: unit),
    seq(word("school"), unit_of(Unit.YEAR), make=lambda _: Unit.SCHOOL_YEAR),
)
_UNITS = seq(
    maybe(word("school")),
    unit_of(Unit.MONTH, Unit.QUARTER, Unit.TRIMESTER, Unit.CALENDAR_QUARTER, Unit.HALF_YEAR),
    make=lambda unit: unit,
)
_EACH = either(
    seq(maybe(word("каждый")), _UNITS, make=EachUnit),
    seq(
        Tok("edge"),
        maybe(word("каждый")),
        _UNITS,
        make=lambda edge, unit: EachUnit(unit, edge) if edge is not Edge.MIDDLE else NO,
    ),
)
_YEAR = seq(unit_of(Unit.YEAR), make=lambda _: Year())
_NAMED = Free(NamedEvent)
_KNOWN = either(PLACE, _EACH)
_ANY_EVENT = either(_KNOWN, _NAMED)
_FROM_DAY = silent(word("с", "со", "от"), word("дня", "момента"))
_SINCE = either(
    word("после", "от"), _FROM_DAY, words("по", "окончании"),
    words("по", "завершении"),
)  # fmt: skip
_AFTER = either(silent(maybe(word("сразу")), word("после")), words("по", "окончании"), words("по", "завершении"))
_RESULTS = silent(word("по"), word("итогам", "результатам"))
_COURSE = silent(word("в"), word("течение"))


def _relative(relation: Relation) -> Any:
    return lambda span, event: Relative(relation, span, event)


def _bare(span: Span) -> Any:
    """«В течение года» is all of it; of any other span somebody must say since when."""
    return NO if span == Span(1, Unit.YEAR) or span == Span(1, Unit.SCHOOL_YEAR) else Relative(
        Relation.WITHIN_AFTER, span, None
    )  # fmt: skip


def _before(event: Event) -> Any:
    """What comes before a place has a last day: that is «до …»."""
    edged = isinstance(event, EachUnit) and event.edge is not None
    return NO if edged else Relative(Relation.BEFORE, None, event)


#: «В течение 2 четверти» is in the second one, «в течение 2 четвертей» in the course of two.
_COUNTED = either(
    seq(maybe(Tok("said"), 1), maybe(seq(DASH, Tok("num"), make=int), None), WORKING, UNIT, make=span_of),
    seq(Tok("figure"), maybe(seq(DASH, Tok("num"), make=int), None), WORKING, _UNNUMBERED,
        make=span_of),
)  # fmt: skip
_AT_LEAST_FOR = silent(word("не"), word("позднее", "менее"), maybe(word(",")), maybe(word("чем")), word("за"))
_NOT_EARLIER = silent(word("не"), word("ранее", "более"), maybe(word(",")), maybe(word("чем")), word("за"))
_TO = word("до")
_LONG = either(
    seq(Tok("span"), make=lambda span: Span(*span)),
    seq(Tok("num"), DASH, word("long"), make=lambda number: Span(number, Unit.DAY)),
)  # fmt: skip
RELATIVE = either(
    seq(_COURSE, SPAN, _SINCE, _ANY_EVENT, make=_relative(Relation.WITHIN_AFTER)),
    seq(NOT_LATER, maybe(word("через")), SPAN, _SINCE, _ANY_EVENT, make=_relative(Relation.WITHIN_AFTER)),
    seq(word("через"), SPAN, _AFTER, _ANY_EVENT, make=_relative(Relation.AT_AFTER)),
    seq(word("на"), word("following"), unit_of(Unit.DAY), word("после"), _ANY_EVENT,
        make=lambda _, event: Relative(Relation.AT_AFTER, Span(1, Unit.DAY), event)),
    seq(_COURSE, maybe(word("current")), _COUNTED, make=_bare),
    seq(_AT_LEAST_FOR, SPAN, _TO, _ANY_EVENT, make=_relative(Relation.AT_LEAST_BEFORE)),
    # «Не позднее 10 дней до начала олимпиады».
    seq(NOT_LATER, SPAN, _TO, _ANY_EVENT, make=_relative(Relation.AT_LEAST_BEFORE)),
    seq(_NOT_EARLIER, SPAN, _TO, _ANY_EVENT, make=_relative(Relation.NOT_EARLIER_BEFORE)),
    seq(word("за"), SPAN, _TO, _ANY_EVENT, make=_relative(Relation.AT_BEFORE)),
    seq(_RESULTS, either(_ANY_EVENT, _YEAR), make=lambda event: Relative(Relation.ON_RESULTS, None, event)),
    seq(either(_AFTER, _FROM_DAY), _ANY_EVENT, make=lambda event: Relative(Relation.AFTER, None, event)),
    seq(word("в"), word("день"), _NAMED, make=lambda event: Relative(Relation.ON, None, event)),
    seq(word("до"), either(_EACH, _NAMED), make=_before),
    seq(word("перед"), Free(lambda name: NamedEvent(name, "перед")), make=_before),
    seq(word("к"), Free(lambda name: NamedEvent(name, "к")), make=_before),
    seq(word("накануне"), Free(lambda name: NamedEvent(name, "накануне")), make=_before),
    seq(word("в"), _LONG, word("срок"), make=lambda span: Relative(Relation.WITHIN_AFTER, span, None)),
    seq(word("в"), _LONG, word("срок"), _SINCE, _ANY_EVENT, make=_relative(Relation.WITHIN_AFTER)),
)  # fmt: skip
#: «По итогам I, II, III четвертей».
SEVERAL_RELATIVE = seq(_RESULTS, SEVERAL, make=lambda places: tuple(
    Relative(Relation.ON_RESULTS, None, place) for place in places))  # fmt: skip
_OR = word("/", "или")
#: «В течение четверти / полугодия».
COURSES = seq(
    _COURSE, maybe(word("current")), many(SPAN, _OR, 2), make=lambda spans: tuple(map(_bare, spans))
)  # fmt: skip
_NAME = maybe(Free())
_NEED = silent(word("немедленно"))
ON_REQUEST = Said(either(
    silent(word("по"), Tok("asked", silent=True), _NAME),
    silent(word("по"), word("word"), Tok("asked", silent=True), _NAME),
    silent(word("по"), word("мере"), Free()),
    silent(word("по"), word("факту"), _NAME),
    silent(maybe(_NEED), word("при"), Free()),
    silent(word("в"), word("случае"), Free()),
    silent(word("по"), Tok("need", silent=True), _NAME),
    silent(word("в"), word("working"), word("порядке")),
), OnRequest)  # fmt: skip
_QUALIFIED = maybe(Free(most=4))
_APPROVED = maybe(silent(word(","), word("approved"), Free()))
_PAPER = either(
    silent(word("по", "согласно"), _QUALIFIED, Tok("paper", silent=True), _NAME, _APPROVED),
    silent(word("в"), word("соответствии"), word("с"), _QUALIFIED, Tok("paper_with", silent=True), _NAME, _APPROVED),
    silent(word("согласно"), Free()),
    silent(word("в"), word("сроки"), maybe(word(",")), Free()),
    silent(word("в"), word("approved"), word("срок", "сроки")),
)
BY_PLAN = Said(_PAPER, ByPlan)
OPEN = either(
    seq(Tok("open"), make=Open),
    seq(word("на"), Tok("open_adjective"), word("основе"), make=lambda adjective: Open(f"на {adjective} основе")),
)
