"""What an item asks: ``ItemVersion.content`` is read into one of the kinds (``items.kinds``).

Questions that are right or wrong are read, scored and written by ``engines.questionbanks``; ``items.questions`` turns
one into the other.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter

from traektoria.core.boxes import readable, sentence
from traektoria.core.errors import Conflict
from traektoria.diagnostics.items.kinds.choice import Choice
from traektoria.diagnostics.items.kinds.description import Description
from traektoria.diagnostics.items.kinds.extended import Extended
from traektoria.diagnostics.items.kinds.level import LevelMark
from traektoria.diagnostics.items.kinds.likert import Likert
from traektoria.diagnostics.items.kinds.matching import Matching
from traektoria.diagnostics.items.kinds.multiple import Multiple
from traektoria.diagnostics.items.kinds.numeric import Numeric
from traektoria.diagnostics.items.kinds.open import Open
from traektoria.diagnostics.items.kinds.ordering import Ordering
from traektoria.diagnostics.items.kinds.short import Short
from traektoria.diagnostics.items.kinds.single import Single
from traektoria.diagnostics.items.kinds.unreadable import UnreadableItem
from traektoria.diagnostics.items.pieces.content import (
    ANY_NUMBER,
    Accepted,
    Criterion,
    Line,
    Option,
    Pair,
    Part,
    Range,
    is_any_number,
)

__all__ = [
    "ANY_NUMBER",
    "Accepted",
    "Choice",
    "Content",
    "Criterion",
    "Description",
    "Extended",
    "LevelMark",
    "Likert",
    "Line",
    "Matching",
    "Multiple",
    "Numeric",
    "Open",
    "Option",
    "Ordering",
    "Pair",
    "Part",
    "Range",
    "Short",
    "Single",
    "UnreadableItem",
    "content_adapter",
    "content_of",
    "editable_of",
    "extended_of",
    "is_any_number",
]

Content = Annotated[
    Single
    | Multiple
    | Short
    | Numeric
    | Matching
    | Ordering
    | Extended
    | Likert
    | Choice
    | Open
    | LevelMark
    | Description
    | UnreadableItem,
    Field(discriminator="kind"),
]


content_adapter: TypeAdapter[Content] = TypeAdapter(Content)
"""Reads ``ItemVersion.content``: ``content_adapter.validate_python(version.content)``."""


def content_of(stored: object) -> Content:
    """The content of a stored version; ``UnreadableItem`` for what is none: one such task never takes a page along."""
    found: Content | None = readable("task", lambda: content_adapter.validate_python(stored), None)
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
