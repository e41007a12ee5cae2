"""An item in a line of a list: what it asks and what is right, as bare words."""

from dataclasses import dataclass
from typing import Final

from traektoria.core.text import search_key
from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.diagnostics.items.pieces.key import bare

TEXT: Final = 300
KEY: Final = 160
_SHOWN: Final = 8


@dataclass(frozen=True)
class ListLine:
    """``key`` is empty for what is neither right nor wrong."""

    text: str
    key: str


def line_of(content: Kind) -> ListLine:
    """«Столица России?», key «Москва»; long ones are cut."""
    keys = list(content.key_words())
    said = "; ".join(keys[:_SHOWN]) + ("; …" if len(keys) > _SHOWN else "")
    return ListLine(_cut(bare(content.text, content.text_format), TEXT), _cut(said, KEY))


def own_name(name: str, text: str) -> str:
    """The name of an item where it says more than its text: «Q18», but not the beginning of the question."""
    return "" if search_key(text).startswith(search_key(name).rstrip("…")) else name


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
