"""The place first, then what of it: «октябрь (2-я неделя)», «февраль, последняя пятница», «март, 3–4 неделя»."""

from collections.abc import Callable
from typing import Any

from traektoria.engines.deadlines.combinators import (
    NO,
    NewLine,
    Parser,
    Tok,
    Unless,
    either,
    many,
    maybe,
    seq,
    silent,
    word,
)
from traektoria.engines.deadlines.date_relations import At, Between, Dated
from traektoria.engines.deadlines.grammar_places import (
    DASH,
    EDGED,
    LISTED,
    NAMED_MONTH,
    ORDINAL,
    PIECE_UNIT,
    piece_of,
    pieces_made,
    weekday_of,
)
from traektoria.engines.deadlines.places import LAST, Edge, Month, Part, Place, Unit

_Of = Callable[[Month], Any]


def _at(of: Callable[[Month], Any]) -> _Of:
    def made(month: Month) -> Any:
        place = of(month)
        return place if place is NO else (At(place),)

    return made


def _piece(number: int, unit: Unit) -> _Of:
    return _at(lambda month: piece_of(number, unit, month))


def _weekday(number: int, day: int) -> _Of:
    return _at(lambda month: weekday_of(number, day, month))


def _pieces(numbers: tuple[int, ...], unit: Unit) -> _Of:
    def made(month: Month) -> Any:
        places = pieces_made(numbers, unit, month)
        return places if places is NO else tuple(map(At, places))

    return made


def _from_to(first: int, last: int, unit: Unit) -> _Of:
    def made(month: Month) -> Any:
        places = pieces_made((first, last), unit, month)
        return NO if places is NO or not 0 < first < last else (Between(*places),)

    return made


#: «Октябрь (2 недели)» may be so many.
_ONE = either(
    seq(either(Tok("ord"), seq(Tok("last"), make=lambda _: LAST)), PIECE_UNIT, make=_piece),
    seq(Tok("figure"), Unless("few"), PIECE_UNIT, make=_piece),
)
_OF_MONTH = either(
    _ONE,
    seq(ORDINAL, Tok("weekday"), make=_weekday),
    seq(many(ORDINAL, LISTED, 2), PIECE_UNIT, make=_pieces),
    seq(ORDINAL, DASH, ORDINAL, PIECE_UNIT, make=_from_to),
)


def _of(month: Month, of: _Of) -> Any:
    return of(month)


def _part(of: Any, edge: Edge) -> tuple[Dated, ...]:
    place: Place = Part(edge, of)
    return (At(place),)


_IN = maybe(word("в"))
_OF_IT = either(seq(word("("), _IN, _OF_MONTH, word(")"), make=lambda of: of))
_OF_IT_BARE = either(seq(maybe(word(",", "-")), _OF_MONTH, make=lambda of: of))
_BRACKETED = either(
    seq(_IN, NAMED_MONTH, _OF_IT, make=_of),
    seq(_IN, EDGED, word("("), _IN, Tok("edge"), word(")"), make=_part),
)
_BARE = either(
    seq(_IN, NAMED_MONTH, _OF_IT_BARE, make=_of),
    seq(_IN, NAMED_MONTH, word(","), _IN, Tok("edge"), make=_part),
)


def _all(lists: tuple[tuple[Dated, ...], ...]) -> tuple[Dated, ...]:
    return tuple(one for some in lists for one in some)


#: Of «сентябрь, октябрь (последняя неделя)» nobody knows whether it is said of both: a month beside these has its own.
LATE: Parser = either(
    seq(many(_BRACKETED, either(LISTED, word(";"))), make=_all),
    seq(many(either(_BARE, _BRACKETED), either(word(";"), NewLine(), silent(word(";"), word("и")))), make=_all),
)
