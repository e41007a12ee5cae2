"""What an item asks: ``ItemVersion.content`` is read into one of the kinds (``items.kinds``)."""

from collections.abc import Mapping
from typing import Any

from traektoria.core.boxes import readable, sentence
from traektoria.core.errors import Conflict
from traektoria.diagnostics.items.kinds.extended import Extended
from traektoria.diagnostics.items.kinds.registry import KINDS, AnyKind
from traektoria.diagnostics.items.kinds.unreadable import UnreadableItem

Content = AnyKind | UnreadableItem


def read_content(stored: Mapping[str, Any]) -> Content:
    """Raises ``pydantic.ValidationError``, ``KeyError`` for a kind that there is not (any more)."""
    return KINDS[stored["kind"]].model_validate(stored)


def content_of(stored: Any) -> Content:
    """The content of a stored version; ``UnreadableItem`` for what is none: one such task never takes a page along."""
    found: Content | None = readable("task", lambda: read_content(stored), None)
    return UnreadableItem(text=sentence()) if found is None else found


def extended_of(stored: object) -> Extended:
    """The content of an answer that people judge. Raises ``Conflict`` for another kind: nothing can be judged then."""
    content = content_of(stored)
    if not isinstance(content, Extended):
        raise Conflict(sentence(), code="unreadable")
    return content


def editable_of(stored: object) -> Content:
    """The content to write on. Raises ``Conflict`` for what can't be read: to save it would lose what is there."""
    content = content_of(stored)
    if content.form is None:
        raise Conflict(sentence(), code="unreadable")
    return content
