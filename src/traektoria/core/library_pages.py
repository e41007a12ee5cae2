"""Tags for pages that allauth brings as templates of Django: they are drawn inside a page of the house.

``library_pages/allauth`` has the elements that such a page is made of; its layouts hand title and body over here.
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from traektoria.core.components import forms, markup

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", size: int = 18) -> SafeString:
    return mark_safe(markup.icon(name, label, size))


@register.simple_tag
def error_summary(form: Any) -> SafeString:
    return mark_safe(forms.error_summary(form))


@register.simple_tag
def form_note(minutes: int | None = None, seen_by: str = "") -> SafeString:
    return mark_safe(forms.form_note(minutes, seen_by))


class FormKeys(template.Node):
    def render(self, context: Context) -> SafeString:
        return mark_safe(forms.keys_of(context["request"]))


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormKeys:
    """Takes the place of Django's tag, so that no form can be without the key of its press."""
    return FormKeys()


@register.simple_block_tag
def part(content: str) -> str:
    """Keeps a part of the page under a name: ``{% part as title %}``."""
    return content


@register.simple_tag(takes_context=True)
def house_page(context: Context, layout: str, title: str, body: str) -> SafeString:
    """The page of the house around what the library has said."""
    said = {"layout": layout, "said_title": title, "said_body": body}
    return mark_safe(render_to_string("account/library.html", said, request=context["request"], using="house"))
