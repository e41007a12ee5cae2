"""How a time of day is said beside a day: «в 14.00», «с 14 до 16 часов», «15.00–16.30», «до 12:00»."""

from typing import Any

from traektoria.engines.deadlines.combinators import NO, Parser, Tok, either, maybe, seq, silent, word
from traektoria.engines.deadlines.date_relations import Clock
from traektoria.engines.deadlines.places import Edge, Unit

_DASH = word("-")
_HOUR = silent(either(word("ч"), seq(Tok("unit"), make=lambda unit: unit if unit is Unit.HOUR else NO)))


def _at(hour: int, minute: int = 0) -> Any:
    return Clock((hour, minute)) if 0 <= hour < 24 and 0 <= minute < 60 else NO


def _from_to(first: Clock, last: Clock) -> Any:
    if first.start is None or last.start is None or first.start >= last.start:
        return NO
    return Clock(first.start, last.start, first.doubtful and last.doubtful)


#: «14.00», «14:00», «14-00», «14 ч. 30 мин.»: no day is written so.
PLAIN = either(
    seq(Tok("clock"), maybe(_HOUR), make=Clock), seq(Tok("num"), _HOUR, Tok("num"), word("минута"), make=_at)
)
#: «10.11» may be a day as well.
DOUBTFUL = seq(Tok("hours"), maybe(_HOUR), make=lambda time: Clock(time, doubtful=True))
_MORNING = 7
#: «До 2 часов», «с 3 ч» are so many hours, or the afternoon; only from the morning on is it a time of day.
_HOURS = seq(Tok("num"), _HOUR, make=lambda hour: _at(hour) if hour >= _MORNING else NO)


def _hour_and_minute(hour: int, minute: int) -> Any:
    """«В 14-30»; «в 15-16» may be from three to four o'clock."""
    return NO if minute < 10 or hour < minute < 24 else _at(hour, minute)


_ANY = either(PLAIN, DOUBTFUL, _HOURS)
_BEGINS = maybe(silent(seq(Tok("edge"), make=lambda edge: edge if edge is Edge.START else NO)))
#: «14 часов» without «в» are so many hours.
CLOCK: Parser = either(
    seq(_BEGINS, maybe(word("в")), PLAIN, make=lambda clock: clock),
    seq(_BEGINS, word("в"), either(DOUBTFUL, _HOURS), make=lambda clock: clock),
    seq(_BEGINS, word("в"), Tok("num"), _DASH, Tok("num"), make=_hour_and_minute),
    seq(maybe(word("в")), PLAIN, _DASH, either(PLAIN, DOUBTFUL), make=_from_to),
    seq(maybe(word("в")), DOUBTFUL, _DASH, PLAIN, make=_from_to),
    seq(word("с"), _ANY, word("до", "по"), _ANY, make=_from_to),
    seq(word("с"), seq(Tok("num"), make=lambda hour: _at(hour) if hour >= _MORNING else NO), word("до", "по"), _HOURS,
        make=_from_to),
    seq(word("с"), _ANY, make=lambda clock: clock),
    seq(either(word("до"), silent(word("не"), word("позднее"))), _ANY,
        make=lambda clock: Clock(None, clock.start, clock.doubtful)),
)  # fmt: skip
#: After a day, with a comma or without.
CLOCKED = seq(maybe(word(",")), CLOCK, make=lambda clock: clock)
