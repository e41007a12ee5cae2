"""A phrase cut into tokens: what each may mean, and where it stands in the text as written."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from traektoria.engines.deadlines.letters import ROMAN, cyrillic, same_letters
from traektoria.engines.deadlines.lexicon import COMPOUND_WORDS, TIMELY, WORDS, Senses
from traektoria.engines.deadlines.places import Unit

_TOKEN = re.compile(
    r"""
     (?P<date>\d{1,2}-\d{1,2}-\d{4}(?!\d)|\d{1,2}(?:\.\s?\d{1,2}\.\s?|/\d{1,2}/)(?:\d{4}|\d{2})(?!\d))
    |(?P<monthyear>(?:0?[1-9]|1[0-2])[./](?:19|20)\d{2}(?!\d))
    |(?P<iso>\d{4}-\d{2}-\d{2}(?!\d))
    |(?P<clock>\d{1,2}(?::\d{2}|\s?-\s?00)(?!\d))
    |(?P<short>\d{1,2}\.\d{2}(?!\d))
    |(?P<number>\d+)(?:(?:\s?-\s?)?(?P<suffix>го|ого|ый|ой|ий|ая|ое|ую|ых|ти|ми|му|й|я|е|ю|м|х|и)(?![а-яa-z]))?
    |(?P<roman>[ivx]{1,4})(?:-(?:й|ый|ой|ий|я|ая|ья|е|ое|ье|го|ого|м|ом|му|ой|ую|ью|ю)(?![а-яa-z])
        |(?=четв|полуг|кварт|тримест))
    |(?P<word>п\./г(?![а-я])|[а-яa-z]+(?:\u00ad\s*[а-яa-z]+)*(?:-(?:9|11)(?!\d)|/г(?:оди[еяи])?(?![а-я]))?)
    |(?P<mark>_{2,}|\.{3,}|[^\s_])
    """,
    re.VERBOSE,
)
_CARDINAL_SUFFIXES = frozenset({"ти", "ми", "х", "и", "му", "м"})
_ROMAN_NUMBERS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR, _CENTURY = 1990, 2099, 2000
_TENS = (20, 30)
_DOUBLED: Final = frozenset({"-", ",", ";", "в", "на", "с", "по", "до", "к", "за", "и", "не"})
_LEFT_OFF: Final = frozenset({".", "...", "…"})
"""At the end of a phrase they say nothing; between two words, that something is left out."""
_CUT_QUARTERS: Final = frozenset({"чет", "четв"})
_NUMBER: Final = re.compile(r"\d+(?:\s?-?\s?я)?|[ivx]+")
_OF_A_MONTH: Final = frozenset({"month", "каждый"})
_END: Senses = {"end": None}


@dataclass(slots=True)
class Token:
    """``senses``: key → value; ``free``: the word may stand in the name of something."""

    senses: dict[str, Any]
    start: int
    end: int
    text: str = ""
    free: bool = False
    after_line: bool = False
    """It stands at the beginning of a line that is not the first."""


def tokenize(text: str) -> list[Token]:
    """Tokens of ``text`` and one that ends them."""
    letters = same_letters(text)
    cut = [_token(found) for found in _TOKEN.finditer(letters)]
    tokens = _told_once(_tens(_joined(_parted(cut) if "втечени" in letters else cut, letters)))
    tokens.append(Token(_END, len(text), len(text)))
    _number_quarters(tokens)
    if "\n" in letters:
        for before, token in pairwise(tokens):
            token.after_line = "\n" in letters[before.end : token.start]
    return tokens


def _token(found: re.Match[str]) -> Token:
    kind, text = found.lastgroup, found[0]
    if kind == "word":
        return _word(text, found.start(), found.end())
    if kind == "mark":
        return Token({text: None}, found.start(), found.end(), text)
    return Token(_figures(found, kind), found.start(), found.end(), text)


def _word(text: str, start: int, end: int) -> Token:
    word = text.replace("\u00ad", "").replace("\n", "").replace(" ", "")
    senses = WORDS.get(word)
    if senses is None:
        ours = cyrillic(word)
        senses = WORDS.get(ours, {})
        number = _ROMAN_NUMBERS.get(word.translate(ROMAN))
        if number:
            senses = {**senses, "ord": number}
        word = ours
    return Token(senses or {"word": None}, start, end, word, free=TIMELY.isdisjoint(senses))


def _figures(found: re.Match[str], kind: str | None) -> Senses:
    """Numbers and dates. A date that is none («31.02») means «wrong»."""
    if kind == "roman":
        number = _ROMAN_NUMBERS.get(found["roman"])
        return {"ord": number} if number else {"wrong": None}
    if kind == "monthyear":
        month, year = map(int, re.split(r"[./]", found[0]))
        return {"monthyear": (month, year)}
    if kind in ("number", "suffix"):
        return _number(int(found["number"]) if len(found["number"]) < 9 else 0, found["number"], found["suffix"])
    if kind == "iso":
        return _dated(*map(int, reversed(found[0].split("-"))))
    if kind == "clock":
        return _clock(*map(int, re.split(r"\s?[:-]\s?", found[0]))) or {"wrong": None}
    parts = [int(part) for part in re.split(r"[./-]\s?", found[0])]
    if kind == "short":
        day, clock = _dated(parts[0], parts[1], None), _clock(*parts)
        return day if not clock else clock if "wrong" in day else {**day, "hours": clock["clock"]}
    return _dated(parts[0], parts[1], parts[2] if parts[2] > 99 else parts[2] + _CENTURY)


def _clock(hour: int, minute: int) -> Senses:
    """«14.00»; what may be a day as well («10.11») is «hours» beside it."""
    return {"clock": (hour, minute)} if hour < 24 and minute < 60 else {}


def _dated(day: int, month: int, year: int | None) -> Senses:
    if is_day(day, month, year):
        return {"date" if year else "short": (day, month, year)}
    return {"wrong": None}


def is_day(day: int, month: int, year: int | None) -> bool:
    """Whether there is such a day; without a year in any year."""
    try:
        date(year or 2024, month, day)
    except ValueError:
        return False
    return year is None or _FIRST_YEAR <= year <= _LAST_YEAR


def _number(number: int, digits: str, suffix: str | None) -> Senses:
    if suffix is None or suffix in _CARDINAL_SUFFIXES:
        is_year = len(digits) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR
        senses: Senses = {"year": number} if is_year else {"num": number, "figure": number}
        return senses if suffix is None or is_year else {**senses, "ord": number}
    is_year = len(digits) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR
    return {"year": number} if is_year else {"ord": number}


def _joined(tokens: list[Token], letters: str) -> list[Token]:
    """Words broken at the end of a line: «сен-⏎тябрь», «сентяб⏎рь»."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        first = tokens[at]
        for skip in (2, 1):
            if at + skip >= len(tokens) or not first.text.isalpha() or (skip == 2) != ("-" in tokens[at + 1].senses):
                continue
            last = tokens[at + skip]
            gap = letters[tokens[at + skip - 1].end : last.start]
            word = first.text + last.text
            unknown = "word" in first.senses or "word" in last.senses or word in COMPOUND_WORDS
            if word in WORDS and unknown and (skip == 2 or "\n" in gap):
                joined.append(_word(word, first.start, last.end))
                at += skip + 1
                break
        else:
            joined.append(first)
            at += 1
    return joined


def _parted(tokens: list[Token]) -> list[Token]:
    """«Втечение» is typed for «в течение»."""
    found: list[Token] = []
    for token in tokens:
        if token.text in ("втечение", "втечении"):
            found += (_word("в", token.start, token.start + 1), _word(token.text[1:], token.start + 1, token.end))
        else:
            found.append(token)
    return found


def _tens(tokens: list[Token]) -> list[Token]:
    """«Двадцать пятого» is one number."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before and before.text.isalpha() and token.text.isalpha() and before.senses.get("num") in _TENS:
            for key in ("ord", "num"):
                one = token.senses.get(key)
                if one and one < 10:
                    found[-1] = Token({key: before.senses["num"] + one}, before.start, token.end, "")
                    break
            else:
                found.append(token)
            continue
        found.append(token)
    return found


def _number_quarters(tokens: list[Token]) -> None:
    """«I, II чет.» are quarters; «чет.» without a number, «1-й чет.» and «1 чет. месяца» may be Thursdays."""
    for number, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        is_of_a_month = after.senses.get("unit") is Unit.MONTH or not _OF_A_MONTH.isdisjoint(after.senses)
        if token.text in _CUT_QUARTERS and _NUMBER.fullmatch(number.text) and not is_of_a_month:
            token.senses = {key: value for key, value in token.senses.items() if "weekday" not in key}


def _told_once(tokens: list[Token]) -> list[Token]:
    """«С 5 по по 25», «май -- июнь»: what is typed twice is one. Dots say nothing, but between two sentences."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if found and token.text in _DOUBLED and found[-1].text == token.text:
            continue
        if (not found and token.text == ".") or (at == len(tokens) - 1 and token.text in _LEFT_OFF):
            continue
        if "." in token.senses:
            if at == len(tokens) - 1 or _short(tokens[at - 1]):
                continue
            token = Token({",": None}, token.start, token.end, ",")
        found.append(token)
    return found


def _short(token: Token) -> bool:
    """After which a dot belongs to the word: «сент.», «г.», «кв.», «1.»."""
    known = "word" not in token.senses
    return not token.text.isalpha() or "cut" in token.senses or len(token.text) <= (4 if known else 2)
