"""Parts of an official paper in DOCX that are signed: stamps of approval, signatures, the list of the acquainted."""

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell

from .labels import SIGNATURE_LINE
from .model import Stamp
from .sheet import Sheet
from .wordfile import keep_whole, plain_grid, write

_SIDES = (0.53, 0.47)
_SIGNATURE = (0.44, 0.26, 0.3)
_ACQUAINTED = (0.28, 0.22, 0.22, 0.28)
_LINE = SIGNATURE_LINE
_NOTE = Pt(9.5)


def place_stamps(document: DocumentObject, sheet: Sheet) -> None:
    """One stamp stands on the right, two stand side by side."""
    places: tuple[Stamp | None, ...] = (None, *sheet.stamps) if len(sheet.stamps) % 2 else sheet.stamps
    if not places:
        return
    table = plain_grid(document, len(places) // 2, _SIDES, Mm(sheet.width))
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
    rows = [(one.position, _LINE, one.name, one.note) for one in sheet.signatures]
    _signing_table(document, sheet, rows, _SIGNATURE)


def place_acquainted(document: DocumentObject, sheet: Sheet) -> None:
    """Who has read the paper, with places for the date."""
    if not sheet.acquainted:
        return
    title = document.add_paragraph()
    title.paragraph_format.space_before, title.paragraph_format.keep_with_next = Pt(18), True
    write(title, sheet.acquainted_title)
    rows = [(one.position, _LINE, one.name, sheet.blank_date, one.note) for one in sheet.acquainted]
    _signing_table(document, sheet, rows, _ACQUAINTED, size=Pt(11))


def _signing_table(
    document: DocumentObject,
    sheet: Sheet,
    rows: list[tuple[str, ...]],
    shares: tuple[float, ...],
    size: Pt | None = None,
) -> None:
    """A line for each; the last text of a row is the note under its first cell."""
    table = plain_grid(document, len(rows), shares, Mm(sheet.width))
    for row, (*texts, note) in zip(table.rows, rows, strict=True):
        keep_whole(row)
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = Pt(14)
            paragraph.paragraph_format.keep_with_next = row is not table.rows[-1]
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
            write(paragraph, text, size=size)
        if note:
            _note(row.cells[0], note)


def _note(cell: _Cell, note: str) -> None:
    write(cell.add_paragraph(), note, size=_NOTE)
