"""The paper as DOCX by python-docx: real styles, lists and fields, so that an office can go on editing it."""

import io
from collections.abc import Sequence
from typing import assert_never

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from . import labels
from . import sheet as measures
from .model import Block, Bullets, Facts, Heading, Paper, Paragraph, Picture, Pictures, Table
from .sheet import Sheet, label_width, sheet_of, stays_whole
from .typography import soft_hyphenated
from .wordfile import (
    CLAUSE,
    SMALL,
    TABLE_TEXT,
    describe,
    file_bytes,
    grid,
    hyphenate,
    keep_whole,
    list_marker,
    new_style,
    page_of_pages,
    plain_grid,
    repeat_on_each_page,
    right_stop,
    roomy,
    space,
    style,
    write,
)
from .wordparts import place_acquainted, place_signatures, place_stamps

_BODY = Pt(12)
_FIRST_LINE = Mm(measures.FIRST_LINE)
_TALLEST = Mm(75)
#: Name, size, bold, and points before and after.
_STYLES = (
    ("Normal", _BODY, False, 0, 0),
    ("Title", Pt(14), True, 0, 0),
    ("Heading 1", _BODY, True, 12, 6),
    ("Heading 2", _BODY, True, 8, 4),
    ("Body Text", _BODY, False, 0, 3),
    (CLAUSE, _BODY, False, 0, 3),
    ("List Bullet", _BODY, False, 0, 2),
    (TABLE_TEXT, Pt(10), False, 0, 0),
)
_ACROSS = (WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT)


def docx(paper: Paper) -> bytes:
    """The paper as an editable document; equal papers give equal bytes."""
    sheet = sheet_of(paper)
    document = Document()
    _page(document, sheet)
    _styles(document, sheet)
    describe(document, title=sheet.document_title, author=sheet.author, day=paper.day)
    _footer(document, sheet)
    _head(document, sheet)
    for block in sheet.blocks:
        _block(document, sheet, block)
    _keep_with_signatures(document, sheet)
    place_signatures(document, sheet)
    place_acquainted(document, sheet)
    return file_bytes(document)


def _page(document: DocumentObject, sheet: Sheet) -> None:
    page, a4 = document.sections[0], (Mm(210), Mm(297))
    if sheet.landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = reversed(a4) if sheet.landscape else a4
    page.left_margin = Mm(measures.LEFT_LANDSCAPE if sheet.landscape else measures.LEFT)
    page.right_margin, page.top_margin, page.bottom_margin = Mm(measures.RIGHT), Mm(measures.TOP), Mm(measures.BOTTOM)
    page.header_distance = page.footer_distance = Mm(8)


def _styles(document: DocumentObject, sheet: Sheet) -> None:
    """The styles of the office: one change in Word changes every clause."""
    new_style(document, CLAUSE)
    new_style(document, TABLE_TEXT)
    for name, size, bold, before, after in _STYLES:
        style(document, name, size, bold=bold, before=before, after=after)
    body, clause = document.styles["Body Text"].paragraph_format, document.styles[CLAUSE].paragraph_format
    body.first_line_indent, body.alignment, body.line_spacing = _FIRST_LINE, WD_ALIGN_PARAGRAPH.JUSTIFY, 1.1
    clause.left_indent, clause.first_line_indent = Mm(sheet.number_width), -Mm(sheet.number_width)
    clause.alignment, clause.line_spacing = WD_ALIGN_PARAGRAPH.JUSTIFY, 1.1
    dashes = document.styles["List Bullet"].paragraph_format
    dashes.left_indent, dashes.first_line_indent = Mm(sheet.number_width + 5), -Mm(5)
    dashes.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name in ("Title", "Heading 1"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    list_marker(document, "List Bullet", sheet.bullet)
    hyphenate(document)


def _footer(document: DocumentObject, sheet: Sheet) -> None:
    """The verification on the left and «стр. 1 из 2» on the right, on every page."""
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]
    right_stop(document, paragraph, Mm(sheet.width))
    page_of_pages(paragraph, f"{''.join(sheet.verification[:1])}\t{sheet.page} ", f" {sheet.of} ")
    for said in sheet.verification[1:]:
        write(footer.add_paragraph(style="Footer"), said, size=SMALL)


def _head(document: DocumentObject, sheet: Sheet) -> None:
    if sheet.draft:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write(paragraph, sheet.draft, bold=True, size=Pt(14))
    for said in sheet.issuer:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, said)
    place_stamps(document, sheet)
    for index, said in enumerate(sheet.title):
        paragraph = document.add_paragraph(style="Title")
        paragraph.paragraph_format.space_before = Pt(0 if index else 10)
        write(paragraph, said, size=None if index == 0 else Pt(13))
    _line(document, sheet)
    _subject(document, sheet)


def _line(document: DocumentObject, sheet: Sheet) -> None:
    """Date left, place in the middle, number right; or the edition in the middle."""
    if len(sheet.line) == 1:
        paragraph = document.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(6)
        write(paragraph, sheet.line[0])
    if len(sheet.line) <= 1:
        return
    row = plain_grid(document, 1, (0.33, 0.34, 0.33), Mm(sheet.width)).rows[0]
    for cell, said, alignment in zip(row.cells, sheet.line, _ACROSS, strict=True):
        paragraph = roomy(cell)
        paragraph.alignment = alignment
        write(paragraph, said)


def _subject(document: DocumentObject, sheet: Sheet) -> None:
    if sheet.subject:
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before, form.space_after, form.right_indent = Pt(8), Pt(8), Mm(sheet.width * 0.4)
        write(paragraph, sheet.subject)


def _block(document: DocumentObject, sheet: Sheet, block: Block) -> None:
    match block:
        case Facts():
            _facts(document, sheet, block)
        case Heading(text, level):
            write(document.add_paragraph(style=f"Heading {level}"), text)
        case Paragraph():
            _paragraph(document, sheet, block)
        case Bullets(items):
            for item in items:
                write(document.add_paragraph(style="List Bullet"), item)
        case Table():
            _table(document, sheet, block)
        case Pictures(items):
            _pictures(document, sheet, items)
        case _:
            assert_never(block)


def _facts(document: DocumentObject, sheet: Sheet, facts: Facts) -> None:
    share = label_width(facts, sheet.width) / sheet.width
    drawn = grid if facts.ruled else plain_grid
    table = drawn(document, len(facts.rows), (share, 1 - share), Mm(sheet.width))
    for row, texts in zip(table.rows, facts.rows, strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            write(roomy(cell), text, bold=True if facts.ruled and place == 0 else None)


def _paragraph(document: DocumentObject, sheet: Sheet, said: Paragraph) -> None:
    """Each line is a paragraph of its own, for Word would stretch a justified line before a break."""
    for index, line in enumerate(said.text.split("\n")):
        paragraph = document.add_paragraph(style=CLAUSE if said.number else "Body Text")
        form = paragraph.paragraph_format
        if said.indent:
            form.left_indent = Mm((said.indent + bool(said.number)) * sheet.number_width)
        if (said.indent and not said.number) or (said.number and index):
            form.first_line_indent = 0
        write(paragraph, f"{said.number}\t{line}" if said.number and index == 0 else line)


def _table(document: DocumentObject, sheet: Sheet, data: Table) -> None:
    table = grid(document, len(data.rows) + 1, data.widths, Mm(sheet.width))
    numbers = data.head[0] == labels.NUMBER_HEAD
    rows = list(table.rows)
    repeat_on_each_page(rows[0])
    for row, texts in zip(rows, (data.head, *data.rows), strict=True):
        head = row is rows[0]
        if head or stays_whole(data, texts, sheet.width):
            keep_whole(row)
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            paragraph = roomy(cell)
            paragraph.style = TABLE_TEXT
            if head or (numbers and index == 0):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, text if head else soft_hyphenated(text), bold=True if head else None)
    space(document, Pt(6))


def _pictures(document: DocumentObject, sheet: Sheet, items: Sequence[Picture]) -> None:
    table = plain_grid(document, -(-len(items) // 2), (0.5, 0.5), Mm(sheet.width))
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, one in zip(cells, items, strict=False):
        place = cell.paragraphs[0].add_run().add_picture(io.BytesIO(one.content), width=Mm(sheet.width / 2 - 4))
        if place.height > _TALLEST:
            place.width, place.height = int(place.width * _TALLEST / place.height), _TALLEST
        caption = cell.add_paragraph(style=TABLE_TEXT)
        write(caption, one.caption)
    for row in table.rows:
        keep_whole(row)


def _keep_with_signatures(document: DocumentObject, sheet: Sheet) -> None:
    """No page begins with signatures alone, where words stand before them."""
    last = document.element.body[-2]
    if sheet.signatures and sheet.blocks and last.tag == qn("w:p"):
        WordParagraph(last, document).paragraph_format.keep_with_next = True
