"""Pieces of the form on which an item is written: the text of each, the points of what is scored, what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.items.pieces import form_fields as f
from traektoria.diagnostics.items.pieces.form_rows import Raw, Rows

Cleaned = dict[str, Any]
Lists = dict[str, list[Cleaned]]
Written = tuple[Cleaned, dict[str, list[Raw]]]
"""Simple fields and rows as they stand on the form."""
WHOLE = "100"


class AskedForm(forms.Form):
    """What every item has: its text."""

    text = f.words(
        _("Text of the task"), rows=5, hint=_("A formula stands between \\( and \\): \\(x^2 + \\frac{1}{2}\\)")
    )


class ScoredForm(AskedForm):
    max_score = f.points(_("Most points"))


@dataclass(frozen=True)
class KindForm:
    """A kind on its form: simple fields, rows, the usual values of an empty one."""

    head: type[AskedForm]
    hint: Any
    icon: str
    lists: tuple[Rows, ...] = ()
    begin: Mapping[str, Any] | None = None


def share_of(weight: str) -> str:
    """A weight as it is typed; "" for the whole."""
    return "" if weight == WHOLE else f.written_percent(weight)
