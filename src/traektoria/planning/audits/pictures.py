"""Photos of an audit as its act on paper needs them."""

from typing import Final

from PIL import Image

from traektoria.core.pictures import BROKEN, as_jpeg
from traektoria.planning.audits.models import AuditFile

ON_PAPER: Final = 1000
"""Pixels of the longer side."""


def reduced(file: AuditFile) -> bytes:
    """One of ours, small; nothing where it can't be opened."""
    try:
        with file.file.open("rb") as stored, Image.open(stored) as picture:
            picture.draft("RGB", (ON_PAPER, ON_PAPER))
            small = picture.convert("RGB")
    except BROKEN:
        return b""
    small.thumbnail((ON_PAPER, ON_PAPER))
    return as_jpeg(small)
