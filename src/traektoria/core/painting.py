"""Plain widgets and field groups written in Python: what ``components/field.html`` and Django's widget templates say.

A list with four filters draws some forty options, each a template with another one inside; written here the same HTML
costs a tenth. ``core.forms.HouseRenderer`` asks here first and falls back to the templates for everything else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

NOTHING = mark_safe("")


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """`` name="value"`` for each; True stands alone, False is left out."""
    parts = []
    for name, value in attrs.items():
        if value is True:
            parts.append(f" {conditional_escape(name)}")
        elif value is not False:
            parts.append(f' {conditional_escape(name)}="{conditional_escape(value)}"')
    return mark_safe("".join(parts))


def paint_input(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    value = widget["value"]
    said = NOTHING if value is None else format_html(' value="{}"', value)
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], said, attributes(widget["attrs"])
    )


def paint_textarea(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget["attrs"]), widget["value"] or ""
    )


def paint_select(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    parts = [f'<select name="{conditional_escape(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{conditional_escape(group)}">')
        parts += map(_option, options)
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return mark_safe("\n".join(parts))


def _option(option: Mapping[str, Any]) -> str:
    value, label = conditional_escape(option["value"]), conditional_escape(option["label"])
    return f'<option value="{value}"{attributes(option["attrs"])}>{label}</option>'


def paint_field(context: Mapping[str, Any]) -> SafeString:
    """Label above, hint under it, the error at the field; a group of inputs stands in a fieldset."""
    field: BoundField = context["field"]
    kind = field.widget_type
    classes = ["field", f"field--{kind}", "field--wrong" if field.errors else "", field.css_classes() or ""]
    return format_html(
        '<div class="{}">\n{}\n{}\n{}\n{}</div>',
        " ".join(filter(None, classes)),
        _head(field, kind),
        _hint(field),
        field.errors or _chosen_before(field),
        _body(field, kind),
    )


def _head(field: BoundField, kind: str) -> SafeString:
    if field.use_fieldset:
        said = field.aria_describedby
        described = format_html(' aria-describedby="{}"', said) if said else NOTHING
        legend = format_html("<legend>{}{}</legend>", field.label, _optional(field)) if field.label else NOTHING
        return format_html("<fieldset{}>\n{}", described, legend)
    if kind == "checkbox":
        return format_html(
            '<div class="check">{}<label for="{}">{}</label></div>', field, field.id_for_label, field.label
        )
    if not field.label:
        return NOTHING
    return format_html('<label for="{}">{}{}</label>', field.id_for_label, field.label, _optional(field))


def _optional(field: BoundField) -> SafeString:
    if field.field.required or field.widget_type == "search":  # a search is never a question
        return NOTHING
    return format_html(' <span class="optional">{}</span>', _("optional"))


def _hint(field: BoundField) -> SafeString:
    if not field.help_text:
        return NOTHING
    named = format_html(' id="{}_helptext"', field.auto_id) if field.auto_id else NOTHING
    return format_html('<div class="hint"{}>{}</div>', named, mark_safe(str(field.help_text)))


def _chosen_before(field: BoundField) -> SafeString:
    words = getattr(field, "chosen_before", "")
    return format_html('<p class="hint file-again">{}</p>', words) if words else NOTHING


def _body(field: BoundField, kind: str) -> SafeString:
    drawn = NOTHING if kind == "checkbox" else field
    return format_html("{}\n</fieldset>\n" if field.use_fieldset else "{}\n", drawn)


_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "search", "tel", "time", "checkbox")
PAINTERS: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    "components/field.html": paint_field,
    "django/forms/widgets/select.html": paint_select,
    "django/forms/widgets/textarea.html": paint_textarea,
    **{f"django/forms/widgets/{name}.html": paint_input for name in _INPUTS},
}
"""Template name → what draws it."""
