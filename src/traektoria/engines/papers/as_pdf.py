"""The paper as PDF/A-2b by Typst."""

from pathlib import Path
from typing import Any

from . import sheet as measures
from .model import Block, Facts, Paper, Pictures, Table
from .sheet import Sheet, label_width, sheet_of, stays_whole
from .typesetting import typeset

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF/A-2b file; its time is noon of the paper's day, so equal papers give equal bytes."""
    content, pictures = content_of(paper)
    return typeset(_TEMPLATE, content, paper.day, pictures)


def content_of(paper: Paper) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the template draws, and the photos by the names under which it finds them."""
    sheet = sheet_of(paper)
    left = measures.LEFT_LANDSCAPE if sheet.landscape else measures.LEFT
    margins = {"left": left, "right": measures.RIGHT, "top": measures.TOP, "bottom": measures.BOTTOM}
    pictures: dict[str, bytes] = {}
    parts = {name: tuple(map(vars, getattr(sheet, name))) for name in ("stamps", "signatures", "acquainted")}
    blocks = [_drawn(block, sheet, pictures) for block in sheet.blocks]
    return {**vars(sheet), **parts, "blocks": blocks, "margins": margins, "first_line": measures.FIRST_LINE}, pictures


def _drawn(block: Block, sheet: Sheet, pictures: dict[str, bytes]) -> dict[str, Any]:
    """The block with its name and the measures that its drawing needs; photos are put into ``pictures`` by name."""
    if isinstance(block, Pictures):
        names = [f"picture{len(pictures) + place}.jpg" for place in range(len(block.items))]
        pictures.update((name, one.content) for name, one in zip(names, block.items, strict=True))
        items = [{"name": name, "caption": one.caption} for name, one in zip(names, block.items, strict=True)]
        return {"block": "Pictures", "items": items}
    drawn = {"block": type(block).__name__, **vars(block)}
    if isinstance(block, Facts):
        drawn["label_width"] = label_width(block, sheet.width)
    if isinstance(block, Table):
        drawn["whole"] = [stays_whole(block, row, sheet.width) for row in block.rows]
    return drawn
