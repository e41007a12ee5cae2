"""All kinds of items. A kind is its module, its name in ``items.enums`` and its line in ``AnyKind``: what is named
without being there does not start."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from traektoria.diagnostics.items.enums import ItemKind
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
from traektoria.diagnostics.items.kinds.protocol import Kind, Marked
from traektoria.diagnostics.items.kinds.short import Short
from traektoria.diagnostics.items.kinds.single import Single
from traektoria.diagnostics.items.kinds.unreadable import UnreadableItem
from traektoria.diagnostics.items.pieces.content import ItemField
from traektoria.diagnostics.items.pieces.forms import KindForm
from traektoria.engines import questionbanks as q

AnyKind = (
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
)
"""Whoever tells kinds apart ends in ``assert_never``: mypy finds where a new one is forgotten."""
_BY_NAME: Mapping[str, type[AnyKind]] = {one.model_fields["kind"].default: one for one in get_args(AnyKind)}
KINDS: Final[Mapping[str, type[AnyKind]]] = {kind: _BY_NAME[kind] for kind in ItemKind}
"""By the value of ``ItemKind``, in its order."""

FORMS: Final[Mapping[str, KindForm]] = {kind: form for kind, one in KINDS.items() if (form := one.form) is not None}
"""On which an item of the kind is written; every kind has one."""


def fields_of(content: Mapping[str, Any]) -> Mapping[str, ItemField]:
    """Of stored content; those of all kinds where its own is none (any more)."""
    return KINDS.get(str(content.get("kind")), UnreadableItem).named


def _of_file(kind: q.QuestionKind) -> type[Kind]:
    return next(one for one in KINDS.values() if one.file_kind is kind)


BY_FILE_KIND: Final[Mapping[q.QuestionKind, type[Kind]]] = {kind: _of_file(kind) for kind in q.QuestionKind}
"""What a question of a file becomes."""
MARKED_BY_PEOPLE: Final = tuple(kind for kind in ItemKind if KINDS[kind].marked is Marked.BY_PEOPLE)
"""For queries: items whose answers are handed out to markers."""
SCORED: Final = tuple(kind for kind in ItemKind if KINDS[kind].marked is not Marked.NOT)
SAID: Final = tuple(kind for kind in ItemKind if KINDS[kind].marked is Marked.NOT and KINDS[kind].asks)
BETWEEN: Final = tuple(kind for kind in ItemKind if not KINDS[kind].asks)
