"""What one version of an item changes in another, field by field, for the author's eye."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from traektoria.core.figures import shortest
from traektoria.diagnostics.bank.models import ItemVersion
from traektoria.diagnostics.items.kinds.registry import fields_of

LONGEST = 4_000
"""Longer texts are compared as a whole: the difference word by word takes quadratic time."""


@dataclass(frozen=True)
class ChangedField:
    """A changed field with its words: what went is struck out, what came is underlined."""

    label: str
    html: SafeString


def difference(old: ItemVersion, new: ItemVersion) -> list[ChangedField]:
    """The changes in the order of the content; [] for the same."""
    return list(_changes(old, new))


def _changes(old: ItemVersion, new: ItemVersion) -> Iterator[ChangedField]:
    if old.max_score != new.max_score:
        yield ChangedField(_("Most points"), marked(shortest(old.max_score), shortest(new.max_score)))
    fields = {**fields_of(old.content), **fields_of(new.content)}
    for name, field in fields.items():
        before, after = _said(old.content.get(name)), _said(new.content.get(name))
        if before != after:
            yield ChangedField(str(field.label), marked(before, after))


def _said(value: Any) -> str:
    """A value of the content as lines of text."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(map(_row, value))
    return "" if value is None else str(value)


def _row(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    parts = [_part(name, held) for name, held in value.items()]
    return " · ".join(part for part in parts if part)


def _part(name: str, held: Any) -> str:
    if isinstance(held, list):
        return " / ".join(map(str, held))
    if name == "weight":
        return "" if held == "0" else f"{held} %"
    return str(held)


def marked(before: str, after: str) -> SafeString:
    """One text with what went and what came in it, word by word."""
    if len(before) > LONGEST or len(after) > LONGEST:
        return mark_safe(_went(before) + _came(after))
    old, new = _words(before), _words(after)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        parts.append(_html(gone) if kind == "equal" else _went(gone) + _came(come))
    return mark_safe("".join(parts))


def _words(text: str) -> list[str]:
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        words += [word if word.endswith("\n") else f"{word} " for word in line.split(" ")]
    return words


def _html(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")


def _went(text: str) -> str:
    return f"<del>{_html(text)}</del> " if text.strip() else ""


def _came(text: str) -> str:
    return f"<ins>{_html(text)}</ins> " if text.strip() else ""
