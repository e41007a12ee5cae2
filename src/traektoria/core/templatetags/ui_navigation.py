"""Components that lead on: breadcrumbs, tabs, pages of a list. Built in, as those of ``ui``, which lists them all."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from traektoria.core import figures
from traektoria.core.icons import icon as draw
from traektoria.core.searching import query_of_address

register = template.Library()

EMPTY = mark_safe("")


@register.simple_tag
def breadcrumbs(*parts: str) -> SafeString:
    """Label, url, label, url, …, and the label of this page."""
    links = zip(parts[:-1:2], parts[1::2], strict=True)
    items = format_html_join("", '<li><a href="{}">{}</a></li>', ((url, label) for label, url in links))
    return format_html(
        '<nav class="breadcrumbs" aria-label="{}"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        _("You are here"),
        items,
        parts[-1],
    )


@register.simple_block_tag
def tabs(content: str, label: str = "") -> SafeString:
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label or _("Parts of the page"), content)


@register.simple_tag
def tab(url: str, label: str, current: bool = False, count: int | None = None, icon: str = "") -> SafeString:
    here = mark_safe(' aria-current="page"') if current else EMPTY
    number = format_html('<span class="count">{}</span>', figures.figure(count)) if count is not None else EMPTY
    return format_html('<a href="{}"{}>{}{}{}</a>', url, here, (draw(icon, "", 16) if icon else EMPTY), label, number)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, param: str = "page") -> dict[str, Any]:
    query = query_of_address(context["request"])
    query.pop(param, None)
    return {"page": page, "param": param, "query": f"{query.urlencode()}&" if query else ""}
