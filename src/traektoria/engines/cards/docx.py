"""The card as DOCX by python-docx: real styles and fields, so that an office can go on editing it in Word or R7.

No template file is kept: the document is built by this code, and equal cards give equal bytes.
"""

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell, _Row

from traektoria.engines.papers.typography import soft_hyphenated
from traektoria.engines.papers.wordfile import (
    describe,
    file_bytes,
    grid,
    hyphenate,
    keep_whole,
    page_of_pages,
    repeat_on_each_page,
    right_stop,
    roomy,
    set_widths,
    style,
    write,
)

from .model import RouteCard
from .sheet import Section, Sheet, Signing, Table, sheet_of

_BODY = Pt(12)
_TABLE = Pt(10)
_PAGE = (Mm(297), Mm(210))
_LEFT, _RIGHT, _TOP, _BOTTOM = Mm(20), Mm(12), Mm(13), Mm(15)
_WIDTH = _PAGE[0] - _LEFT - _RIGHT


def render_docx(card: RouteCard) -> bytes:
    """The card as an editable document. Raises ``ValueError`` for a card without teachers."""
    sheet = sheet_of(card)
    document = Document()
    _prepare(document, sheet, card)
    _footer(document, sheet)
    _top(document, sheet)
    _title(document, sheet)
    _passport(document, sheet)
    for section in sheet.sections:
        _section(document, section)
    _signatures(document, sheet)
    return file_bytes(document)


def _prepare(document: DocumentObject, sheet: Sheet, card: RouteCard) -> None:
    """Page, styles, language and properties."""
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, *_PAGE
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = _LEFT, _RIGHT, _TOP, _BOTTOM
    page.header_distance = page.footer_distance = Mm(8)
    style(document, "Normal", _BODY, bold=False)
    style(document, "Title", Pt(14), bold=True)
    style(document, "Heading 1", _BODY, bold=True, before=8, after=4)
    hyphenate(document)
    author = (sheet.issuer or ("",))[0]
    describe(document, title=sheet.document_title, author=author, day=card.version_date)


def _top(document: DocumentObject, sheet: Sheet) -> None:
    """The issuer on the left, the head's stamp on the right; above them the mark of a draft."""
    if sheet.draft:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(paragraph, sheet.draft, bold=True, size=Pt(14))
    table = document.add_table(rows=1, cols=2)
    set_widths(table, (0.62, 0.38), _WIDTH)
    left, right = table.rows[0].cells
    write(left.paragraphs[0], "\n".join(sheet.issuer))
    lines = [line for signing in sheet.stamps for line in _stamp(sheet, signing)]
    for index, (text, bold) in enumerate(lines):
        paragraph = right.paragraphs[0] if index == 0 else right.add_paragraph()
        write(paragraph, text, bold=bold)


def _stamp(sheet: Sheet, signing: Signing) -> list[tuple[str, bool]]:
    return [
        (sheet.stamp_title, True),
        (signing.position or signing.party, False),
        (f"{sheet.signature_line} {signing.name}", False),
        (signing.agreed, False),
    ]


def _title(document: DocumentObject, sheet: Sheet) -> None:
    for index, line in enumerate(sheet.title):
        paragraph = document.add_paragraph(style="Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(0 if index else 6)
        write(paragraph, line)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    write(paragraph, sheet.version)


def _passport(document: DocumentObject, sheet: Sheet) -> None:
    table = grid(document, len(sheet.passport), (0.24, 0.76), _WIDTH)
    for row, (label, value) in zip(table.rows, sheet.passport, strict=True):
        left, right = row.cells
        write(roomy(left), label, bold=True, size=Pt(11))
        write(roomy(right), value, size=Pt(11))


def _section(document: DocumentObject, section: Section) -> None:
    write(document.add_paragraph(style="Heading 1"), section.title)
    for number, text in enumerate(section.paragraphs, start=1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        write(paragraph, f"{number}. {text}" if section.numbered else text)
    if section.table:
        _table(document, section.table)


def _table(document: DocumentObject, data: Table) -> None:
    table = grid(document, len(data.rows) + 1, data.widths, _WIDTH)
    rows = list(table.rows)
    repeat_on_each_page(rows[0])
    _fill(rows[0], data.head, whole=True, head=True)
    for row, line in zip(rows[1:], data.rows, strict=True):
        _fill(row, line.cells, whole=line.whole)


def _fill(row: _Row, texts: tuple[str, ...], *, whole: bool, head: bool = False) -> None:
    if whole:
        keep_whole(row)
    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = roomy(cell)
        if head or index == 0:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, text if head else soft_hyphenated(text), bold=head, size=_TABLE)


def _signatures(document: DocumentObject, sheet: Sheet) -> None:
    write(document.add_paragraph(style="Heading 1"), sheet.signatures_title)
    if not sheet.signatures:
        return
    table = document.add_table(rows=len(sheet.signatures), cols=5)
    set_widths(table, (0.1, 0.27, 0.2, 0.19, 0.24), _WIDTH)
    for row, signing in zip(table.rows, sheet.signatures, strict=True):
        keep_whole(row)
        line = f"{sheet.signature_line}\n{sheet.signature_hint}"
        texts = (signing.party, signing.position, line, signing.name, signing.agreed)
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _signature_cell(cell, text, bold=index == 0, centred=index == 2)


def _signature_cell(cell: _Cell, text: str, *, bold: bool, centred: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, bold=bold, size=Pt(11))


def _footer(document: DocumentObject, sheet: Sheet) -> None:
    """The verification on the left and «Страница 1 из 2» on the right, on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    right_stop(document, paragraph, _WIDTH)
    page_of_pages(paragraph, f"{sheet.verification}\t{sheet.page} ", f" {sheet.of} ")
