"""Number formats of a workbook (ECMA-376, part 1, 18.8.30-31): a stored number → what a Russian spreadsheet shows.

Decimal comma, no-break space between thousands, «янв», 04.01.2026; a space before % as it is written in Russian.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Final

from traektoria.engines.tables.cells import Dated

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd.mm.yyyy", 15: "d.mmm.yy", 16: "d.mmm",
    17: "mmm.yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy h:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"|\\(?P<sign>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>general)|(?P<ampm>am/pm|a/p)'
    r"|(?P<date>y+|m+|d+|h+|s+(?:\.0+)?)|(?P<exponent>e[+-]0+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)|(?P<rest>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COMPARED: Final = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_MONTHS: Final = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTHS_ALONE: Final = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
_MONTHS_OF: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_DAYS: Final = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
_DAYS_IN_FULL: Final = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_LAST_DAY: Final = 2_958_466  # of the year 9999
_THOUSANDS: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a format: `kind` is a group of `_TOKEN`."""

    kind: str
    text: str


Section = tuple[Token, ...]


def look(number: float, code: str, *, from_1904: bool = False) -> str | float | Dated:
    """The number as the format shows it; the number itself where the format says nothing."""
    sections = _sections(code)
    if any(token.kind in {"date", "elapsed"} for token in sections[0]):
        return _dated(number, sections[0], from_1904)
    section, magnitude = _chosen(sections, number)
    if not section or any(token.kind == "general" for token in section) or not _shows_number(section):
        return number if not _literal(section) or _shows_number(section) else _literal(section)
    return _numeric(magnitude, section)


def says_something(code: str) -> bool:
    """Whether the format can make a number look other than it is."""
    return code.strip().lower() not in {"", "general", "@", "основной"}


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[Section, ...]:
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code[:255]):
        kind = match.lastgroup or ""
        text = match[kind] if kind else ""
        if kind == "rest" and text == ";":
            sections.append([])
        elif kind == "bracket":
            sections[-1] += _bracket(text)
        elif kind:
            sections[-1].append(Token("text" if kind == "sign" else kind, text))
    return tuple(map(tuple, sections[:4]))


def _bracket(text: str) -> list[Token]:
    """[h] counts on over a day, [$₽-419] is a currency; colours, conditions and languages show nothing."""
    if _ELAPSED.fullmatch(text):
        return [Token("elapsed", text.lower())]
    if _CONDITION.fullmatch(text):
        return [Token("condition", text)]
    return [Token("text", text[1:].split("-")[0])] if text.startswith("$") else []


def _chosen(sections: Sequence[Section], number: float) -> tuple[Section, float]:
    """The section for this sign; a section of its own shows a negative number without the minus."""
    numeric = sections[:3]
    if any(token.kind == "condition" for token in numeric[0]):
        return next((one for one in numeric if _holds(one, number)), numeric[-1]), number
    if number < 0 and len(numeric) > 1:
        return numeric[1], -number
    if number == 0 and len(numeric) > 2:
        return numeric[2], number
    return numeric[0], number


def _holds(section: Section, number: float) -> bool:
    """The condition of a section such as [<=9999999], or none."""
    matches = (_CONDITION.fullmatch(token.text) for token in section if token.kind == "condition")
    return all(match is None or _COMPARED[match[1]](number, float(match[2])) for match in matches)


def _shows_number(section: Section) -> bool:
    return any(token.kind in {"digits", "general"} or token.text == "@" for token in section)


def _literal(section: Section) -> str:
    return "".join(token.text for token in section if token.kind in {"text", "rest"}).strip()


def _numeric(number: float, section: Section) -> str:
    if any(token.text == "/" for token in section):
        return _fraction(number, section)
    percents = sum(token.kind == "rest" and token.text == "%" for token in section)
    places = next(token.text for token in section if token.kind == "digits")
    exponent = next((token.text for token in section if token.kind == "exponent"), "")
    value = _exact(number) * Decimal(100) ** percents / Decimal(1000) ** (len(places) - len(places.rstrip(",")))
    figure = _scientific(value, places, exponent) if exponent else _figure(value, places)
    groups = _spread(figure, [token.text for token in section if token.kind == "digits"])
    shown: list[str] = []
    for token in section:
        if token.kind == "digits":
            shown.append(groups.pop(0))
        elif token.kind == "rest" and token.text == "%":
            shown.append("%" if "".join(shown).endswith((" ", _THOUSANDS)) else " %")
        elif token.kind in {"text", "rest"}:
            shown.append(token.text)
    sign = "-" if value < 0 and any(letter in "123456789" for letter in figure) else ""
    return sign + "".join(shown).strip()


def _spread(figure: str, groups: list[str]) -> list[str]:
    """The digits of ###-#### and the like, shared out from the right; a single group has them all."""
    parts: list[str] = []
    for group in reversed(groups[1:]):
        parts.insert(0, figure[-len(group) :])
        figure = figure[: -len(group)]
    return [figure, *parts]


def _exact(number: float) -> Decimal:
    """The number with the fifteen digits that a spreadsheet keeps: 0.1 + 0.2 is 0.3."""
    return Decimal(f"{number:.15g}")


def _figure(value: Decimal, places: str) -> str:
    """The absolute value by placeholders such as #,##0.0#."""
    whole_places, _, fraction_places = places.partition(".")
    rounded = abs(value).quantize(Decimal(1).scaleb(-len(fraction_places)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    least = sum(mark in "0?" for mark in whole_places)
    whole = whole.lstrip("0").zfill(least) if least else whole.lstrip("0")
    while fraction and fraction.endswith("0") and fraction_places[len(fraction) - 1] == "#":
        fraction = fraction[:-1]
    if "," in whole_places.rstrip(","):
        whole = f"{int(whole or 0):,}".replace(",", _THOUSANDS) if least or whole else whole
    return f"{whole},{fraction}" if fraction else whole or ("0" if not least and "0" in places else whole)


def _scientific(value: Decimal, places: str, exponent: str) -> str:
    power = value.adjusted() if value else 0
    mantissa = _figure(value.scaleb(-power), places)
    least = len(exponent) - 2
    sign = "-" if power < 0 else "+" if exponent[1] == "+" else ""
    return f"{mantissa}E{sign}{str(abs(power)).zfill(least)}"


def _fraction(number: float, section: Section) -> str:
    """«# ?/?» and «# ??/??»: the nearest fraction with so many digits."""
    after = "".join(token.text for token in section).rpartition("/")[2].strip()
    digits = re.match(r"\d+|[?#0]+", after)
    sign, value = "-" if number < 0 else "", Fraction(_exact(abs(number)))
    if digits and digits[0].isdecimal() and int(digits[0]):
        bottom = int(digits[0])
        top = round(value * bottom)
    else:
        near = value.limit_denominator(10 ** max(1, len(digits[0]) if digits else 1) - 1)
        top, bottom = near.numerator, near.denominator
    mixed = sum(token.kind == "digits" for token in section) > 2
    whole, rest = divmod(top, bottom) if mixed else (0, top)
    parts = [str(whole)] * bool(whole or not rest) + [f"{rest}/{bottom}"] * bool(rest)
    return sign + " ".join(parts)


def _dated(number: float, section: Section, from_1904: bool) -> str | float | Dated:
    days = number + (1462 if from_1904 else 0)
    if not 0 <= days < _LAST_DAY:
        return number
    moment = _moment(days)
    tokens = _minutes_told(section)
    kinds = {token.text[0].lower() for token in tokens if token.kind == "date"}
    shown = "".join(_part(token, moment, days, tokens) for token in tokens).strip()
    if not kinds & set("ymd"):
        return shown
    return Dated(moment, shown, _typed(moment, kinds))


def _moment(days: float) -> datetime:
    """A spreadsheet believes in 29.02.1900: its days before March of that year are one less."""
    seconds = round((days % 1) * 86_400)
    return datetime(1899, 12, 30) + timedelta(days=int(days) + (days < 60), seconds=seconds)


def _typed(moment: datetime, kinds: set[str]) -> str:
    """What somebody typed who did not mean a date: day and month, or month and year where no day is shown."""
    if "y" in kinds and "d" not in kinds:
        return f"{moment.month}.{moment:%y}"
    return f"{moment.day}.{moment.month}"


def _minutes_told(section: Section) -> list[Token]:
    """Tokens with «m» beside hours or seconds named `minute`."""
    tokens = list(section)
    marks = [place for place, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    for before, place, after in zip([None, *marks], marks, [*marks[1:], None], strict=False):
        if tokens[place].kind == "date" and tokens[place].text[0] in "mM" and len(tokens[place].text) < 3:
            follows = before is not None and tokens[before].text[0] in "hH"
            precedes = after is not None and tokens[after].text[0] in "sS"
            if follows or precedes:
                tokens[place] = Token("minute", tokens[place].text)
    return tokens


def _part(token: Token, moment: datetime, days: float, tokens: Sequence[Token]) -> str:
    if token.kind == "minute":
        return str(moment.minute).zfill(len(token.text))
    if token.kind == "elapsed":
        unit = {"h": 24, "m": 1440, "s": 86_400}[token.text[0]]
        return str(int(round(days * 86_400) * unit // 86_400)).zfill(len(token.text))
    if token.kind == "ampm":
        return "AM" if moment.hour < 12 else "PM"
    if token.kind == "date":
        return _unit(token.text.lower(), moment, tokens)
    return "." if token.text == "/" and token.kind == "rest" else token.text if token.kind in {"text", "rest"} else ""


def _unit(mark: str, moment: datetime, tokens: Sequence[Token]) -> str:
    letter, width = mark[0], len(mark)
    if letter == "y":
        return f"{moment:%Y}" if width > 2 else f"{moment:%y}"
    if letter == "m" and width > 2:
        with_day = any(token.kind == "date" and token.text[0] in "dD" for token in tokens)
        full = _MONTHS_OF if with_day else _MONTHS_ALONE
        return _MONTHS[moment.month - 1] if width == 3 else full[moment.month - 1]
    if letter == "d" and width > 2:
        return (_DAYS if width == 3 else _DAYS_IN_FULL)[moment.weekday()]
    half = any(token.kind == "ampm" for token in tokens)
    hour = (moment.hour % 12 or 12) if half else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return str(value).zfill(min(width, 2))
