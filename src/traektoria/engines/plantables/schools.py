"""Schools by what a plan says of them: «директор СОШ № 3» is of «МБОУ СОШ № 3 им. Горького», if that is the only one.

A kind («лицей») and a number decide; without a number, all words that are no form of an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NUMBER: Final = re.compile(
    r"(?:№|N|#)\s*(\d{1,4})\b|\b(?:сош|оош|нош|школ\w*|лице\w*|гимнази\w*)[\s-]+(\d{1,4})\b", re.I
)
_KINDS: Final = (
    ("лицей", "лице"), ("гимназия", "гимнази"), ("интернат", "интернат"), ("сош", "сош"), ("оош", "оош"),
    ("нош", "нош"), ("сош", "средняя общеобразовательная"), ("оош", "основная общеобразовательная"),
)  # fmt: skip
"""«Школа» is of any kind."""
_FORM: Final = re.compile(
    r"(?:м|мун|гос|г|ч)?(?:б|к|а)?(?:д|о)?оу|сош|оош|нош|школ\w*|средн\w*|основн\w*|начальн\w*|обще\w*|образовательн\w*"
    r"|муниципальн\w*|бюджетн\w*|казенн\w*|автономн\w*|учрежден\w*|организаци\w*|оо|имени|им|района?|город\w*|станиц\w*"
    r"|ст|ца|село|села|с|пос[её]лок|пос\w*|п|г|д|х|№|n|директор\w*|руководител\w*|зам\w*|завуч\w*|по|увр|уч\w*|тьютор\w*"
    r"|администраци\w*|и|в|на|для|всех|все|все[йм]|шнор|шссу|участник\w*|пилотн\w*|базов\w*|сельск\w*|городск\w*|район\w*"
    r"|ответственн\w*|методист\w*|педагог\w*|коллектив\w*|команд\w*"
)  # fmt: skip
_WORD: Final = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school that could be meant."""

    key: int
    name: str
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class SchoolMatch:
    """Keys of the schools that can be meant; ``named``: the words name one school, not schools as such."""

    keys: tuple[int, ...]
    named: bool


def looks_like_school(text: str) -> bool:
    """Whether it is a school and not another organisation («МКУ «Методический центр»»)."""
    return bool(re.search(r"\b(?:[сон]ош|школ\w*|лице\w*|гимнази\w*)\b", text.lower()))


def match_school(text: str, schools: Sequence[KnownSchool]) -> SchoolMatch:
    wanted = _signs(text)
    if wanted.number is None and not wanted.words:
        return SchoolMatch((), named=False)
    fitting = (one.key for one in schools if any(_fits(wanted, _signs(name)) for name in (one.name, one.full_name)))
    return SchoolMatch(tuple(dict.fromkeys(fitting)), named=True)


@dataclass(frozen=True, slots=True)
class _Signs:
    kind: str
    number: int | None
    words: frozenset[str]


@lru_cache(maxsize=4096)
def _signs(text: str) -> _Signs:
    low = text.lower().replace("ё", "е")
    kind = next((kind for kind, stem in _KINDS if stem in low), "")
    number = _NUMBER.search(low)
    return _Signs(kind, int(number[1] or number[2]) if number else None, frozenset(_words(low)))


def _words(low: str) -> Iterable[str]:
    for word in _WORD.findall(low):
        if not _FORM.fullmatch(word) and not any(stem in word for _kind, stem in _KINDS):
            yield word


def _fits(wanted: _Signs, own: _Signs) -> bool:
    """Of a number the number and the kind; of a name all its words, in whatever case."""
    if wanted.kind and own.kind not in (wanted.kind, ""):
        return False
    if wanted.number is not None:
        return wanted.number == own.number
    return bool(wanted.words) and all(any(_alike(word, other) for other in own.words) for word in wanted.words)


def _alike(word: str, other: str) -> bool:
    """«Ленина», «Лениной»: the same but for an ending of three letters at most."""
    short = min(len(word), len(other))
    common = next((at for at in range(short) if word[at] != other[at]), short)
    return (common >= 4 and max(len(word), len(other)) - common <= 3) or word == other
