"""Lists of what happened, what was said, and what waits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import linebreaks
from markupsafe import Markup, escape

from traektoria.core.components.markup import drawn
from traektoria.core.components.people import avatar
from traektoria.core.components.status import deadline
from traektoria.core.registries import DeskLine
from traektoria.core.typography import ru_moment


def timeline(entries: Iterable[Any]) -> Markup:
    """What happened: entries or dicts with ``at``, ``who``, ``text`` and maybe ``icon``."""
    lines = "\n".join(
        f"<li>{drawn(icon, 14)}<p>{escape(text)}</p><small>{escape(who) + ' · ' if who else ''}{_time(at)}</small></li>"
        for at, who, text, icon in map(_said, entries)
    )
    return Markup(f'<ol class="timeline">\n{lines}</ol>')


def comments(entries: Iterable[Any]) -> Markup:
    """A talk: entries or dicts with ``at``, ``who`` and ``text``."""
    lines = "\n".join(
        f'<li>{avatar(str(who))}<div><p class="comment-head"><b>{escape(who)}</b> '
        f"{_time(at, 'muted small')}</p>{linebreaks(text, autoescape=True)}</div></li>"
        for at, who, text, _icon in map(_said, entries)
    )
    return Markup(f'<ol class="comments">\n{lines}</ol>')


def desk_line(line: DeskLine) -> Markup:
    """One line of «My day» (core.registries.DeskLine)."""
    url, what, action = escape(line.url), escape(line.what), escape(line.action)
    done = line.group == "done"
    looks = f"{' desk-line--late' if line.overdue else ''}{' desk-line--done' if done else ''}"
    go = f'<a class="button button--secondary" href="{url}" aria-label="{action}: {what}">{action}</a>'
    return Markup(
        f'<li class="desk-line{looks}">{avatar(line.who)}'
        f'<div class="desk-what"><a href="{url}">{what}</a><small>{escape(line.who)}</small></div>'
        f"{deadline(line.due, done=done) if line.due else ''}{'' if done else go}</li>"
    )


def _said(entry: Any) -> tuple[datetime, Any, Any, str]:
    names = ("at", "who", "text", "icon")
    if isinstance(entry, dict):
        at, who, text, icon = (entry.get(name, "") for name in names)
    else:
        at, who, text, icon = (getattr(entry, name, "") for name in names)
    return at, who, text, icon


def _time(at: datetime, look: str = "") -> str:
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    named = f' class="{look}"' if look else ""
    return f'<time{named} datetime="{local.isoformat()}">{escape(ru_moment(at))}</time>'
