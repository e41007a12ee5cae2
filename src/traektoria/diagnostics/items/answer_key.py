"""The key of an item for its author: what is right and for which share of the points, line by line."""

from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.diagnostics.items.markup import Pictures
from traektoria.diagnostics.items.pieces.key import KeyLine, KeyTexts


def key_of(content: Kind, pictures: Pictures) -> list[KeyLine]:
    """Lines of the key; [] for what is neither right nor wrong."""
    return list(content.key_lines(KeyTexts(content.text_format, pictures)))
