"""Around a form: the key of a press, the summary of errors, minutes and readers, filters."""

from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from traektoria.core import typography
from traektoria.core.components.markup import NOTHING, Caller, icon
from traektoria.core.form_keys import CSRF, FIELD, new_key, page_token


@pass_context
def form_keys(context: Context) -> Markup:
    """Django's token and the key of this press: whatever can be posted happens once (core.submissions)."""
    return keys_of(context.get("request"))


def keys_of(request: Any) -> Markup:
    """The token is masked once a page, the key is another for each form."""
    if request is None:
        return NOTHING
    token = getattr(request, "page_token", None)
    if token is None:
        token = request.page_token = page_token(request)
    return Markup(
        f'<input type="hidden" name="{CSRF}" value="{token}"><input type="hidden" name="{FIELD}" value="{new_key()}">'
    )


@pass_context
def asks_here(context: Context) -> Markup:
    """Hidden fields of a search that is posted to ``core:find``: what is typed stays out of the page's address."""
    request = context["request"]
    here = escape(request.path)
    return Markup(f'{keys_of(request)}<input type="hidden" name="to" value="{here}">')


def error_summary(form: BaseForm) -> Markup:
    """Above a form that came back: each error with a link to its field."""
    if not form or not form.is_bound or not form.errors:
        return NOTHING
    lines = [f"<li>{escape(error)}</li>" for error in form.non_field_errors()]
    lines += [
        f'<li><a href="#{escape(field.id_for_label or field.auto_id)}">{escape(field.label)}</a>:'
        f" {escape(field.errors[0])}</li>"
        for field in form
        if field.errors
    ]
    heading = escape(_("Please look at what is marked"))
    return Markup(
        '<div class="notice notice--danger error-summary" role="alert" tabindex="-1" id="error-summary">'
        f"{icon('circle-alert', size=20)}<div><strong>{heading}</strong>"
        f"<ul>{''.join(lines)}</ul></div></div>"
    )


def form_note(minutes: int | None = None, seen_by: str = "") -> Markup:
    """How long the form takes (0: less than a minute) and who will see it: said before it is begun."""
    parts: list[str] = []
    if minutes:
        parts.append(typography.counted(minutes, "about %(n)s minute", "about %(n)s minutes"))
    elif minutes == 0:
        parts.append(_("less than a minute"))
    if seen_by:
        parts.append(_("seen by: %(who)s") % {"who": seen_by})
    return Markup(f'<p class="form-note">{icon("clock", size=16)}<span>{escape(" · ".join(parts))}</span></p>')


def autosave_state() -> Markup:
    """Where ``app.js`` says what has been saved; the words travel with it."""
    words = {
        "saved": _("Saved at {time}"),
        "saving": _("Saving…"),
        "offline": _("No connection, we will save it later"),
        "restored": _("Your unsaved text is restored"),
        "refused": _("Not saved yet: press the button, and we will say why"),
        "kept": _("The draft is kept on this device"),
    }
    said = "".join(f' data-{name}="{escape(sentence)}"' for name, sentence in words.items())
    return Markup(f'<span class="autosave" role="status" data-autosave-state{said}></span>')


@pass_context
def filters(context: Context, label: str = "", *, caller: Caller) -> Markup:
    """Fields of a list's filters, posted to ``core:find``, with «Show» and «Reset»."""
    request = context["request"]
    spoken, show, reset = escape(label or _("Filters")), escape(_("Show")), escape(_("Reset"))
    again = f'<a class="button button--quiet" href="{escape(request.path)}">{reset}</a>' if request.GET else ""
    return Markup(
        f'<form class="filters no-print" method="post" action="{reverse("core:find")}" role="search"'
        f' aria-label="{spoken}">{asks_here(context)}{escape(caller())}<div class="filters-go">'
        f'<button class="button button--secondary" type="submit">{show}</button>{again}</div></form>'
    )
