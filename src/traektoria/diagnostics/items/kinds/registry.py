"""All kinds of items. A kind that is missing here does not pass mypy."""

from collections.abc import Mapping
from typing import Final, assert_never

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
from traektoria.diagnostics.items.pieces.forms import KindForm
from traektoria.engines import questionbanks as q


def _kind(kind: ItemKind) -> type[Kind]:
    match kind:
        case ItemKind.SINGLE:
            return Single
        case ItemKind.MULTIPLE:
            return Multiple
        case ItemKind.SHORT:
            return Short
        case ItemKind.NUMERIC:
            return Numeric
        case ItemKind.MATCHING:
            return Matching
        case ItemKind.ORDERING:
            return Ordering
        case ItemKind.EXTENDED:
            return Extended
        case ItemKind.LIKERT:
            return Likert
        case ItemKind.CHOICE:
            return Choice
        case ItemKind.OPEN:
            return Open
        case ItemKind.LEVEL:
            return LevelMark
        case ItemKind.DESCRIPTION:
            return Description
        case _:
            assert_never(kind)


KINDS: Final[Mapping[str, type[Kind]]] = {kind: _kind(kind) for kind in ItemKind}
"""By the value of ``ItemKind``, in its order."""

FORMS: Final[Mapping[str, KindForm]] = {kind: form for kind, one in KINDS.items() if (form := one.form) is not None}
"""On which an item of the kind is written; every kind has one."""


def _of_file(kind: q.QuestionKind) -> type[Kind]:
    return next(one for one in KINDS.values() if one.file_kind is kind)


BY_FILE_KIND: Final[Mapping[q.QuestionKind, type[Kind]]] = {kind: _of_file(kind) for kind in q.QuestionKind}
"""What a question of a file becomes."""
MARKED_BY_PEOPLE: Final = tuple(kind for kind in ItemKind if KINDS[kind].marked is Marked.BY_PEOPLE)
"""For queries: items whose answers are handed out to markers."""
SCORED: Final = tuple(kind for kind in ItemKind if KINDS[kind].marked is not Marked.NOT)
SAID: Final = tuple(kind for kind in ItemKind if KINDS[kind].marked is Marked.NOT and KINDS[kind].asks)
BETWEEN: Final = tuple(kind for kind in ItemKind if not KINDS[kind].asks)
