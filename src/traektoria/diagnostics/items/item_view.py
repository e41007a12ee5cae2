"""One item as a person sees it, and what a plain form brings back. No request, no database.

    asked = ask(content, prefix="i12", seed=7, value={"choice": 0}, pictures=…)
    {% include asked.template %}                                   fields named i12-choice, i12-text, i12-pair-0 …
    value = answers.clean(content, from_post(content, request.POST, "i12"))

The fields work without a script; ``static/traektoria/sitting.js`` reads the same ones by ``data-kind``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.diagnostics.items.markup import Pictures
from traektoria.diagnostics.items.pieces.answers import Value
from traektoria.diagnostics.items.pieces.view import PieceRow, ShownChoice, Texts


@dataclass(frozen=True)
class Asked:
    """What ``template`` shows. ``choices`` and ``rows`` stand in the order in which this person sees them."""

    prefix: str
    kind: str
    content: Kind
    html: SafeString
    value: Mapping[str, Any]
    choices: tuple[ShownChoice, ...] = ()
    rows: tuple[PieceRow, ...] = ()
    ranks: tuple[int, ...] = ()
    disabled: bool = False

    @property
    def template(self) -> str:
        return f"diagnostics/item/{self.kind}.html"

    @property
    def on_paper(self) -> str:
        """The template of the same on paper."""
        return f"diagnostics/item/paper/{self.kind}.html"

    @property
    def many(self) -> bool:
        """Several may be ticked."""
        return self.content.ticks_many

    @property
    def answered(self) -> bool:
        return bool(self.value)


def ask(
    content: Kind,
    *,
    prefix: str,
    seed: int = 0,
    value: Value | None = None,
    pictures: Pictures | None = None,
    disabled: bool = False,
) -> Asked:
    """The item for one person. ``seed`` orders what is chosen from; ``pictures``: name in the texts → address."""
    given = value or {}
    texts = Texts(content.text_format, pictures or {})
    shown = content.fields(content.shown_order(seed), given, texts)
    html = texts.html(content.text)
    return Asked(prefix, content.kind, content, html, given, shown.choices, shown.rows, shown.ranks, disabled)


def from_post(content: Kind, data: QueryDict, prefix: str) -> Value:
    """The raw answer of a plain form, for ``items.answers.clean``."""
    return content.from_post(data, prefix)
