"""Days as lesson calendars write them: «02.09», «2 сентября», «02.09.2026, 04.09», «02.09–06.09», «02–06.09»."""

import re
from datetime import date
from typing import Final, NamedTuple

_MONTHS: Final = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_WORD = "|".join(f"{one}[а-я]*" for one in (*_MONTHS, "май"))
_DAY: Final = re.compile(
    r"(?P<iso>\d{4})-(?P<isom>\d{2})-(?P<isod>\d{2})"
    r"|(?<![\d.])(?P<d>\d{1,2})\s?(?:\.\s?(?P<m>\d{1,2})|/\s?(?P<sm>(?<=\d\d/)\d\d|\d{1,2}(?=\s?/\s?\d\d)))"
    r"(?:\s?[./]\s?(?P<y>\d{4}|(?<=\.)\d\d(?!\s?\.\s?\d)|\d\d(?!\s?[./]\s?\d)))?(?!\d)"
    rf"|(?<!\d)(?P<wd>\d{{1,2}})[.\s-]*(?P<wm>{_WORD})\.?(?:[.\s-]*(?P<wy>\d{{4}}|\d{{2}}(?!\d)))?"
)
"""With a slash both of two digits, or with the year: «1/2» is the first of two lessons."""
_SHORT: Final = re.compile(r"(?<![\d.])(\d{1,2})\s?[–—-]\s?(?=(\d{1,2})\s?[./]\s?(\d{1,2})(?!\d))")
"""«02–06.09»: the month of the second day is that of the first too."""
_REST: Final = re.compile(
    r"(?:[\s,;./–—-]|\b(?:и|с|по)\b|\bг(?:\b|ода?\b)|\(?\b(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг"
    r"|пятница|суббота)\b\.?\)?)*"
)
"""What may stand beside days: where there is more, the cell says something that we do not understand."""
_BETWEEN: Final = re.compile(r"\s*[–—-]\s*|\s*по\s*")
_AUTUMN: Final = 8


class Days(NamedTuple):
    days: tuple[date, ...] = ()
    until: date | None = None
    impossible: bool = False


def days_of(text: str, start_year: int) -> Days:
    """What is written in a cell; nothing where it is no date, or where a part of it is not understood («2,4 сентября»
    is not the fourth). Of a day without its year: that of the school year."""
    plain = _SHORT.sub(lambda found: f"{found[1]}.{found[3]}–", text.lower().replace("ё", "е"))
    spots = list(_DAY.finditer(plain))
    if not _REST.fullmatch(_DAY.sub(" ", plain)):
        return Days()
    found = [_day(one, start_year) for one in spots]
    if None in found:
        return Days((), None, impossible=True)
    days = tuple(one for one in found if one is not None)
    if len(days) == 2 and _BETWEEN.fullmatch(plain[spots[0].end() : spots[1].start()]) and days[0] < days[1]:
        return Days(days[:1], days[1])
    return Days(days)


def _day(found: re.Match[str], start_year: int) -> date | None:
    if found["iso"]:
        year, month, day = int(found["iso"]), int(found["isom"]), int(found["isod"])
    elif found["d"]:
        day, month, year = int(found["d"]), int(found["m"] or found["sm"]), _year(found["y"])
    else:
        day, month, year = int(found["wd"]), _month(found["wm"]), _year(found["wy"])
    try:
        return date(year or (start_year if month >= _AUTUMN else start_year + 1), month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return _MONTHS.index("мая" if word.startswith("май") else word[:3]) + 1


def _year(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if len(text) == 4 else 2000 + int(text)
