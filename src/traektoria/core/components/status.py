"""How something stands: chips, deadlines, progress, figures."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from traektoria.core import figures, typography
from traektoria.core.components.markup import drawn, icon

STATUS_ICONS: Final = {
    "neutral": "circle",
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


class Look(NamedTuple):
    """Of the chip that names a state: its kind, and its icon where it is not that of the kind."""

    kind: str
    icon: str = ""


PLAIN: Final = Look("neutral")


def chip(kind: str, label: str, icon: str = "") -> Markup:
    """A state in a word. ``kind``: neutral, info, success, warning, danger."""
    return _chip(kind, label if isinstance(label, str) else str(label), icon)


@lru_cache(maxsize=1024, typed=True)  # typed: a text and the same text marked safe are escaped differently
def _chip(kind: str, label: str, icon: str) -> Markup:
    sign = drawn(icon or STATUS_ICONS.get(kind, "circle"), 14)
    return Markup(f'<span class="chip chip--{escape(kind)}">{sign}{escape(label)}</span>')


def deadline(due: date | datetime | None, done: bool = False, today: date | None = None) -> Markup:
    """The day in words with its distance («до 5 сентября, осталось 3 дня»); late is said, not only coloured."""
    if not due:
        return chip("neutral", _("no deadline"), "calendar")
    return _deadline(typography.local_day(due), bool(done), today or timezone.localdate(), get_language())


@lru_cache(maxsize=1024)
def _deadline(day: date, done: bool, now: date, _language: str | None) -> Markup:
    words = _("by %(day)s") % {"day": typography.short_day(day, now)}
    if done:
        return chip("neutral", words, "calendar-check")
    days = (day - now).days
    kind = "danger" if days < 0 else "warning" if days <= 3 else "neutral"
    return chip(kind, f"{words}, {typography.time_left(day, now)}", "calendar-x" if days < 0 else "calendar")


def share_of(done: int, total: int) -> str:
    """«3 of 7»."""
    return _share(done, total, get_language())


@lru_cache(maxsize=1024)
def _share(done: int, total: int, _language: str | None) -> str:
    return _("%(done)s of %(total)s") % {"done": figures.figure(done), "total": figures.figure(total)}


def progress(done: int, total: int, label: str = "") -> Markup:
    """A bar with «3 of 7» beside it."""
    words, spoken = escape(share_of(done, total)), escape(label or _("Done"))
    return Markup(
        f'<div class="progress"><progress value="{escape(done)}" max="{escape(max(total, 1))}"'
        f' aria-label="{spoken}">{words}</progress><span>{words}</span></div>'
    )


def step_bar(current: int, *labels: str) -> Markup:
    """Where in a short sequence the person is; ``current`` counts from 1."""
    items = "".join(_step(number, current, label) for number, label in enumerate(labels, 1))
    return Markup(f'<ol class="steps">{items}</ol>')


def _step(number: int, current: int, label: str) -> str:
    state = "done" if number < current else "now" if number == current else "next"
    mark = icon("check", _("done"), 14) if state == "done" else str(number)
    here = ' aria-current="step"' if state == "now" else ""
    return f'<li class="step step--{state}"{here}><b>{mark}</b><span>{escape(label)}</span></li>'


def stat(value: Any, label: str, n: int | None = None, note: str = "") -> Markup:
    """A figure over what it is; ``n`` people or answers stand behind it."""
    counted = _("n = %(n)s") % {"n": figures.figure(n)} if n is not None else ""
    small = " · ".join(typography.nbsp(str(part)) for part in (counted, note) if part)
    under = f"<small>{escape(small)}</small>" if small else ""
    return Markup(f'<div class="stat"><b>{escape(value)}</b><span>{escape(label)}</span>{under}</div>')


def stat_count(number: int | str, one: str, many: str) -> Markup:
    """A figure with the noun that it counts in its right form: «1» over «пауза», «16» over «заданий»."""
    shown = figures.figure(int(number))
    return stat(shown, typography.counted(int(number), one, many).removeprefix(shown).strip())
