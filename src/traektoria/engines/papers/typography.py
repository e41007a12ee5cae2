"""Russian printing manners, and cleaning of what people typed: the result is plain text safe for XML and Typst."""

import re
import unicodedata
from datetime import date

from .labels import DASH, MONTHS, YEARS

NBSP = "\u00a0"
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c]")
_QUOTED = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*?)(?<=\S)"(?!\w)')
_SHORT = r"в|во|к|ко|с|со|о|об|и|а|у|на|по|за|от|до|из|не|№|§|г\.|п\.|ст\."
_SHORT_WORD = re.compile(rf"(?<![\w\u00a0-])({_SHORT}) (?=\S)", re.I)
_INITIALS = re.compile(r"\b([А-ЯЁ]\.) (?=[А-ЯЁ]\.|[А-ЯЁ][а-яё])|(?<=[а-яё]) (?=[А-ЯЁ]\.\s?[А-ЯЁ]\.(?!\s?[А-ЯЁ][а-яё]))")
_NOT_PRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
_LONG_WORD = re.compile(r"[А-ЯЁа-яё]{14,}")
_SYLLABLE_END = re.compile(r"(?<=..[аеёиоуыэюя])(?=[бвгджзклмнпрстфхцчшщ][лр]?[аеёиоуыэюя].)", re.I)
_HYPHEN_AS_DASH = re.compile(r"(?<=\S) [-–] (?=\S)")


def long_date(day: date) -> str:
    """«5 сентября 2026 г.»; the line may break only between the month and the year."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}{NBSP}г."


def years(number: int) -> str:
    """«1 год», «3 года», «11 лет»."""
    one, few, many = YEARS
    tens, ones = number % 100, number % 10
    word = many if 10 < tens < 20 or ones not in range(1, 5) else one if ones == 1 else few
    return f"{number}{NBSP}{word}"


def cleaned(text: str) -> str:
    """No control, surrogate or private characters; line ends become ``\\n``; composed letters; no outer space."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _NOT_PRINTED.sub("", text)).strip()


def printed(text: str) -> str:
    """Text as it is printed: «ёлочки» for straight quotes, the long dash for a spaced hyphen or short dash, spaces that
    must not break."""
    text = _QUOTED.sub(r"«\1»", cleaned(text))
    text = _HYPHEN_AS_DASH.sub(f"{NBSP}— ", text)
    text = _INITIALS.sub(lambda found: f"{found[1] or ''}{NBSP}", text)
    return _SHORT_WORD.sub(rf"\1{NBSP}", text)


def or_dash(text: str) -> str:
    """The printed text, or a dash in its place."""
    return printed(text) or DASH


def soft_hyphenated(text: str) -> str:
    """Places to break in long Russian words, for word processors that have no Russian hyphenation."""
    return _LONG_WORD.sub(lambda found: _SYLLABLE_END.sub("\u00ad", found.group()), text)


def safe_name(text: str, length: int, also: str = "") -> str:
    """A part of a file name that every system takes: letters, digits, « -.» and ``also``, at most ``length`` signs."""
    name = "".join(char if char.isalnum() or char in " -." or char in also else " " for char in cleaned(text))
    return " ".join(name.split())[:length].strip(" .")
