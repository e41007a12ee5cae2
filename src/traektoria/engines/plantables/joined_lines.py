"""Lines of a cell as one text: words that were broken at the end of a line are made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from traektoria.engines.declension.dictionary import analyzer

SOFT = "\u00ad"
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u202f\u2009]+")
_NOTHING = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010\u2011] +([а-яёa-z]{2,})")
_BROKEN_AT_END = re.compile(r"([^\W\d_]+)[-\u2010\u2011]$")
_WORD_AT_START = re.compile(r"[^\W\d_]+")
_HANGING = frozenset({"и", "или", "а", "но", "либо"})
_SURE = 3
"""Letters that a whole word has at least; shorter ones are in the dictionary by chance."""


def joined(lines: Iterable[str]) -> str:
    """One text of several lines."""
    return joined_surely(lines)[0]


def joined_surely(lines: Iterable[str]) -> tuple[str, bool]:
    """The text, and whether each broken word was made whole with certainty."""
    text, sure = "", True
    for line in filter(None, map(squeezed, lines)):
        text, certain = _added(text, line)
        sure = sure and certain
    whole, certain = _mended(text)
    return whole, sure and certain


def squeezed(text: str) -> str:
    """One blank for any; a soft hyphen in the middle of a word is nothing, one at the end stays for `joined`."""
    return re.sub(SOFT + r"(?=\S)", "", _BLANKS.sub(" ", _NOTHING.sub("", text))).strip()


def _added(text: str, line: str) -> tuple[str, bool]:
    if not text:
        return line, True
    if text.endswith(SOFT):
        return text[:-1] + line, True
    end, start = _BROKEN_AT_END.search(text), _WORD_AT_START.match(line)
    if end is None:
        glue = "" if text.endswith(("-", "/", "\\")) and text[-2:-1].strip() and line[0].isalnum() else " "
        return text + glue + line, True
    if start is None:
        return (text + line if line[0].isdecimal() else f"{text} {line}"), True
    if start[0] in _HANGING:
        return f"{text} {line}", True
    whole, certain = _glued(end[1], start[0])
    return text[: end.start()] + whole + line[start.end() :], certain


def _mended(text: str) -> tuple[str, bool]:
    """Words that were broken in another paper and came with their hyphen and a blank: «меропри- ятия»."""
    sure = True

    def whole(match: re.Match[str]) -> str:
        nonlocal sure
        if match[2] in _HANGING:
            return match[0]
        found, certain = _glued(match[1], match[2])
        sure = sure and certain
        return found

    text = _BROKEN.sub(whole, text.replace(SOFT + " ", "").replace(SOFT, ""))
    return text, sure


def _glued(left: str, right: str) -> tuple[str, bool]:
    """A broken word, or two that stand with a hyphen: «меропри-ятия», «учителей-предметников». The second value is
    false where the dictionary knows neither."""
    if right[0].isupper():
        return f"{left}-{right}", True
    if _is_word(left + right):
        return left + right, True
    if _is_word(f"{left}-{right}") or (_stands(left) and _is_word(right)):
        return f"{left}-{right}", True
    return (f"{left}-{right}" if _is_word(right) and len(right) > _SURE else left + right), False


def _stands(left: str) -> bool:
    """A word of its own, or the first half of one with a hyphen: «научно-», «личностно-»."""
    return _is_word(left) or left.isupper() or (len(left) > _SURE and left[-1] in "ое")


@lru_cache(4096)
def _is_word(word: str) -> bool:
    return bool(analyzer().word_is_known(word.lower()))
