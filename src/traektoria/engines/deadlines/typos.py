"""What may have been meant where a word is mistyped: a word we know is one letter away, or two run together.

Nothing is corrected: the readings are what a person is asked.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Final

from traektoria.engines.deadlines.lexicon import TIMELY, WORDS
from traektoria.engines.deadlines.tokens import Token

SHORTEST: Final = 5
"""A shorter word is one letter away from too many."""
MISTYPED: Final = 2
"""Of so many mistyped words in one phrase something can be guessed."""
TRIED: Final = 12
"""So many ways to correct a phrase are read."""
_LOOSE: Final = frozenset({"в", "на", "с", "до", "по", "к", "за", "не", "раз", "раза", "и"})
_MEANT: Final = TIMELY | {"open", "asked", "need", "paper", "течение", "каждый", "мере"}
"""What a mistyped word may be: «уроков» is no «сроков»."""
_NEVER_NAMES: Final = frozenset({"month", "often"})
_SURE: Final = 6
"""A name with a word so long that is one letter away from a month is not believed to be one."""


def corrected(text: str, tokens: list[Token]) -> Iterator[str]:
    """The phrase with its unknown words replaced by what they may be."""
    strange = [token for token in tokens if "word" in token.senses]
    if not 0 < len(strange) <= MISTYPED:
        return
    ways = [_meant(token.text) for token in strange]
    for words in islice(product(*ways), TRIED):
        made, at = "", 0
        for token, word in zip(strange, words, strict=True):
            made, at = made + text[at : token.start] + word, token.end
        yield made + text[at:]


def hides_a_date(tokens: list[Token]) -> bool:
    """«До сентбря» names no event."""
    return any(
        "word" in token.senses
        and len(token.text) >= _SURE
        and any(not _NEVER_NAMES.isdisjoint(WORDS[word]) for word in _near(token.text))
        for token in tokens
    )


@cache
def _meant(word: str) -> tuple[str, ...]:
    return (*_near(word), *_parted(word))


def _near(word: str) -> tuple[str, ...]:
    """Known words with one letter more, less or another, or two of them changed about; each meaning once."""
    if len(word) < SHORTEST:
        return ()
    known = _by_rest()
    found = {near for rest in (word, *_rests(word)) for near in known.get(rest, ()) if _one_apart(word, near)}
    return tuple(sorted(found))


def _parted(word: str) -> tuple[str, ...]:
    """«Вмесяц», «течениегода»."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word))]
    return tuple(
        f"{first} {last}"
        for first, last in cuts
        if first in WORDS and last in WORDS
        and all(len(one) >= SHORTEST - 1 or one in _LOOSE for one in (first, last))
    )  # fmt: skip


def _rests(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


@cache
def _by_rest() -> dict[str, tuple[str, ...]]:
    """Each known word under itself and under what is left of it without one letter."""
    found: dict[str, list[str]] = {}
    for word in WORDS:
        if len(word) >= SHORTEST and word.isalpha() and not _MEANT.isdisjoint(WORDS[word]):
            for rest in {word, *_rests(word)}:
                found.setdefault(rest, []).append(word)
    return {rest: tuple(words) for rest, words in found.items()}


def _one_apart(word: str, other: str) -> bool:
    """One letter added, left out or changed, or two neighbours in each other's place."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    same = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), None)
    if same is None:
        return True
    left, right = word[same:], other[same:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or (
        left[2:] == right[2:] and left[:2] == right[1::-1]
    )  # fmt: skip
