"""What leads on: breadcrumbs, tabs, pages of a list."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from traektoria.core import figures, typography
from traektoria.core.components.markup import NOTHING, Caller, drawn, icon
from traektoria.core.search_addresses import query_of_address


def waiting_count(number: int | None) -> Markup:
    """Beside a place of the menu: so many things there wait for the person; nothing where none does."""
    return _waiting_count(number, get_language()) if number else NOTHING


@lru_cache(maxsize=256)
def _waiting_count(number: int, language: str | None) -> Markup:
    said = typography.counted(number, "%(n)s thing waits for you", "%(n)s things wait for you")
    return Markup(
        f'<b class="count"><span aria-hidden="true">{number}</span>'
        f'<span class="visually-hidden">{escape(said)}</span></b>'
    )


def new_count(number: int) -> Markup:
    """On the bell: so many messages are new; nothing where none is."""
    return _new_count(number, get_language()) if number else NOTHING


@lru_cache(maxsize=256)
def _new_count(number: int, _language: str | None) -> Markup:
    said = typography.counted(number, "%(n)s new message", "%(n)s new messages")
    shown = number if number < 100 else "99+"
    return Markup(
        f'<b class="count"><span aria-hidden="true">{shown}</span>'
        f'<span class="visually-hidden">{escape(said)}</span></b>'
    )


def breadcrumbs(*parts: str) -> Markup:
    """Label, url, label, url, …, and the label of this page."""
    links = "".join(
        f'<li><a href="{escape(url)}">{escape(label)}</a></li>'
        for label, url in zip(parts[:-1:2], parts[1::2], strict=True)
    )
    label = escape(_("You are here"))
    return Markup(
        f'<nav class="breadcrumbs" aria-label="{label}">'
        f'<ol>{links}<li aria-current="page">{escape(parts[-1])}</li></ol></nav>'
    )


def tab_bar(label: str = "", *, caller: Caller) -> Markup:
    """A row of tabs."""
    spoken = escape(label or _("Parts of the page"))
    return Markup(f'<nav class="tabs" aria-label="{spoken}">{escape(caller())}</nav>')


def tab(url: str, label: str, current: bool = False, count: int | None = None, icon: str = "") -> Markup:
    """One of them; ``count`` says how much is there."""
    here = ' aria-current="page"' if current else ""
    number = f'<span class="count">{escape(figures.figure(count))}</span>' if count is not None else ""
    return Markup(f'<a href="{escape(url)}"{here}>{drawn(icon, 16)}{escape(label)}{number}</a>')


@pass_context
def pagination(context: Context, page: Any, param: str = "page") -> Markup:
    """Pages of a list, back and next; keeps the query of the address. ``page`` is one of core.paging."""
    if not page.has_other_pages:
        return NOTHING
    query = query_of_address(context["request"])
    query.pop(param, None)
    kept = f"?{query.urlencode()}&{param}=" if query else f"?{param}="
    where = (
        _("Page %(number)s of %(total)s") % {"number": page.number, "total": page.last}
        if page.last
        else _("Page %(number)s") % {"number": page.number}
    )
    back = forth = ""
    if page.has_previous:
        word = escape(_("Back"))
        back = (
            f'<a class="button button--quiet" rel="prev" href="{escape(kept)}{page.number - 1}">'
            f"{icon('arrow-left')}<span>{word}</span></a>"
        )
    if page.has_next:
        word = escape(_("Next"))
        forth = (
            f'<a class="button button--quiet" rel="next" href="{escape(kept)}{page.number + 1}">'
            f"<span>{word}</span>{icon('arrow-right')}</a>"
        )
    spoken = escape(_("Pages"))
    return Markup(
        f'<nav class="pagination no-print" aria-label="{spoken}">{back}<span>{escape(where)}</span>{forth}</nav>'
    )
