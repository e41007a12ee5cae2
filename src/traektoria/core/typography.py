"""Russian typography: days, quotes, glued words. Templates have them as filters (``templating``)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from traektoria.core.figures import NBSP, figure

_SHORT = re.compile(r"(?<![\w\xa0-])([А-Яа-яЁё]{1,2}|[№§]|не|для|при|или) (?=\S)")
_UNIT = re.compile(r"(\d) (?=(?:%|₽|ч|мин|год|года|лет|класс|класса|балл|балла|баллов)(?!\w))")
_DASH_BEFORE = re.compile(r" (?=[—–] )")
_INITIALS = re.compile(r"\b([А-ЯЁ]\.) ?(?=[А-ЯЁ]\.)")
_SURNAME_AFTER = re.compile(r"([А-ЯЁ]\.) (?=[А-ЯЁ][а-яё])")
_SURNAME_BEFORE = re.compile(r"([А-ЯЁ][а-яё-]+) (?=[А-ЯЁ]\.)")


def local_day(value: date | datetime) -> date:
    """The calendar day by the clock of whoever asks."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def midnight(day: date) -> datetime:
    """The moment when the day begins there."""
    return timezone.make_aware(datetime.combine(day, time()))


def weekday(value: date) -> str:
    """«пн» … «вс»."""
    return _weekdays(get_language())[value.weekday()]


@lru_cache(maxsize=8)
def _weekdays(_language: str | None) -> tuple[str, ...]:
    return (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )


def short_day(value: date | datetime | None, today: date | None = None) -> str:
    """«5 сентября»; the year is said only where it is not the current one."""
    if not value:
        return ""
    day = local_day(value)
    same = day.year == (today or timezone.localdate()).year
    return _day(day, "j E" if same else "j E Y", get_language())


@lru_cache(maxsize=2048)
def _day(day: date, form: str, _language: str | None) -> str:
    """Lists say the same few days again and again."""
    return date_format(day, form).replace(" ", NBSP)


def ru_day(value: date | datetime | None) -> str:
    """«5 сентября 2026, сб»."""
    return _long_day(local_day(value), get_language()) if value else ""


def ru_days(days: Iterable[date]) -> dict[date, str]:
    """The same of each, for a page of many."""
    language = get_language()
    return {day: _long_day(day, language) for day in days}


@lru_cache(maxsize=2048)
def _long_day(day: date, _language: str | None) -> str:
    return f"{date_format(day, 'j E Y').replace(' ', NBSP)}, {weekday(day)}"


def clock(value: datetime) -> str:
    """«14:05» in local time."""
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M}"


def ru_moment(value: datetime | None) -> str:
    """«5 сентября, 14:05» in local time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{short_day(local)}, {local:%H:%M}"


@lru_cache(maxsize=2048)
def nbsp(text: str) -> str:
    """Glue short words, №, units, initials and the dash to their neighbours, so that no line ends with «в»."""
    for _pass in range(2):  # «и в школе»: two short words in a row share the space
        text = _SHORT.sub(rf"\1{NBSP}", text)
    for pattern in (_UNIT, _INITIALS, _SURNAME_AFTER, _SURNAME_BEFORE):
        text = pattern.sub(rf"\1{NBSP}", text)
    return _DASH_BEFORE.sub(NBSP, text)


def counted(number: int, one: str, many: str) -> str:
    """A phrase with its right plural form, the figure glued to its word; ``one``, ``many``: msgids with ``%(n)s``."""
    return _counted(number, one, many, get_language())


@lru_cache(maxsize=2048)
def _counted(number: int, one: str, many: str, _language: str | None) -> str:
    return (ngettext(one, many, number) % {"n": figure(number)}).replace(
        f"{figure(number)} ", f"{figure(number)}{NBSP}"
    )


def in_hours(minutes: int) -> str:
    """How long, the same over the house: «1 ч 30 мин», «45 мин», «2 ч»."""
    return _in_hours(minutes, get_language())


@lru_cache(maxsize=2048)
def _in_hours(minutes: int, _language: str | None) -> str:
    """A page of a centre says the same few lengths again and again."""
    hours, rest = divmod(minutes, 60)
    words = {"hours": hours, "minutes": rest}
    if not rest:
        said = _("%(hours)s h") % words
    else:
        said = (_("%(hours)s h %(minutes)s min") if hours else _("%(minutes)s min")) % words
    return said.replace(" ", NBSP)


def quote(text: object) -> str:
    """«Ёлочки», with „лапками“ for quotes inside."""
    return "«{}»".format(str(text).replace("«", "„").replace("»", "“"))


def time_left(due: date, today: date) -> str:
    """How far the day is, in words: «осталось 3 дня», «сегодня», «опоздание 2 дня»."""
    days = (due - today).days
    if days < 0:
        return counted(-days, "%(n)s day late", "%(n)s days late")
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return counted(days, "%(n)s day left", "%(n)s days left")


def initials(name: str) -> str:
    """«ИМ» of «Иванова М. П.» or «Иванова Мария Петровна»."""
    return "".join(word[0] for word in re.split(r"[\s\xa0]+", name.strip())[:2] if word).upper()
