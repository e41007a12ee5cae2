"""Photos that are kept: small, and without what a camera writes into them (place, time, device)."""

import io
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from traektoria.core.errors import Invalid

LONGEST: Final = 1600
"""Pixels of the longer side."""
QUALITY: Final = 82
BROKEN: Final = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def drawn_anew(content: bytes) -> bytes:
    """A JPEG of the same picture, upright, of at most ``LONGEST`` pixels; nothing but the picture is taken over. Raises
    ``Invalid`` where it can't be opened."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST, LONGEST))
            flat = _on_white(upright)
    except BROKEN as broken:
        raise Invalid(_("The picture can't be opened. Take it once more."), code="broken_picture") from broken
    return as_jpeg(flat)


def as_jpeg(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        drawn = picture.convert("RGBA")
        sheet = Image.new("RGB", drawn.size, "white")
        sheet.paste(drawn, mask=drawn.getchannel("A"))
        return sheet
    return picture.convert("RGB")
