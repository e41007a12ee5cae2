"""Parts of an official paper in DOCX that are signed: stamps of approval, signatures, the list of the acquainted."""

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from .model import Signature, Stamp
from .sheet import Sheet
from .wordfile import keep_whole, plain_grid, write

_STAMPS = (0.53, 0.47)
#: Shares of the width: position, line, name; and for the acquainted the date.
_SIGNATURE = (0.44, 0.26, 0.3)
_ACQUAINTED = (0.28, 0.17, 0.24, 0.31)
_SMALLER, _NOTE = Pt(11), Pt(9.5)
#: Millimetres: an underscore of 12 points, and the margins of a cell.
_UNDERSCORE, _MARGINS = 2.15, 4


def place_stamps(document: DocumentObject, sheet: Sheet) -> None:
    """One stamp stands on the right, two stand side by side."""
    places: tuple[Stamp | None, ...] = (None, *sheet.stamps) if len(sheet.stamps) % 2 else sheet.stamps
    if not places:
        return
    table = plain_grid(document, len(places) // 2, _STAMPS, Mm(sheet.width))
    cells = (cell for row in table.rows for cell in row.cells)
    for cell, stamp in zip(cells, places, strict=True):
        if stamp:
            _stamp(cell, stamp)


def _stamp(cell: _Cell, stamp: Stamp) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = Pt(8)
    write(paragraph, stamp.title)
    for line in stamp.lines:
        write(cell.add_paragraph(), line)


def place_signatures(document: DocumentObject, sheet: Sheet) -> None:
    """«Директор ______ Иванова М. П.», kept together on a page."""
    if not sheet.signatures:
        return
    rows = list(plain_grid(document, len(sheet.signatures), _SIGNATURE, Mm(sheet.width)).rows)
    line = _line(sheet, _SIGNATURE[1])
    for row, one in zip(rows, sheet.signatures, strict=True):
        for paragraph, text in zip(_bottoms(row), (one.position, line, one.name), strict=True):
            paragraph.paragraph_format.keep_with_next = row is not rows[-1]
            write(paragraph, text)
        row.cells[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _note(row, one)


def place_acquainted(document: DocumentObject, sheet: Sheet) -> None:
    """Who has read the paper, with places for the date."""
    if not sheet.acquainted:
        return
    title = document.add_paragraph()
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(18), True
    write(title, sheet.acquainted_title)
    table = plain_grid(document, len(sheet.acquainted), _ACQUAINTED, Mm(sheet.width))
    line = _line(sheet, _ACQUAINTED[1])
    for row, one in zip(table.rows, sheet.acquainted, strict=True):
        texts = (one.position, line, one.name, sheet.blank_date)
        for paragraph, text in zip(_bottoms(row), texts, strict=True):
            write(paragraph, text, size=_SMALLER)
        _note(row, one)


def _line(sheet: Sheet, share: float) -> str:
    """Underscores as wide as their cell."""
    return "_" * int((sheet.width * share - _MARGINS) / _UNDERSCORE)


def _bottoms(row: _Row) -> list[WordParagraph]:
    """Where the texts of a row are written: on one line at its foot."""
    keep_whole(row)
    for cell in row.cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        cell.paragraphs[0].paragraph_format.space_before = Pt(14)
    return [cell.paragraphs[0] for cell in row.cells]


def _note(row: _Row, one: Signature) -> None:
    if one.note:
        write(row.cells[0].add_paragraph(), one.note, size=_NOTE)
