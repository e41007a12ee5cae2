"""Terms as a plan writes them: hours that look like dates, dates that stand in a row of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from traektoria.engines.deadlines.kinds import Kind
from traektoria.engines.deadlines.reader import parse

_TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_TIMES = re.compile(
    rf"(?:(?:с|в|к|до|в\s+)\s*)?{_TIME}(?:\s*(?:[-–—−]|до|по)\s*{_TIME})?(?:\s*(?:ч|час|часов|мин)\.?)?"
)
_AFTER_TERM = re.compile(
    rf"(?P<term>.*\D)[\s,;(]+(?:[вс]\s+)?(?P<time>{_TIME}(?:\s*[-–—−]\s*{_TIME})?)\)?\s*(?:ч\.?|час\w*)?", re.DOTALL
)
_DAY_MONTH = re.compile(r"(?<![\d.:])(\d{1,2})[.:](\d{1,2})(?![\d.:])")
_WEEKDAY = re.compile(
    r"[,(\s]+(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс)\.?\)?$",
    re.IGNORECASE,
)
_DATES: Final = frozenset({Kind.POINT, Kind.RANGE, Kind.SCHOOL_UNIT, Kind.APPROXIMATE})


def is_time(text: str) -> bool:
    """Whether it can only be hours: «14.00–14.10», «9:30». «10.05» may be a day of May and is none."""
    if not _TIMES.fullmatch(text.strip().lower()):
        return False
    return ":" in text or any(not _is_day(*match.groups()) for match in _DAY_MONTH.finditer(text))


def looks_like_time(text: str) -> bool:
    """Whether it can be hours, even if it can be days as well."""
    return _TIMES.fullmatch(text.strip().lower()) is not None


def are_times(texts: Iterable[str]) -> bool:
    """Whether a column is one of hours: one cell can be nothing else, and all the others that look so can be hours."""
    alike = [text for text in texts if looks_like_time(text)]
    return any(map(is_time, alike))


def without_time(text: str) -> tuple[str, str]:
    """«5 сентября, 14.00» → the term and the hours; hours that may be a date stay in the term."""
    match = _AFTER_TERM.fullmatch(text)
    if match and is_time(match["time"]) and (term := re.sub(r"\s+[вс]$", "", match["term"].strip(" ,;("))):
        return term, match["time"]
    return text, ""


def date_of(text: str) -> str:
    """What a row that spans the table says of when: «5 сентября (понедельник)» → «5 сентября»; "" for a section."""
    bare = [_WEEKDAY.sub("", text.strip(signs)) for signs in (" :", " :.")]
    for told in (*bare, re.sub(r"\s*\([^)]*\)", "", text).strip(" :.")):
        phrase = parse(told.strip(" :"))
        kinds = {choice.kind for choice in phrase.choices} or {phrase.kind}
        if phrase.is_read and kinds <= _DATES:
            return told.strip(" :")
    return ""


def _is_day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12
