"""Names of classes as files write them: «4А», «4 "А" класс», «А», «4-а», «4/1», «НЕТ», 4.0; Latin letters too."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

GRADES = 11
_LATIN = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_NO_LETTER = frozenset({"", "НЕТ", "-"})
_QUOTES = re.compile(r"[\"'«»„“”‘’`()\u200b\ufeff\xa0]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_WORDS = re.compile(r"(?<![А-ЯЁ])(?:КЛАСС[А-Я]{0,2}|КЛ)(?![А-ЯЁ])\.?")
_GRADE = re.compile(r"(\d{1,2})(?:[.,]0+)?(?!\d)\s*(?:-[ЙЯ](?=\s|$))?")
_LETTER = re.compile(r"[А-ЯЁ]{1,3}|\d{1,2}")
_NOISE = re.compile(r"[\s\"'«»„“”()./_\\-]+")


def normalise_class(grade: int, raw: object) -> str | None:
    """Return the letter of the class («А», or a number where a school numbers its parallel: «4/2» is «2»).

    «» means a class without a letter («4», «НЕТ», an empty cell). None means that ``raw`` can't be read as a class of
    this grade: another grade («5А» in a file of grade 4) or free text; such pupils belong to no known class.
    """
    text = _plain(raw)
    if text in _NO_LETTER:
        return ""
    stated = _GRADE.match(text)
    if stated and int(stated.group(1)) == grade:
        text = text[stated.end() :]
    elif stated and (_NOISE.sub("", text[stated.end() :]) or int(stated.group(1)) > 4):
        return None
    letter = _NOISE.sub("", text)
    if letter in _NO_LETTER:
        return ""
    if letter.endswith("0") and re.fullmatch(r"\d[.,]0", text.strip()):
        letter = letter[:-1]
    return letter if _LETTER.fullmatch(letter) else None


def _plain(raw: object) -> str:
    text = "" if raw is None else _WORDS.sub(" ", _QUOTES.sub(" ", str(raw).upper().translate(_LATIN)))
    return _DASHES.sub("-", text).strip()


def class_parts(raw: object) -> tuple[int | None, str]:
    """The grade that a name states, where it does, and the letter: «5 «а» класс» is (5, «А»), «А» is (None, «А»).

    What reads as no class of any grade («выпускной») is (None, the text in capitals).
    """
    text = _plain(raw)
    stated = _GRADE.match(text)
    grade = int(stated.group(1)) if stated and 1 <= int(stated.group(1)) <= GRADES else None
    rest = text[stated.end() :] if stated and grade else text
    letter = _NOISE.sub("", rest)
    if letter in _NO_LETTER or _LETTER.fullmatch(letter):
        return grade, "" if letter in _NO_LETTER else letter
    return None, " ".join(text.split())


def one_spelling(schools: Sequence[str], names: Sequence[str | None]) -> list[str | None]:
    """``names`` of classes of pupils, one spelling a class: «5 А», «5а», «5 «А» класс» of one school are «5А».

    «А» is «5А» where the school has one class of that letter. A class that is written in one way stays as it is
    written; of several ways the plain one is shown («5А»), of «5/1» and «5-1» the most frequent.
    """
    ways: dict[tuple[str, int | None, str], Counter[str]] = defaultdict(Counter)
    for (school, name), times in Counter(zip(schools, names, strict=True)).items():
        if name is not None and _plain(name) not in _NO_LETTER:
            ways[school, *class_parts(name)][name] += times
    grades: dict[tuple[str, str], list[int]] = defaultdict(list)
    for school, grade, letter in ways:
        if grade is not None:
            grades[school, letter].append(grade)
    for school, letter in [(key[0], key[2]) for key in ways if key[1] is None and key[2]]:
        if len(stated := grades[school, letter]) == 1:
            ways[school, stated[0], letter] += ways.pop((school, None, letter))
    best = {
        (key[0], name): _best(key[1], key[2], found) for key, found in ways.items() if len(found) > 1 for name in found
    }
    return [
        name if name is None else best.get((school, name), name) for school, name in zip(schools, names, strict=True)
    ]


def _best(grade: int | None, letter: str, ways: Counter[str]) -> str:
    if letter.isalpha() and _LETTER.fullmatch(letter):
        return f"{grade or ''}{letter}"
    return min(ways, key=lambda name: (-ways[name], len(name), name))
