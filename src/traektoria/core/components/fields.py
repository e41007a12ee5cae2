"""Fields of forms: label, hint, error, input. ``core.forms.HouseRenderer`` draws plain widgets here, as a list with
four filters has some forty options; rarer ones are templates of Django.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain
from typing import Any, Final

from django.forms import BoundField
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from traektoria.core.components.markup import escaped

Facts = Mapping[str, Any]
_BETWEEN: Final = "\0"
"""A sign that hardly any text of the database holds."""


def attributes(attrs: Mapping[str, Any]) -> str:
    """`` name="value"`` for each; True stands alone, False is left out."""
    parts = []
    for name, value in attrs.items():
        if value is True:
            parts.append(f" {escaped(name)}")
        elif value is not False:
            parts.append(f' {escaped(name)}="{escaped(value)}"')
    return "".join(parts)


def input_of(facts: Facts) -> Markup:
    widget = facts["widget"]
    value = widget["value"]
    said = "" if value is None else f' value="{escaped(value)}"'
    name = f'type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"'
    return Markup(f"<input {name}{said}{attributes(widget['attrs'])}>")


def textarea(facts: Facts) -> Markup:
    widget = facts["widget"]
    opening = f'<textarea name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>'
    return Markup(f"{opening}\n{escaped(widget['value'] or '')}</textarea>")


def select(facts: Facts) -> Markup:
    widget = facts["widget"]
    parts = [f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<optgroup label="{escaped(group)}">')
        parts += [
            f'<option value="{escaped(one["value"])}"{attributes(one["attrs"]) if one["attrs"] else ""}>'
            f"{escaped(one['label'])}</option>"
            for one in options
        ]
        if group:
            parts.append("</optgroup>")
    parts.append("</select>")
    return Markup("\n".join(parts))


def offered(name: str, attrs: Mapping[str, Any], pairs: Iterable[tuple[str, str]], chosen: Collection[str]) -> Markup:
    """A select of options that may be many (the schools of a district): made safe all together, not one by one."""
    told = list(chain.from_iterable(pairs))
    words = escaped(_BETWEEN.join(told)).split(_BETWEEN)
    if len(words) != len(told):  # one of them holds the sign itself
        words = [escaped(word) for word in told]
    drawn = [
        f'<option value="{value}"{" selected" if value in chosen else ""}>{label}</option>'
        for value, label in zip(words[::2], words[1::2], strict=True)
    ]
    return Markup("\n".join([f'<select name="{escaped(name)}"{attributes(attrs)}>', *drawn, "</select>"]))


def options_of(facts: Facts) -> Markup:
    """Boxes or buttons to tick, each inside its label."""
    widget = facts["widget"]
    attrs = {name: value for name, value in widget["attrs"].items() if name in ("id", "class")}
    parts = [f"<div{attributes(attrs)}>"]
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f"<div><label>{escaped(group)}</label>")
        parts += map(_ticked, options)
        if group:
            parts.append("</div>")
    parts.append("</div>")
    return Markup("\n".join(parts))


def _ticked(option: Mapping[str, Any]) -> str:
    attrs = option["attrs"]
    named = f' for="{escaped(attrs["id"])}"' if attrs.get("id") else ""
    box = f'type="{option["type"]}" name="{escaped(option["name"])}" value="{escaped(option["value"])}"'
    drawn = f"<input {box}{attributes(attrs)}>"
    return f"<div><label{named}>{drawn} {escaped(option['label'])}</label></div>"


def field_group(facts: Facts) -> Markup:
    """Label above, hint under it, the error at the field; a group of inputs stands in a fieldset."""
    field: BoundField = facts["field"]
    kind = field.widget_type
    looks = ["field", f"field--{kind}", "field--wrong" if field.errors else "", field.css_classes() or ""]
    body = "" if kind == "checkbox" else str(field)
    said = escape(field.errors) if field.errors else _chosen_before(field)
    return Markup(
        f'<div class="{escaped(" ".join(filter(None, looks)))}">\n{_head(field, kind)}\n{_hint(field)}\n'
        f"{said}\n{body}\n{'</fieldset>' if field.use_fieldset else ''}</div>"
    )


def _head(field: BoundField, kind: str) -> str:
    label = escaped(field.label)
    if field.use_fieldset:
        said = field.aria_describedby
        described = f' aria-describedby="{escaped(said)}"' if said else ""
        return f"<fieldset{described}>\n" + (f"<legend>{label}{_optional(field, kind)}</legend>" if label else "")
    if kind == "checkbox":
        return f'<div class="check">{escaped(field)}<label for="{escaped(field.id_for_label)}">{label}</label></div>'
    if not label:
        return ""
    return f'<label for="{escaped(field.id_for_label)}">{label}{_optional(field, kind)}</label>'


def _optional(field: BoundField, kind: str) -> str:
    """Nothing of a search, which is never a question, and of what may be left out today but not in the end: such a
    field says so by ``wanted``."""
    if field.field.required or kind == "search" or getattr(field.field, "wanted", False):
        return ""
    word = escaped(_("optional"))
    return f' <span class="optional">{word}</span>'


def _hint(field: BoundField) -> str:
    """Hints are ours and may hold markup."""
    if not field.help_text:
        return ""
    named = f' id="{escaped(field.auto_id)}_helptext"' if field.auto_id else ""
    return f'<div class="hint"{named}>{field.help_text}</div>'


def _chosen_before(field: BoundField) -> str:
    words = getattr(field, "chosen_before", "")
    return f'<p class="hint file-again">{escaped(words)}</p>' if words else ""


_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "search", "tel", "time", "checkbox")
DRAWN: Final[dict[str, Callable[[Facts], Markup]]] = {
    "components/field.html": field_group,
    "django/forms/widgets/select.html": select,
    "django/forms/widgets/textarea.html": textarea,
    **{f"django/forms/widgets/{name}.html": options_of for name in ("checkbox_select", "radio")},
    **{f"django/forms/widgets/{name}.html": input_of for name in _INPUTS},
}
"""Name that Django asks for → what draws it."""
