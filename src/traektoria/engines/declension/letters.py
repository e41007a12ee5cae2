"""Cleaning of a part of a name: the rules know only «Иванов», neither «ИВАНОВ » nor «иванов»."""

import re

#: Turkic words of sonship inside a patronymic: written small and never declined.
SONSHIP = {"оглы", "оглу", "углы", "улы", "уулу", "угли"}
DAUGHTERSHIP = {"кызы", "гызы", "кизи", "казы"}
_PARTICLES = SONSHIP | DAUGHTERSHIP | {"ибн", "ван", "фон", "дер", "де", "ла", "ди", "дель"}
_DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"[^\W\d_]\.?(?:[-\s]*[^\W\d_]\.)*")
_VOWEL = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)
_NOT_CYRILLIC = re.compile(r"[^а-яё\s.'’-]", re.IGNORECASE)


def normalised(part: str) -> str:
    """One space between words, a plain hyphen, capitals at word starts; a deliberate mixture (МакКейн) stays."""
    text = _DASHES.sub("-", " ".join(part.split()))
    return "-".join(" ".join(_capitalised(word) for word in piece.split(" ")) for piece in text.split("-"))


def is_initials(part: str) -> bool:
    """Whether the part is «М.», «М», «А.-М.» or «М. П.» instead of a name."""
    return bool(_INITIALS.fullmatch(part)) and (len(part) == 1 or "." in part)


def initials(part: str) -> str:
    """First letters with dots: «Анна-Мария» → «А.-М.»; a word of sonship has no initial."""
    words = [word for word in part.split(" ") if word.lower() not in SONSHIP | DAUGHTERSHIP]
    return " ".join("-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece) for word in words if word)


def is_cyrillic(text: str) -> bool:
    """False when a foreign letter hides in the text (a Latin «a» in «Ивaнов»): no rule may touch it."""
    return not _NOT_CYRILLIC.search(text)


def syllables(word: str) -> int:
    """How many vowels the word has."""
    return len(_VOWEL.findall(word))


def plain(text: str) -> str:
    """Without ё, as most people write."""
    return text.replace("ё", "е").replace("Ё", "Е")


def capitalised_like(word: str, form: str) -> str:
    """``form`` in small letters with the capitals of ``word``: «МакКейн» → «МакКейна»."""
    common = next((n for n, (one, two) in enumerate(zip(word.lower(), form, strict=False)) if one != two), len(word))
    return word[:common] + form[common:]


def _capitalised(word: str) -> str:
    if word.lower() in _PARTICLES:
        return word.lower() if word.isupper() or word.lower() in SONSHIP | DAUGHTERSHIP else word
    if (word.isupper() and len(word) > 1) or word.islower():
        return _WORD.sub(lambda match: match.group().capitalize(), word)
    return word
