"""Links and buttons that do something."""

from typing import Any

from markupsafe import Markup, escape

from traektoria.core.components.markup import NOTHING, drawn, icon
from traektoria.core.registries import documents_of


def link_button(url: str, label: str, kind: str = "secondary", icon: str = "") -> Markup:
    """A link that looks like a button. ``kind``: primary, secondary, quiet, danger, quiet-danger."""
    return Markup(
        f'<a class="button button--{escape(kind)}" href="{escape(url)}">{drawn(icon)}<span>{escape(label)}</span></a>'
    )


def submit(label: str, kind: str = "primary", icon: str = "", name: str = "", value: str = "") -> Markup:
    """Sends the form around it; ``name`` and ``value`` say which of several buttons was pressed."""
    named = f' name="{escape(name)}" value="{escape(value)}"' if name else ""
    return Markup(
        f'<button class="button button--{escape(kind)}" type="submit"{named}>'
        f"{drawn(icon)}<span>{escape(label)}</span></button>"
    )


def paper_buttons(fact: Any) -> Markup:
    """Buttons that take away each document of the fact, in each format (core.registries.documents)."""
    return NOTHING.join(link_button(url, label, icon="download") for label, url in documents_of(fact))


def icon_link(url: str, sign: str, label: str) -> Markup:
    """A link without words on it; ``label`` is its tooltip and what is read aloud."""
    return Markup(f'<a class="icon-button" href="{escape(url)}" title="{escape(label)}">{icon(sign, str(label))}</a>')


def blocked_button(label: str, why: str, icon: str = "") -> Markup:
    """A button that can't be pressed now: it stays reachable by keyboard, and says why beside itself."""
    return Markup(
        '<span class="blocked"><button class="button button--secondary" type="button" aria-disabled="true">'
        f"{drawn(icon or 'lock')}<span>{escape(label)}</span></button><small>{escape(why)}</small></span>"
    )
