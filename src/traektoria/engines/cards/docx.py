"""The card as DOCX by python-docx: real styles and fields, so that an office can go on editing it in Word or R7.

No template file is kept: the document is built by this code, and equal cards give equal bytes.
"""

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .labels import LANGUAGE
from .model import RouteCard
from .sheet import Section, Sheet, Signing, Table, sheet_of
from .typography import soft_hyphenated

_FONT = "Times New Roman"
_BODY = Pt(12)
_TABLE = Pt(10)
_SMALL = Pt(9)
_PAGE = (Mm(297), Mm(210))
_LEFT, _RIGHT, _TOP, _BOTTOM = Mm(20), Mm(12), Mm(13), Mm(15)
_WIDTH = _PAGE[0] - _LEFT - _RIGHT
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


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
    return _bytes(document)


def _prepare(document: DocumentObject, sheet: Sheet, card: RouteCard) -> None:
    """Page, styles, language and properties."""
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, *_PAGE
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = _LEFT, _RIGHT, _TOP, _BOTTOM
    page.header_distance = page.footer_distance = Mm(8)
    _style(document, "Normal", _BODY, bold=False)
    _style(document, "Title", Pt(14), bold=True)
    _style(document, "Heading 1", _BODY, bold=True, before=8, after=4)
    _hyphenate(document)
    moment = datetime.combine(card.version_date, time(12))
    properties = document.core_properties
    properties.title, properties.language = sheet.document_title[:255], LANGUAGE
    properties.author = properties.last_modified_by = (sheet.issuer or ("",))[0][:255]
    properties.created = properties.modified = moment
    properties.comments = ""


def _style(document: DocumentObject, name: str, size: Pt, *, bold: bool, before: int = 0, after: int = 0) -> None:
    """Times New Roman in black for every script, and Russian as the language of spelling."""
    style = document.styles[name]
    style.font.size, style.font.bold, style.font.color.rgb = size, bold, None
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:lang", "w:color", "w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    fonts = _element("w:rFonts", **{f"w:{script}": _FONT for script in ("ascii", "hAnsi", "cs", "eastAsia")})
    properties.insert(0, fonts)
    properties.append(_element("w:lang", **{"w:val": LANGUAGE, "w:eastAsia": LANGUAGE}))
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _hyphenate(document: DocumentObject) -> None:
    """Automatic hyphenation; Word wants this setting exactly after the default tab stop."""
    settings = document.settings.element
    hyphenation = _element("w:autoHyphenation")
    stop = settings.find(qn("w:defaultTabStop"))
    settings.insert(0 if stop is None else settings.index(stop) + 1, hyphenation)


def _top(document: DocumentObject, sheet: Sheet) -> None:
    """The issuer on the left, the head's stamp on the right."""
    table = document.add_table(rows=1, cols=2)
    _widths(table, (0.62, 0.38))
    left, right = table.rows[0].cells
    _write(left.paragraphs[0], "\n".join(sheet.issuer))
    lines = [line for signing in sheet.stamps for line in _stamp(sheet, signing)]
    for index, (text, bold) in enumerate(lines):
        paragraph = right.paragraphs[0] if index == 0 else right.add_paragraph()
        _write(paragraph, text, bold=bold)


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
        _write(paragraph, line)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    _write(paragraph, sheet.version)


def _passport(document: DocumentObject, sheet: Sheet) -> None:
    table = _grid(document, len(sheet.passport), (0.24, 0.76))
    for row, (label, value) in zip(table.rows, sheet.passport, strict=True):
        left, right = row.cells
        _write(_roomy(left), label, bold=True, size=Pt(11))
        _write(_roomy(right), value, size=Pt(11))


def _section(document: DocumentObject, section: Section) -> None:
    _write(document.add_paragraph(style="Heading 1"), section.title)
    for number, text in enumerate(section.paragraphs, start=1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _write(paragraph, f"{number}. {text}" if section.numbered else text)
    if section.table:
        _table(document, section.table)


def _table(document: DocumentObject, data: Table) -> None:
    table = _grid(document, len(data.rows) + 1, data.widths)
    rows = list(table.rows)
    _flag(rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    _fill(rows[0], data.head, whole=True, head=True)
    for row, line in zip(rows[1:], data.rows, strict=True):
        _fill(row, line.cells, whole=line.whole)


def _fill(row: _Row, texts: tuple[str, ...], *, whole: bool, head: bool = False) -> None:
    if whole:
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = _roomy(cell)
        if head or index == 0:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(paragraph, text if head else soft_hyphenated(text), bold=head, size=_TABLE)


def _signatures(document: DocumentObject, sheet: Sheet) -> None:
    _write(document.add_paragraph(style="Heading 1"), sheet.signatures_title)
    if not sheet.signatures:
        return
    table = document.add_table(rows=len(sheet.signatures), cols=5)
    _widths(table, (0.1, 0.27, 0.2, 0.19, 0.24))
    for row, signing in zip(table.rows, sheet.signatures, strict=True):
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
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
    _write(paragraph, text, bold=bold, size=Pt(11))


def _footer(document: DocumentObject, sheet: Sheet) -> None:
    """The verification on the left and «Страница 1 из 2» on the right, on every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    stops = paragraph.paragraph_format.tab_stops
    for stop in list(document.styles["Footer"].paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _write(paragraph, f"{sheet.verification}\t{sheet.page} ", size=_SMALL)
    _field(paragraph, "PAGE")
    _write(paragraph, f" {sheet.of} ", size=_SMALL)
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor counts itself."""
    field = _element("w:fldSimple", **{"w:instr": code})
    paragraph._p.append(field)
    run = Run(_element("w:r"), paragraph)
    run.text, run.font.size = "1", _SMALL
    field.append(run._r)


def _grid(document: DocumentObject, rows: int, widths: tuple[float, ...]) -> WordTable:
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    _widths(table, widths)
    return table


def _roomy(cell: _Cell) -> Paragraph:
    """The cell's paragraph with a little air above and below."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    return paragraph


def _widths(table: WordTable, shares: tuple[float, ...]) -> None:
    """A fixed layout: a long word breaks inside its cell instead of pushing the table off the page."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(_WIDTH * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = int(_WIDTH * share)


def _write(paragraph: Paragraph, text: str, *, bold: bool | None = None, size: Pt | None = None) -> None:
    """Plain text; python-docx escapes it for XML and turns line ends into breaks and tabs into tabs."""
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, size


def _element(tag: str, **attributes: str) -> OxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element


def _flag(parent: OxmlElement, tag: str) -> None:
    parent.append(_element(tag))


def _bytes(document: DocumentObject) -> bytes:
    """The saved file with the clock taken out of its archive."""
    raw, still = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return still.getvalue()
