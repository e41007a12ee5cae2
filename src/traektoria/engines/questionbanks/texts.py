"""The text of a file of questions, decoded as all rooms do it."""

from __future__ import annotations

from traektoria.engines.questionbanks.errors import UnreadableBank
from traektoria.engines.tables import encodings, errors


def decode(content: bytes) -> tuple[str, str]:
    """The text without its BOM, and the name of its encoding. Raises Unreadable("not_text")."""
    try:
        return encodings.decode(content)
    except errors.Unreadable as error:
        raise UnreadableBank("not_text") from error
