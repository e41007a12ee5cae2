"""A phrase read: its deadline, or what of it was not understood, or what must be asked."""

from dataclasses import dataclass

from traektoria.engines.deadlines.combinators import Reading
from traektoria.engines.deadlines.grammar import PHRASE, cheapest
from traektoria.engines.deadlines.model import Deadline, Kind
from traektoria.engines.deadlines.tokens import Token, tokenize

_EXPLICIT = frozenset({"every", "каждый", "often", "times", "fold", "units", "weekdays", "реже", "менее"})
LONGEST = 400
"""Characters of a phrase that are read at all."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the phrase and where they stand: characters ``start`` to before ``end``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """``deadline`` is None where nothing is understood, or where the phrase means several things: then ``choices``.

    ``implied``: the phrase says «последний четверг месяца» and was read as «каждого месяца».
    """

    text: str
    deadline: Deadline | None
    choices: tuple[Deadline, ...] = ()
    unknown: tuple[Words, ...] = ()
    implied: bool = False

    @property
    def kind(self) -> Kind:
        if self.deadline is not None:
            return self.deadline.kind
        kinds = {choice.kind for choice in self.choices}
        return kinds.pop() if len(kinds) == 1 else Kind.NOT_UNDERSTOOD


def parse(text: str) -> Phrase:
    """Read a phrase. Whatever is not understood in full is not understood: ``unknown`` says from which words on."""
    if len(text) > LONGEST:
        return Phrase(text, None, unknown=(Words(text[LONGEST:], LONGEST, len(text)),))
    tokens = tokenize(text)
    reading = Reading(text, tokens)
    found = cheapest(deadline for deadline, _ in PHRASE.read(reading, 0))
    if len(found) == 1:
        implied = not any(not _EXPLICIT.isdisjoint(token.senses) for token in tokens)
        return Phrase(text, found[0], implied=implied)
    return Phrase(text, None, found) if found else Phrase(text, None, unknown=_unknown(text, tokens, reading.furthest))


def _unknown(text: str, tokens: list[Token], furthest: int) -> tuple[Words, ...]:
    """Words that no deadline knows, and the word at which reading stopped."""
    if len(tokens) < 2:
        return ()
    stopped = {min(furthest, max(len(tokens) - 2, 0))}
    strange = {at for at, token in enumerate(tokens[:-1]) if "word" in token.senses or "wrong" in token.senses}
    marked = sorted(strange or stopped) if strange else sorted(stopped)
    return tuple(_run(text, tokens, run) for run in _runs(marked))


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Neighbours as one: (first, last)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _run(text: str, tokens: list[Token], run: tuple[int, int]) -> Words:
    start, end = tokens[run[0]].start, tokens[run[1]].end
    return Words(text[start:end], start, end)
