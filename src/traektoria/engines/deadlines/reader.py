"""A phrase read: its deadline, or what of it was not understood, or what must be asked."""

from dataclasses import dataclass

from traektoria.engines.deadlines.combinators import Reading
from traektoria.engines.deadlines.grammar import PHRASE, cheapest
from traektoria.engines.deadlines.kinds import Kind
from traektoria.engines.deadlines.model import Deadline
from traektoria.engines.deadlines.paraphrases import paraphrase
from traektoria.engines.deadlines.reasons import Reason, Unplaced
from traektoria.engines.deadlines.tokens import Token, tokenize
from traektoria.engines.deadlines.typos import corrected, hides_a_date

_EXPLICIT = frozenset({"every", "каждый", "often", "times", "fold", "units", "weekdays", "реже", "менее"})
_BRACKETS = frozenset({"(", ")"})
MANY_OF = 5
"""From so many on it is «5 недель», which names no place in a row."""
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
    """``deadline`` is None where nothing is understood, or where somebody must say which of ``choices`` is meant: the
    phrase says several things, or words of it are mistyped and ``unknown``.

    ``implied``: the phrase says «последний четверг месяца» and was read as «каждого месяца».
    """

    text: str
    deadline: Deadline | None
    choices: tuple[Deadline, ...] = ()
    unknown: tuple[Words, ...] = ()
    implied: bool = False

    @property
    def is_read(self) -> bool:
        """Every word of it is understood, in one way or several."""
        return self.deadline is not None or (bool(self.choices) and not self.unknown)

    @property
    def kind(self) -> Kind:
        if self.deadline is not None:
            return self.deadline.kind
        kinds = {choice.kind for choice in self.choices}
        return kinds.pop() if len(kinds) == 1 else Kind.NOT_UNDERSTOOD


def why_not_read(phrase: Phrase) -> Unplaced:
    """What a person is asked where a phrase has no deadline."""
    words = tuple(f"«{words.text}»" for words in phrase.unknown) or (f"«{phrase.text}»",)
    if not phrase.choices:
        return Unplaced(Reason.NOT_UNDERSTOOD, "", words)
    choices = tuple(f"«{paraphrase(choice)}»" for choice in phrase.choices)
    if phrase.unknown:
        return Unplaced(Reason.MISTYPED, ", ".join(words), choices)
    return Unplaced(Reason.AMBIGUOUS, "", choices)


def parse(text: str) -> Phrase:
    """Read a phrase. Whatever is not understood in full is not understood: ``unknown`` says from which words on."""
    if len(text) > LONGEST:
        return Phrase(text, None, unknown=(Words(text[LONGEST:], LONGEST, len(text)),))
    tokens = tokenize(text)
    found, furthest = _read(text, tokens)
    doubtful = any("word" in token.senses for token in tokens) and (not found or hides_a_date(tokens))
    if doubtful:
        meant = _meant(text, tokens)
        if meant or not found:
            return Phrase(text, None, meant, _unknown(text, tokens, furthest))
    if len(found) == 1:
        implied = not any(not _EXPLICIT.isdisjoint(token.senses) for token in tokens)
        return Phrase(text, found[0], implied=implied)
    return Phrase(text, None, found) if found else Phrase(text, None, unknown=_unknown(text, tokens, furthest))


def _read(text: str, tokens: list[Token]) -> tuple[tuple[Deadline, ...], int]:
    """Its readings, and the token at which reading stopped."""
    if _is_a_number_of(tokens):
        return (), 1
    reading = Reading(text, tokens)
    return cheapest(deadline for deadline, _ in PHRASE.read(reading, 0)), reading.furthest


def _is_a_number_of(tokens: list[Token]) -> bool:
    """«2 недели октября», «3 четверти»: so many of them, or the one with that number?"""
    first, *others = tokens
    figure = first.senses.get("figure", 0)
    return 1 < figure < MANY_OF and "ord" not in first.senses and "few" in others[0].senses


def _meant(text: str, tokens: list[Token]) -> tuple[Deadline, ...]:
    """What the phrase says if a word is mistyped."""
    found: dict[Deadline, None] = {}
    for other in corrected(text, tokens):
        others = tokenize(other)
        if not any("word" in token.senses for token in others):
            found |= dict.fromkeys(_read(other, others)[0])
    return tuple(found)


def _unknown(text: str, tokens: list[Token], furthest: int) -> tuple[Words, ...]:
    """Words that no deadline knows, and the word at which reading stopped."""
    if len(tokens) < 2:
        return ()
    stopped = _words_at(tokens, min(furthest, len(tokens) - 2))
    strange = {at for at, token in enumerate(tokens[:-1]) if "word" in token.senses or "wrong" in token.senses}
    marked = sorted(strange or stopped)
    return tuple(_run(text, tokens, run) for run in _runs(marked))


def _words_at(tokens: list[Token], at: int) -> set[int]:
    """The token, or the words within or before a bracket: a bracket by itself says nothing to anybody."""
    if tokens[at].text not in _BRACKETS:
        return {at}
    opened = at if tokens[at].text == "(" else _last_of(tokens, "(", at)
    closed = next((place for place in range(opened, len(tokens)) if tokens[place].text == ")"), len(tokens) - 1)
    within = set(range(opened + 1, closed)) or set(range(at)) or set(range(at + 1, len(tokens) - 1))
    return {place for place in within if tokens[place].text not in _BRACKETS} or {at}


def _last_of(tokens: list[Token], text: str, at: int) -> int:
    return next((place for place in range(at, -1, -1) if tokens[place].text == text), -1)


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
