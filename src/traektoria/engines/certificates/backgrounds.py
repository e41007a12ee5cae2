"""A background that a centre sends, drawn anew as one picture of A4 landscape: nothing of the file but its look stays.

Pillow and pdfium work in the process of papers.
"""

import io
from typing import Final

WIDE, HIGH = 2480, 1754
"""A4 landscape at 210 points an inch."""
SIDES: Final = WIDE / HIGH
SLACK: Final = 0.04
"""So much the sides may differ from those of the sheet: it is cropped, never stretched."""
LEAST_WIDTH: Final = 1200
"""A narrower picture would be printed in steps."""
QUALITY: Final = 88


class NoBackground(Exception):
    """``code`` says what is wrong: broken, shape, small, pages."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __reduce__(self) -> tuple[type["NoBackground"], tuple[str]]:
        """It is raised in the process of papers and told in another one."""
        return NoBackground, (self.code,)


def drawn_anew(content: bytes, kind: str) -> bytes:
    """JPEG of ``WIDE`` by ``HIGH`` from a PNG, a JPEG or a PDF of one page. Raises ``NoBackground``."""
    from PIL import Image, ImageOps

    try:
        picture = _page(content) if kind == "pdf" else Image.open(io.BytesIO(content))
        picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except NoBackground:
        raise
    except Exception as broken:
        raise NoBackground("broken") from broken
    wide, high = picture.size
    if abs(wide / high / SIDES - 1) > SLACK:
        raise NoBackground("shape")
    if wide < LEAST_WIDTH:
        raise NoBackground("small")
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A"))
    target = io.BytesIO()
    ImageOps.fit(sheet, (WIDE, HIGH)).save(target, "JPEG", quality=QUALITY, optimize=True)
    return target.getvalue()


def _page(content: bytes):  # type: ignore[no-untyped-def]
    """The only page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if len(document) != 1:
        raise NoBackground("pages")
    page = document[0]
    if not page.get_height() or abs(page.get_width() / page.get_height() / SIDES - 1) > SLACK:
        raise NoBackground("shape")  # before it is drawn: a strip of a page would be drawn into gigabytes
    return page.render(scale=WIDE / page.get_width()).to_pil()
