"""Components of forms: the key of a press, the summary of errors, minutes and readers, filters. Built in, as those of
``ui``, whose docstring lists them all."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from traektoria.core import typography
from traektoria.core.form_keys import FIELD, new_key
from traektoria.core.icons import icon as draw

register = template.Library()

EMPTY = mark_safe("")


class FormKeys(CsrfTokenNode):
    """Django's token and the key of this press: whatever can be posted happens once (core.submissions)."""

    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        if not token:
            return EMPTY
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, new_key())


@register.tag
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> FormKeys:
    """Takes the place of Django's tag, so that no form can be without a key."""
    return FormKeys()


@register.simple_tag(takes_context=True)
def asks_here(context: Context) -> SafeString:
    """Hidden fields of a search that is posted to ``core:find``: what is typed stays out of the page's address."""
    to = format_html('<input type="hidden" name="to" value="{}">', context["request"].path)
    return FormKeys().render(context) + to


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    return {"form": form, "fields": [field for field in form if field.errors] if form.is_bound else []}


@register.simple_tag
def form_note(minutes: int | None = None, seen_by: str = "") -> SafeString:
    """How long the form takes (0: less than a minute) and who will see it: said before it is begun."""
    parts: list[str] = []
    if minutes:
        parts.append(typography.counted(minutes, "about %(n)s minute", "about %(n)s minutes"))
    elif minutes == 0:
        parts.append(_("less than a minute"))
    if seen_by:
        parts.append(_("seen by: %(who)s") % {"who": seen_by})
    return format_html('<p class="form-note">{}<span>{}</span></p>', draw("clock", "", 16), " · ".join(parts))


@register.simple_tag
def autosave_state() -> SafeString:
    """Where ``app.js`` says what has been saved; the words travel with it."""
    return format_html(
        '<span class="autosave" role="status" data-autosave-state data-saved="{}" data-saving="{}" data-offline="{}"'
        ' data-restored="{}" data-refused="{}" data-kept="{}"></span>',
        _("Saved at {time}"),
        _("Saving…"),
        _("No connection, we will save it later"),
        _("Your unsaved text is restored"),
        _("Not saved yet: press the button, and we will say why"),
        _("The draft is kept on this device"),
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, label: str = "") -> SafeString:
    return format_html(
        '<form class="filters no-print" method="post" action="{}" role="search" aria-label="{}">{}{}'
        '<div class="filters-go"><button class="button button--secondary" type="submit">{}</button>{}</div></form>',
        reverse("core:find"),
        label or _("Filters"),
        asks_here(context),
        content,
        _("Show"),
        format_html('<a class="button button--quiet" href="{}">{}</a>', context["request"].path, _("Reset"))
        if context["request"].GET
        else EMPTY,
    )
