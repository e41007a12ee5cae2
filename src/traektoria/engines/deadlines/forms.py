"""Russian words of a paraphrase in the cases that it needs."""

from dataclasses import dataclass
from typing import Final

from traektoria.engines.deadlines.places import LAST, Edge, Seasons, Unit


@dataclass(frozen=True, slots=True)
class Noun:
    """``nom``/``gen``/``acc`` of one, ``few`` (2 месяца), ``of_many`` (5 месяцев; «не реже 5 …»); n, m, f."""

    nom: str
    gen: str
    acc: str
    few: str
    of_many: str
    gender: str = "m"


MONTHS: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_OF: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
UNITS: Final = {
    Unit.HOUR: Noun("час", "часа", "час", "часа", "часов"),
    Unit.DAY: Noun("день", "дня", "день", "дня", "дней"),
    Unit.WORKING_DAY: Noun("рабочий день", "рабочего дня", "рабочий день", "рабочих дня", "рабочих дней"),
    Unit.WEEK: Noun("неделя", "недели", "неделю", "недели", "недель", "f"),
    Unit.DECADE: Noun("декада", "декады", "декаду", "декады", "декад", "f"),
    Unit.HALF_MONTH: Noun("половина", "половины", "половину", "половины", "половин", "f"),
    Unit.MONTH: Noun("месяц", "месяца", "месяц", "месяца", "месяцев"),
    Unit.QUARTER: Noun("четверть", "четверти", "четверть", "четверти", "четвертей", "f"),
    Unit.TRIMESTER: Noun("триместр", "триместра", "триместр", "триместра", "триместров"),
    Unit.CALENDAR_QUARTER: Noun("квартал", "квартала", "квартал", "квартала", "кварталов"),
    Unit.HALF_YEAR: Noun("полугодие", "полугодия", "полугодие", "полугодия", "полугодий", "n"),
    Unit.YEAR: Noun("год", "года", "год", "года", "лет"),
    Unit.SCHOOL_YEAR: Noun("учебный год", "учебного года", "учебный год", "учебных года", "учебных лет"),
}
WEEKDAYS: Final = (
    Noun("понедельник", "понедельника", "понедельник", "", "понедельникам"),
    Noun("вторник", "вторника", "вторник", "", "вторникам"),
    Noun("среда", "среды", "среду", "", "средам", "f"),
    Noun("четверг", "четверга", "четверг", "", "четвергам"),
    Noun("пятница", "пятницы", "пятницу", "", "пятницам", "f"),
    Noun("суббота", "субботы", "субботу", "", "субботам", "f"),
    Noun("воскресенье", "воскресенья", "воскресенье", "", "воскресеньям", "n"),
)
"""``of_many`` is «по …»."""
SEASONS: Final = {
    Seasons.AUTUMN: ("осень", "осени", "осенние", "осенних"),
    Seasons.WINTER: ("зима", "зимы", "зимние", "зимних"),
    Seasons.SPRING: ("весна", "весны", "весенние", "весенних"),
    Seasons.SUMMER: ("лето", "лета", "летние", "летних"),
}
EDGES: Final = {
    Edge.START: ("начало", "начала", "начале"),
    Edge.MIDDLE: ("середина", "середины", "середине"),
    Edge.END: ("конец", "конца", "конце"),
}
ROMAN: Final = ("", "I", "II", "III", "IV")
_ORDINALS = ("", "перв", "втор", "треть", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят")
_HARD = {
    ("m", "nom"): "ый", ("m", "acc"): "ый", ("m", "gen"): "ого", ("f", "nom"): "ая", ("f", "acc"): "ую",
    ("f", "gen"): "ой",
    ("n", "nom"): "ое", ("n", "acc"): "ое", ("n", "gen"): "ого",
}  # fmt: skip
_THIRD = {
    ("m", "nom"): "третий", ("m", "acc"): "третий", ("m", "gen"): "третьего", ("f", "nom"): "третья",
    ("f", "acc"): "третью", ("f", "gen"): "третьей", ("n", "nom"): "третье", ("n", "acc"): "третье",
    ("n", "gen"): "третьего",
}  # fmt: skip
_LAST = {
    ("m", "nom"): "последний", ("m", "acc"): "последний", ("m", "gen"): "последнего", ("f", "nom"): "последняя",
    ("f", "acc"): "последнюю", ("f", "gen"): "последней", ("n", "nom"): "последнее", ("n", "acc"): "последнее",
    ("n", "gen"): "последнего",
}  # fmt: skip


def ordinal(number: int, gender: str, case: str) -> str:
    """«Первая», «последнего»; ``case``: nom, gen, acc."""
    if number == LAST:
        return _LAST[gender, case]
    if number == 3:
        return _THIRD[gender, case]
    if number >= len(_ORDINALS):
        return f"{number}-{'я' if gender == 'f' else 'й'}"
    if number == 2 and (gender, case) in (("m", "nom"), ("m", "acc")):
        return "второй"
    if number in (6, 7, 8) and (gender, case) in (("m", "nom"), ("m", "acc")):
        return _ORDINALS[number] + "ой"
    return _ORDINALS[number] + _HARD[gender, case]


def counted(number: int, noun: Noun) -> str:
    """«1 месяц», «2 недели», «5 дней», in the case that stands after «в», «через»."""
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} {noun.acc}"
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    return f"{number} {noun.few if few else noun.of_many}"


def counted_of(number: int, noun: Noun) -> str:
    """«1 месяца», «2 недель», «5 дней»: after «в течение»."""
    return f"{number} {noun.gen if number % 10 == 1 and number % 100 != 11 else noun.of_many}"
