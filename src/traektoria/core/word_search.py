"""Finding by words whose endings do not matter: «Семёновой» finds Семёнова, «Павлу» finds Павел, «лицее 4» the lyceum.

What is kept for finding is text without case and ё (``text.search_key``), so that both databases compare alike. A word
is asked for by its stems: the database looks for rows that hold one of them anywhere (``asks``), Python then keeps
those in which a whole word fits (``fits``). Endings are taken off by rule: surnames are in no dictionary (ADR 0031).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from traektoria.core.registries import MOST_SHOWN
from traektoria.core.text import search_key

MOST_WORDS = 6
MOST_ROWS, MOST_KEPT = 2000, 10_000
"""So many rows are looked through word by word, by the search and by a list: for the rest one must type more."""
Row = TypeVar("Row", bound=Model)
_TOKEN = re.compile(r"[^\W_]+")
_ENDINGS = (
    "иями ьями ыми ими ого его ому ему ами ями еем ием ией иею иях иям ою ею ой ей ий ый ом ем им ым ам ям ах ях их ых "
    "ия ие ии ию ая яя ое ее ые ую юю ай ею ея еи аю ае ья ье ьи ью ьем ьей ьям ьях а я о е и ы у ю й ь"
)
_BY_LENGTH = sorted(_ENDINGS.split(), key=len, reverse=True)
_MANY = ("ов", "ев")
_VOWELS = "аеиоуыэюя"
_LEAST_STEM = 2


@dataclass(frozen=True)
class Asked:
    """One typed word: as it was typed, and the stems under which its forms are known."""

    word: str
    stems: frozenset[str]

    @property
    def parts(self) -> set[str]:
        """What a row must hold one of: whatever fits holds one of these."""
        return {self.word, *self.stems}

    def fits(self, words: Iterable[str]) -> bool:
        """One of ``words`` begins like the typed one, or is a form of it. Of a code the beginning is enough."""
        if self.word.isdecimal():
            return any(one == self.word or (len(self.word) > 3 and one.startswith(self.word)) for one in words)
        inside = len(self.word) > 3
        return any(
            one.startswith(self.word) or (inside and self.word in one) or stems_of(one) & self.stems for one in words
        )


def asked(text: str, *, many: bool = False) -> list[Asked]:
    """The words of what was typed, none where there is nothing to look for. ``many``: «протоколов» is of «протокол»,
    which nobody wants among names («Семёнов» is not Семён)."""
    return [_asked(word, many) for word in tokens(text)[:MOST_WORDS]]


def _asked(word: str, many: bool) -> Asked:
    if word.isdecimal():
        return Asked(word, frozenset())
    plural = stems_of(word[:-2]) if many and word.endswith(_MANY) and len(word) > 5 else frozenset()
    return Asked(word, stems_of(word) | plural)


def tokens(text: str) -> list[str]:
    """Words and numbers; a double name is two words."""
    return _TOKEN.findall(search_key(text))


@lru_cache(maxsize=4096)
def stems_of(word: str) -> frozenset[str]:
    """The word as it is («приём» has no ending) and without its ending, with and without the vowel that comes and goes
    (Павел – Павла, Лев – Льва)."""
    stem = _without_ending(word)
    if len(stem) < 3:
        return frozenset({word, stem})
    return frozenset({word, stem, *_with_vowel(stem), *_without_vowel(stem)} - {""})


def _without_ending(word: str) -> str:
    stem = next(
        (word[: -len(end)] for end in _BY_LENGTH if word.endswith(end) and len(word) - len(end) >= _LEAST_STEM), word
    )
    return stem.rstrip("ь") if len(stem.rstrip("ь")) >= _LEAST_STEM else stem


def _with_vowel(stem: str) -> set[str]:
    before, last = stem[-2], stem[-1]
    if last in _VOWELS or before in _VOWELS:
        return set()
    if before in "ьй":
        return {stem[:-2] + vowel + last for vowel in "ея"}
    return {stem[:-1] + vowel + last for vowel in "ео"}


def _without_vowel(stem: str) -> set[str]:
    if stem[-2] not in "еоя" or stem[-1] in _VOWELS or len(stem) < 4:
        return set()
    return {stem[:-2] + stem[-1]}


def asks(words: Iterable[Asked], *columns: str, written: Iterable[str] = ()) -> Q:
    """Rows in whose columns each word can be: an overcount, which ``fits`` then narrows. ``columns`` are kept without
    case and ё; those of ``written`` as a person wrote them."""
    found = Q()
    for one in words:
        places = Q()
        for part in one.parts:
            for column in columns:
                places |= Q(**{f"{column}__contains": part})
            for column in written:
                for spelling in _spellings(part):
                    places |= Q(**{f"{column}__contains": spelling})
        found &= places
    return found


def _spellings(part: str) -> set[str]:
    """SQLite knows no case of Cyrillic, and neither database takes е for ё: what can be written is asked for. Of a part
    with many е only the first three can be ё."""
    forms = {part}
    for place in [number for number, letter in enumerate(part) if letter == "е"][:3]:
        forms |= {f"{form[:place]}ё{form[place + 1 :]}" for form in forms}
    return {spelled for form in forms for spelled in (form, form.capitalize(), form.upper())}


def narrowed(rows: QuerySet[Row], text: str, column: str, *, many: bool = False) -> QuerySet[Row]:
    """Rows whose ``column`` (kept without case and ё) holds each typed word in some form; all, where none was typed."""
    words = asked(text, many=many)
    if not words:
        return rows
    kept = rows.filter(asks(words, column)).order_by().values_list("pk", column)
    return rows.filter(pk__in=[pk for pk, name in kept[:MOST_KEPT] if fits(words, name)])


def without(text: str, called: str) -> str:
    """What was typed without the words of ``called``, unless nothing would be left."""
    names = frozenset[str]().union(*(stems_of(word) for word in tokens(called)))
    left = [one.word for one in asked(text, many=True) if not one.stems & names]
    return " ".join(left) if left else text


def fits(words: Iterable[Asked], *texts: str) -> bool:
    """Each typed word is in one of the texts."""
    there = [word for text in texts for word in tokens(text)]
    return all(one.fits(there) for one in words)


def first_found(rows: QuerySet[Row], suits: Callable[[Row], bool]) -> Iterator[Row]:
    """The first rows that suit, as many as the search shows of one source. One query, and those of ``rows``."""
    return islice(filter(suits, rows[:MOST_ROWS]), MOST_SHOWN)
