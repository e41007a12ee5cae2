"""What other things stand on: cards, notices, what unfolds. Each is called around its content."""

from datetime import tzinfo

from django.utils import timezone
from markupsafe import Markup, escape

from traektoria.core import boxes
from traektoria.core.components.markup import Caller, drawn
from traektoria.core.components.status import STATUS_ICONS


def card(title: str = "", icon: str = "", url: str = "", action: str = "", *, caller: Caller) -> Markup:
    """A part of a page with its heading; ``url`` and ``action`` make a link at the right of it."""
    link = f'<a class="card-action" href="{escape(url)}">{escape(action)}</a>' if url else ""
    head = f'<header class="card-head"><h2>{drawn(icon)}{escape(title)}</h2>{link}</header>' if title else ""
    return Markup(f'<section class="card">{head}<div class="card-body">{escape(caller())}</div></section>')


def notice(kind: str = "info", title: str = "", *, caller: Caller) -> Markup:
    """Something to know before going on. ``kind``: info, success, warning, danger."""
    heading = f"<strong>{escape(title)}</strong>" if title not in ("", None) else ""
    role = ' role="alert"' if kind == "danger" else ""
    return Markup(
        f'<div class="notice notice--{escape(kind)}"{role}>'
        f"{drawn(STATUS_ICONS[kind], 20)}<div>{heading}{escape(caller())}</div></div>"
    )


def empty(title: str, icon: str = "inbox", *, caller: Caller) -> Markup:
    """Where a list has nothing yet: what to do first, with a button."""
    return Markup(
        f'<div class="empty">{drawn(icon, 32)}<h2>{escape(title)}</h2>'
        f'<div class="empty-body">{escape(caller())}</div></div>'
    )


def confirm(
    label: str, consequence: str, kind: str = "danger", icon: str = "", open: bool = False, *, caller: Caller
) -> Markup:
    """Asks without a dialogue: the consequence and the real form unfold under the button."""
    look = "quiet-danger" if kind == "danger" else kind
    return Markup(
        f'<details class="confirm"{" open" if open else ""}><summary class="button button--{escape(look)}">'
        f"{drawn(icon)}<span>{escape(label)}</span></summary>"
        f'<div class="confirm-body"><p>{escape(consequence)}</p>{escape(caller())}</div></details>'
    )


def fold(label: str, open: bool = False, *, caller: Caller) -> Markup:
    """A part that unfolds."""
    return Markup(
        f'<details class="fold"{" open" if open else ""}><summary>{drawn("chevron-right", 16)}'
        f'<span>{escape(label)}</span></summary><div class="fold-body">{escape(caller())}</div></details>'
    )


def boxed(kind: str, *, caller: Caller) -> Markup:
    """What is stored and may be broken: fails alone (core.boxes)."""
    return Markup(boxes.boxed(kind, caller))


def in_zone(zone: tzinfo | str, *, caller: Caller) -> Markup:
    """Days and hours inside are told by the clock of that zone."""
    with timezone.override(zone):
        return Markup(caller())
