"""Years that are written in titles and deadlines of a plan, and the same words for another year."""

import re
from collections.abc import Collection
from typing import Final

_PAIR: Final = re.compile(r"(?<!\d)(20\d\d)(\s*[/–—-]\s*)(20\d\d|\d\d)(?!\d)(?!\.\d)")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SHORT: Final = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.)(\d\d)(?!\d)")
_CENTURY: Final = 100


def shifted(text: str, years: Collection[int], by: int) -> str:
    """«План на 2026/27 год», «31.03.27», «сентябрь 2026 г.» of a plan for ``years`` → ``by`` years on. Other years (of
    a law, of an order) stay. A pair is one year: its second half follows the first; «итоги 2025/26 года» go on too."""
    if not by:
        return text
    text = _PAIR.sub(lambda found: _pair(found, years, by), text)
    text = _SHORT.sub(lambda found: _short(found, years, by), text)
    return _YEAR.sub(lambda found: _year(found, years, by), text).replace("\0", "")


def has_year(text: str) -> bool:
    """A year is written in it, whichever."""
    return bool(_YEAR.search(text) or _SHORT.search(text))


def has_year_near(text: str, years: Collection[int]) -> bool:
    """A year of the plan, or one beside it: whether it goes on, a person decides."""
    near = range(min(years) - 2, max(years) + 2)
    full = (int(found[1]) for found in _YEAR.finditer(text))
    short = (2000 + int(found[2]) for found in _SHORT.finditer(text))
    return any(year in near for year in (*full, *short))


def _pair(found: re.Match[str], years: Collection[int], by: int) -> str:
    """A mark stands inside what was done already, so that the search for single years passes it over."""
    first, dash, second = int(found[1]), found[2], found[3]
    follows = int(second) % _CENTURY == (first + 1) % _CENTURY
    if not follows or not min(years) - 1 <= first <= max(years):
        return found[0]
    last = first + by + 1
    return f"{_marked(first + by)}{dash}{_marked(last) if len(second) == 4 else f'{last % _CENTURY:02}'}"


def _short(found: re.Match[str], years: Collection[int], by: int) -> str:
    year = 2000 + int(found[2])
    return f"{found[1]}{(year + by) % _CENTURY:02}" if year in years else found[0]


def _year(found: re.Match[str], years: Collection[int], by: int) -> str:
    year = int(found[1])
    return str(year + by) if year in years else found[0]


def _marked(year: int) -> str:
    """«20\\026»: no four digits in a row."""
    text = str(year)
    return f"{text[:2]}\0{text[2:]}"
