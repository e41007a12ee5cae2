"""What templates print: numbers and days by the language, what is escaped, the filters."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.template import defaultfilters as django_filters
from django.templatetags.l10n import unlocalize
from django.utils.formats import localize
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeData
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language
from jinja2 import ChainableUndefined
from markupsafe import Markup, escape

from traektoria.core import figures, typography


def shown(value: Any) -> Any:
    """What is printed of a value: numbers and days by the language, moments by the clock of whoever looks."""
    kind = type(value)
    if kind is str or kind is Markup or kind is int:
        return value
    if isinstance(value, str | int | ChainableUndefined) or value is None:
        return value
    return localize(template_localtime(value))


_SPECIAL: Final = re.compile(r"[&<>'\"]")


def printed(value: Any) -> str:
    """``shown`` and escaped. Most of what a page prints is plain text with nothing to escape."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return escape(value) if _SPECIAL.search(value) else value
    return str(value) if kind is int else escape(shown(value))


class Run(NamedTuple):
    """Neighbours that share a value."""

    grouper: Any
    list: list[Any]


def regrouped(rows: Iterable[Any], attribute: str) -> Iterator[Run]:
    """Runs of neighbours with the same value of the attribute, in their order."""

    def value(row: Any) -> Any:
        found = getattr(row, attribute, None) if not isinstance(row, Mapping) else row.get(attribute)
        return found() if callable(found) else found

    return (Run(key, list(run)) for key, run in groupby(rows or (), key=value))


def _text(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Django that takes text; what was markup stays markup where the filter keeps it so."""
    keeps = getattr(function, "is_safe", False)

    def filtered(value: Any, *args: Any) -> Any:
        result = function("" if value is None or isinstance(value, ChainableUndefined) else value, *args)
        safe = isinstance(result, SafeData) or (keeps and hasattr(value, "__html__"))
        return Markup(result) if safe else result

    return filtered


def capfirst(value: Any) -> Any:
    """With a capital letter; markup stays markup. Django's does the same for ten times the calls."""
    text = "" if value is None else str(value)
    made = text[:1].upper() + text[1:]
    return Markup(made) if hasattr(value, "__html__") else made


_truncated: Final = _text(django_filters.truncatechars)


def truncated(value: Any, most: int) -> Any:
    """Cut to so many letters; most texts are shorter, and then nothing is to be done."""
    if isinstance(value, str) and len(value) <= most:
        return value
    return _cut(value, most, get_language()) if type(value) is str else _truncated(value, most)


@lru_cache(maxsize=2048)
def _cut(text: str, most: int, _language: str | None) -> Any:
    """Django's counts sign by sign, and lists show the same long texts again and again."""
    return _truncated(text, most)


def _day(value: Any, form: str) -> Any:
    return django_filters.date(template_localtime(value), form)


def length(value: Any) -> int:
    return len(value) if value is not None else 0


def glued(value: Any) -> Any:
    """Short words glued to the next one; markup stays markup."""
    text = typography.nbsp(str(value)) if value is not None else ""
    return Markup(text) if hasattr(value, "__html__") else text


def joined(values: Iterable[Any], between: str = "") -> Markup:
    return escape(between).join(escape(shown(value)) for value in values)


MESSAGE_KINDS: Final = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}


def message_kind(message: Any) -> str:
    """The look of a Django message."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "ru_day": typography.ru_day,
    "short_day": typography.short_day,
    "in_hours": typography.in_hours,
    "ru_moment": typography.ru_moment,
    "clock": typography.clock,
    "percent": figures.percent,
    "figure": figures.figure,
    "shortest": figures.shortest,
    "quote_ru": typography.quote,
    "nbsp": glued,
    "message_kind": message_kind,
    "date": _day,
    "join": joined,
    "length": length,
    "regrouped": regrouped,
    "unlocalize": unlocalize,
    "yesno": django_filters.yesno,
    "capfirst": capfirst,
    "truncatechars": truncated,
    "add": django_filters.add,
    "default_if_none": django_filters.default_if_none,
    "stringformat": django_filters.stringformat,
    **{name: _text(getattr(django_filters, name)) for name in ("truncatewords", "truncatechars_html", "urlencode")},
    "linebreaks": lambda value: Markup(linebreaks(value, autoescape=True)),
    "linebreaksbr": lambda value: Markup(django_filters.linebreaksbr(value)),
    "urlize": lambda value: Markup(urlize(value, nofollow=True, autoescape=True)),
}
