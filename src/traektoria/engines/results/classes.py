"""Names of classes as files write them: «4А», «4 "А"», «А», «4-а», «НЕТ», 4.0; Latin letters for Cyrillic ones."""

import re

_LATIN = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_NO_LETTER = frozenset({"", "НЕТ", "-", "–", "—"})
_GRADE = re.compile(r"(\d{1,2})(?:[.,]0+)?(?!\d)\s*(?:-[ЙЯ](?=\s|$))?(?:\s*КЛАСС)?")
_LETTER = re.compile(r"[А-ЯЁ]{1,3}|\d{1,2}")
_NOISE = re.compile(r"[\s\"'«»„“”()./_\\-]+")


def normalise_class(grade: int, raw: object) -> str | None:
    """Return the letter of the class («А», or a number where a school numbers its parallel: «4/2» is «2»).

    «» means a class without a letter («4», «НЕТ», an empty cell). None means that ``raw`` can't be read as a class of
    this grade: another grade («5А» in a file of grade 4) or free text; such pupils belong to no known class.
    """
    text = "" if raw is None else str(raw).replace("\xa0", " ").strip().upper().translate(_LATIN)
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
