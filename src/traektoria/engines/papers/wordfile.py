"""The parts of a DOCX file that every paper shares: styles, fields and tables that Word and R7 keep on editing.

No template file is kept: a document is built by code, and equal contents give equal bytes.
"""

import io
import zipfile
from datetime import date, datetime, time

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from .labels import LANGUAGE

FONT = "Times New Roman"
#: Styles of the house: a paragraph with a hanging number, a cell of a table.
CLAUSE, TABLE_TEXT = "Clause", "Table Text"
SMALL = Pt(9)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def describe(document: DocumentObject, *, title: str, author: str, day: date) -> None:
    """Properties of the file; ``day`` stands in the place of the clock."""
    properties = document.core_properties
    properties.title, properties.language = title[:255], LANGUAGE
    properties.author = properties.last_modified_by = author[:255]
    properties.created = properties.modified = datetime.combine(day, time(12))
    properties.comments = ""


def style(document: DocumentObject, name: str, size: Pt, *, bold: bool, before: float = 0, after: float = 0) -> None:
    """Times New Roman in black for every script, and Russian as the language of spelling. Spaces are in points."""
    named = document.styles[name]
    named.font.size, named.font.bold, named.font.color.rgb = size, bold, None
    properties = named.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:lang", "w:color", "w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    fonts = element("w:rFonts", **{f"w:{script}": FONT for script in ("ascii", "hAnsi", "cs", "eastAsia")})
    properties.insert(0, fonts)
    properties.append(element("w:lang", **{"w:val": LANGUAGE, "w:eastAsia": LANGUAGE}))
    form = named.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    for border in named.element.get_or_add_pPr().findall(qn("w:pBdr")):
        named.element.pPr.remove(border)


def new_style(document: DocumentObject, name: str) -> None:
    """A paragraph style of the house, to be dressed by ``style``."""
    document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]


def list_marker(document: DocumentObject, name: str, marker: str) -> None:
    """Put the marker of a list style: offices write dashes, Word has dots."""
    number = document.styles[name].element.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    abstract = numbering.num_having_numId(number).abstractNumId.val
    level = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='0']")[0]
    level.find(qn("w:lvlText")).set(qn("w:val"), marker)
    for fonts in level.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)


def hyphenate(document: DocumentObject) -> None:
    """Automatic hyphenation; Word wants this setting exactly after the default tab stop."""
    settings = document.settings.element
    hyphenation = element("w:autoHyphenation")
    stop = settings.find(qn("w:defaultTabStop"))
    settings.insert(0 if stop is None else settings.index(stop) + 1, hyphenation)


def page_of_pages(paragraph: Paragraph, before: str, between: str) -> None:
    """«Страница 1 из 2», counted by the word processor, with the words before and between the numbers."""
    write(paragraph, before, size=SMALL)
    _field(paragraph, "PAGE")
    write(paragraph, between, size=SMALL)
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor counts itself."""
    field = element("w:fldSimple", **{"w:instr": code})
    paragraph._p.append(field)
    run = Run(element("w:r"), paragraph)
    run.text, run.font.size = "1", SMALL
    field.append(run._r)


def right_stop(document: DocumentObject, paragraph: Paragraph, width: Length) -> None:
    """In a footer: one tab stop, at the right edge of a text of this width."""
    stops = paragraph.paragraph_format.tab_stops
    for stop in list(document.styles["Footer"].paragraph_format.tab_stops):
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def grid(document: DocumentObject, rows: int, shares: tuple[float, ...], width: Length) -> WordTable:
    """A table with lines."""
    _apart(document)
    table = document.add_table(rows=rows, cols=len(shares), style="Table Grid")
    set_widths(table, shares, width)
    return table


def plain_grid(document: DocumentObject, rows: int, shares: tuple[float, ...], width: Length) -> WordTable:
    """A table without lines, for things that stand side by side; its text begins where that of paragraphs begins."""
    _apart(document)
    table = document.add_table(rows=rows, cols=len(shares))
    set_widths(table, shares, width)
    margins = element("w:tblCellMar")
    margins.append(element("w:left", **{"w:w": "0", "w:type": "dxa"}))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    return table


def _apart(document: DocumentObject) -> None:
    """Tables that touch would become one in Word."""
    if document.element.body[-2:-1] and document.element.body[-2].tag == qn("w:tbl"):
        space(document, Pt(4))


def space(document: DocumentObject, height: Length) -> None:
    """An empty line of this height."""
    document.add_paragraph().paragraph_format.line_spacing = height


def roomy(cell: _Cell) -> Paragraph:
    """The cell's paragraph with a little air above and below."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    return paragraph


def set_widths(table: WordTable, shares: tuple[float, ...], width: Length) -> None:
    """A fixed layout: a long word breaks inside its cell instead of pushing the table off the page."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(width * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = int(width * share)


def repeat_on_each_page(row: _Row) -> None:
    """Make the row a head of its table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """Keep the row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def write(paragraph: Paragraph, text: str, *, bold: bool | None = None, size: Pt | None = None) -> None:
    """Plain text; python-docx escapes it for XML and turns line ends into breaks and tabs into tabs."""
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, size


def element(tag: str, **attributes: str) -> OxmlElement:
    """A piece of WordprocessingML."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name), value)
    return made


def file_bytes(document: DocumentObject) -> bytes:
    """The saved file with the clock taken out of its archive."""
    raw, still = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return still.getvalue()
