"""Small parsers that make larger ones. Each finds all ways to read on from a token: (value, where it ends).

A parser knows the keys of tokens with which it can begin, so that most of them are never tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from traektoria.engines.deadlines.tokens import Token

Success = tuple[Any, int]
NOTHING: Final[list[Success]] = []
MANY: Final = 64
"""More readings of one list are no reading."""
SILENT: Final = object()
"""The value of what says nothing by itself; sequences leave it out."""
_NO_QUOTES = str.maketrans("", "", '«»"')
NO: Final = object()
"""What a maker returns when the parts do not go together."""


class Reading:
    """Tokens that are being read, what was found of them already, and how far anybody came."""

    __slots__ = ("found", "furthest", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.furthest = 0
        self.found: list[dict[Parser, list[Success]]] = [{} for _ in tokens]
        """What each parser found at a token already."""

    def said(self, first: int, end: int) -> str:
        """The words from one token to the one before ``end``, as written, in one line."""
        last = self.tokens[end - 1]
        stop = last.end + ("cut" in last.senses and self.text[last.end : last.end + 1] == ".")
        said = self.text[self.tokens[first].start : stop]
        if "\n" in said:
            for token in self.tokens[first:end]:  # a word broken at the end of a line is one again
                written = self.text[token.start : token.end]
                said = said.replace(written, token.text) if "\n" in written else said
        said = " ".join(said.split())
        if said.count("«") != said.count("»") or said.count('"') % 2:
            said = said.translate(_NO_QUOTES)
        return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said


class Parser:
    """``first``: the keys it can begin with; ``empty``: it can read nothing, and then succeeds."""

    __slots__ = ("empty", "first")
    first: frozenset[str]
    empty: bool

    def read(self, reading: Reading, at: int) -> list[Success]:
        raise NotImplementedError

    def begun(self, reading: Reading, at: int) -> list[Success]:
        """Read where it is known already that it can begin."""
        return self.read(reading, at)

    def can_begin(self, reading: Reading, at: int) -> bool:
        if self.empty or not self.first.isdisjoint(reading.tokens[at].senses):
            return True
        if at > reading.furthest:
            reading.furthest = at
        return False

    def __or__(self, other: Parser) -> Parser:
        return Either((self, other))


class Tok(Parser):
    """One token with the key; its value, or silence for a small word."""

    __slots__ = ("key", "silent")

    def __init__(self, key: str, *, silent: bool = False) -> None:
        self.key, self.silent, self.first, self.empty = key, silent, frozenset({key}), False

    def read(self, reading: Reading, at: int) -> list[Success]:
        senses = reading.tokens[at].senses
        if self.key in senses:
            return [(SILENT if self.silent else senses[self.key], at + 1)]
        if at > reading.furthest:
            reading.furthest = at
        return NOTHING


class AnyWord(Parser):
    """A small word: any of the keys."""

    __slots__ = ("keys",)

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys, self.first, self.empty = keys, frozenset(keys), False

    def read(self, reading: Reading, at: int) -> list[Success]:
        senses = reading.tokens[at].senses
        for key in self.keys:
            if key in senses:
                return [(SILENT, at + 1)]
        if at > reading.furthest:
            reading.furthest = at
        return NOTHING


class Nothing(Parser):
    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value, self.first, self.empty = value, frozenset(), True

    def read(self, reading: Reading, at: int) -> list[Success]:
        return [(self.value, at)]


class Seq(Parser):
    """One after the other; ``make`` takes the values that are not silent."""

    __slots__ = ("make", "parsers")

    def __init__(self, parsers: Iterable[Parser], make: Callable[..., Any]) -> None:
        self.parsers, self.make = tuple(parsers), make
        first: set[str] = set()
        self.empty = True
        for parser in self.parsers:
            if self.empty:
                first |= parser.first
            self.empty = self.empty and parser.empty
        self.first = frozenset(first)

    def read(self, reading: Reading, at: int) -> list[Success]:
        return self.begun(reading, at) if self.can_begin(reading, at) else NOTHING

    def begun(self, reading: Reading, at: int) -> list[Success]:
        ways: list[tuple[tuple[Any, ...], int]] = [((), at)]
        for parser in self.parsers:
            if len(ways) == 1:  # as nearly always
                values, place = ways[0]
                found = parser.read(reading, place)
                ways = [(values if value is SILENT else (*values, value), end) for value, end in found] if found else []
            else:
                ways = [
                    (values if value is SILENT else (*values, value), end)
                    for values, place in ways
                    for value, end in parser.read(reading, place)
                ]
            if not ways:
                return NOTHING
        return [(made, end) for values, end in ways if (made := self.make(*values)) is not NO]


class Either(Parser):
    """Any of them: all that fit. What was found at a token is kept."""

    __slots__ = ("blank", "by_key", "parsers")

    def __init__(self, parsers: Iterable[Parser]) -> None:
        flat: list[Parser] = []
        for parser in parsers:
            flat += parser.parsers if isinstance(parser, Either) else (parser,)
        self.parsers: tuple[Parser, ...] = tuple(flat)
        self.first = frozenset[str]().union(*(parser.first for parser in flat))
        self.empty = any(parser.empty for parser in flat)
        self.blank = tuple(parser for parser in flat if parser.empty)
        self.by_key = {key: tuple(one for one in flat if key in one.first or one.empty) for key in self.first}

    def read(self, reading: Reading, at: int) -> list[Success]:
        kept = reading.found[at]
        found = kept.get(self)
        if found is not None:
            return found
        tried: Iterable[Parser] | None = None
        by_key = self.by_key
        for key in reading.tokens[at].senses:
            some = by_key.get(key)
            if some is not None:
                tried = some if tried is None else dict.fromkeys((*tried, *some))
        if tried is None:
            if at > reading.furthest:
                reading.furthest = at
            tried = self.blank
        found = []
        for parser in tried:
            found += parser.begun(reading, at)
        if len(found) > 1:
            found = list(dict.fromkeys(found))
        kept[self] = found
        return found


class Free(Parser):
    """One to nine words that measure no time, as they were written: the name of something."""

    __slots__ = ("make", "most")

    def __init__(self, make: Callable[[str], Any] = str, most: int = 9) -> None:
        self.make, self.most, self.first, self.empty = make, most, frozenset(), True

    def read(self, reading: Reading, at: int) -> list[Success]:
        tokens, found, end = reading.tokens, list[Success](), at
        if not _BEGINS_NO_NAME.isdisjoint(tokens[at].senses):
            return NOTHING
        while end < at + self.most and tokens[end].free and not _begins_another(tokens, end):
            end += 1
            if _ENDS_NO_NAME.isdisjoint(tokens[end - 1].senses):
                found.append((self.make(reading.said(at, end)), end))
        if end > reading.furthest:
            reading.furthest = end
        return found


class Unless(Parser):
    """Nothing at all, where no token with the key stands."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key, self.first, self.empty = key, frozenset(), True

    def read(self, reading: Reading, at: int) -> list[Success]:
        return NOTHING if self.key in reading.tokens[at].senses else [(SILENT, at)]


class NewLine(Parser):
    """Nothing at all, where a new line begins."""

    __slots__ = ()

    def __init__(self) -> None:
        self.first, self.empty = frozenset(), True

    def read(self, reading: Reading, at: int) -> list[Success]:
        return [(SILENT, at)] if reading.tokens[at].after_line else NOTHING


class Said(Parser):
    """What another parser reads, as it was written."""

    __slots__ = ("make", "parser")

    def __init__(self, parser: Parser, make: Callable[[str], Any]) -> None:
        self.parser, self.make, self.first, self.empty = parser, make, parser.first, False

    def read(self, reading: Reading, at: int) -> list[Success]:
        return [(self.make(reading.said(at, end)), end) for _, end in self.parser.read(reading, at)]


def _begins_another(tokens: list[Token], at: int) -> bool:
    """«… и по запросу»: after «и» a name goes on with a word of its own only."""
    senses = tokens[at].senses
    if "и" in senses or "или" in senses:
        return _GOES_ON.isdisjoint(tokens[at + 1].senses)
    return not _NOT_IN_NAMES.isdisjoint(senses)


_GOES_ON = frozenset({"word", "exam", "проведение"})
_NOT_IN_NAMES = frozenset({"далее", "open", "end", ",", ";", "(", ")", "/", ":", "течение"})
_BEGINS_NO_NAME = frozenset({"и", "или", "а", "не"})
_ENDS_NO_NAME = frozenset({"в", "на", "с", "по", "до", "к", "от", "за", "при", "о", "для", "у", "из", "и", "или", "не"})


def word(*keys: str) -> Parser:
    """A small word, any of ``keys``."""
    return AnyWord(keys) if len(keys) > 1 else Tok(keys[0], silent=True)


def words(*keys: str) -> Parser:
    """Small words one after the other."""
    return Seq([Tok(key, silent=True) for key in keys], _silence)


def maybe(parser: Parser, otherwise: Any = SILENT) -> Parser:
    return Either((parser, Nothing(otherwise)))


def seq(*parsers: Parser, make: Callable[..., Any]) -> Parser:
    return Seq(parsers, make)


def silent(*parsers: Parser) -> Parser:
    return Seq(parsers, _silence)


def either(*parsers: Parser) -> Parser:
    return Either(parsers)


class Many(Parser):
    """``least`` or more with something between them: a tuple."""

    __slots__ = ("between", "least", "parser")

    def __init__(self, parser: Parser, between: Parser, least: int = 1) -> None:
        self.parser, self.between, self.least = parser, between, least
        self.first, self.empty = parser.first, parser.empty

    def read(self, reading: Reading, at: int) -> list[Success]:
        if not self.can_begin(reading, at):
            return NOTHING
        found: list[Success] = []
        ways: list[tuple[tuple[Any, ...], int]] = [((value,), end) for value, end in self.parser.read(reading, at)]
        while ways:
            if len(ways) > MANY:
                return NOTHING
            found += [(values, end) for values, end in ways if len(values) >= self.least]
            ways = [
                ((*values, value), end)
                for values, place in ways
                for _, after in self.between.read(reading, place)
                for value, end in self.parser.read(reading, after)
            ]
        return found


def many(parser: Parser, between: Parser, least: int = 1) -> Parser:
    return Many(parser, between, least)


def _silence(*_values: Any) -> Any:
    return SILENT
