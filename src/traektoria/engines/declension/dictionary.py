"""What the dictionary of OpenCorpora (through pymorphy3) knows of a word: a witness beside the rules."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .endings import OBLIQUE, Forms
from .letters import plain
from .model import Case, NameGender

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

GRAMMEMES = {
    Case.NOMINATIVE: "nomn",
    Case.GENITIVE: "gent",
    Case.DATIVE: "datv",
    Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt",
    Case.PREPOSITIONAL: "loct",
}
_GENDERS = {NameGender.MALE: "masc", NameGender.FEMALE: "femn"}
SURNAME, GIVEN = "Surn", "Name"


@cache
def analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@lru_cache(4096)
def known_name(word: str, kind: str, gender: NameGender) -> Forms | None:
    """The forms of a surname or a given name; None where the dictionary has none of this gender."""
    return _forms(word, [one for one in _nominatives(word) if kind in one.tag], gender)


@lru_cache(4096)
def known_noun(word: str, gender: NameGender) -> Forms | None:
    """The forms of a common noun that a surname sounds like: «кузнец» → «кузнеца», a person before a thing."""
    nouns = [one for one in _nominatives(word) if one.tag.POS == "NOUN" and not {SURNAME, GIVEN} & one.tag.grammemes]
    return _forms(word, sorted(nouns, key=lambda one: "anim" not in one.tag), gender, as_person=True)


def genders_of(word: str, kind: str) -> set[NameGender]:
    """The genders that the dictionary gives to a name."""
    return {gender for gender in NameGender if known_name(word, kind, gender)}


def _nominatives(word: str) -> list[Parse]:
    readings = analyzer().parse(word.lower())
    return [one for one in readings if one.is_known and {"nomn", "sing"} <= one.tag.grammemes]


def _forms(word: str, readings: list[Parse], gender: NameGender, *, as_person: bool = False) -> Forms | None:
    """The forms of the first reading of this gender; whoever leaves out the ё of the word gets none in its forms."""
    wanted = _GENDERS[gender]
    for reading in readings:
        if not {wanted, "ms-f"} & {str(grammeme) for grammeme in reading.tag.grammemes}:
            continue
        found = {case: reading.inflect({GRAMMEMES[case], "sing"}) for case in OBLIQUE}
        if as_person and wanted == "masc" and reading.word[-1] not in "ая":
            found[Case.ACCUSATIVE] = found[Case.GENITIVE]
        spelt = str if reading.word == word.lower() else plain
        forms = {case: spelt(str(one.word)) for case, one in found.items() if one}
        if len(forms) == len(OBLIQUE):
            return forms
    return None
