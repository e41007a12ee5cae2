"""Workbooks written part by part, so that each may hold what an office program would write and a library would not."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

STYLES = {"General": 0}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Raw:
    """A cell as XML: attributes and what stands inside."""

    attributes: str
    inside: str


@dataclass(frozen=True)
class Looks:
    """A number with its format."""

    number: float
    code: str


ERROR = Raw(' t="e"', "<v>#N/A</v>")
UNCOMPUTED = Raw("", "<f>A1+1</f><v></v>")
EMPTY_TEXT = Raw(' t="str"', '<f>IF(Z2="","",Z2)</f><v></v>')


@dataclass(frozen=True)
class Page:
    """A sheet: rows of cells, None for an empty one; `more` is XML behind the rows, `far` rows behind the last one."""

    rows: Sequence[Sequence[Any]]
    state: str = ""
    merged: Sequence[str] = ()
    far: str = ""


@dataclass
class _Formats:
    codes: list[str] = field(default_factory=lambda: ["General"])

    def style(self, code: str) -> int:
        if code not in self.codes:
            self.codes.append(code)
        return self.codes.index(code)

    def xml(self) -> str:
        own = "".join(
            f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code)}"/>' for n, code in enumerate(self.codes)
        )
        styles = "".join(f'<xf numFmtId="{164 + n}" applyNumberFormat="1"/>' for n in range(len(self.codes)))
        return f"{HEAD}<styleSheet {MAIN}><numFmts>{own}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"


def workbook(pages: Mapping[str, Page | Sequence[Sequence[Any]]], main: str = "xl/workbook.xml") -> bytes:
    """The bytes of an XLSX with these sheets."""
    formats, parts, listed, relations = _Formats(), dict[str, str](), "", ""
    for number, (name, page) in enumerate(pages.items(), 1):
        page = page if isinstance(page, Page) else Page(page)
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(page, formats)
        state = f' state="{page.state}"' if page.state else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Type="{REL}/worksheet" Target="worksheets/sheet{number}.xml"/>'
    relations += f'<Relationship Id="rId999" Type="{REL}/styles" Target="styles.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["[Content_Types].xml"] = "<Types/>"
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{space}"><Relationship Id="r" Type="{REL}/officeDocument" Target="{main}"/>'
        "</Relationships>"
    )
    parts[main] = f'{HEAD}<workbook {MAIN} xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
    folder, _, name = main.rpartition("/")
    parts[f"{folder}/_rels/{name}.rels"] = f'<Relationships xmlns="{space}">{relations}</Relationships>'
    parts["xl/styles.xml"] = formats.xml()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return target.getvalue()


def _sheet(page: Page, formats: _Formats) -> str:
    rows = "".join(
        f'<row r="{number}">{"".join(_cell(number, place, cell, formats) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(page.rows, 1)
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in page.merged)
    behind = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f"{HEAD}<worksheet {MAIN}><sheetData>{rows}{page.far}</sheetData>{behind}</worksheet>"


def _cell(row: int, place: int, cell: Any, formats: _Formats) -> str:
    at = f'r="{chr(65 + place)}{row}"'
    if cell is None or cell == "":
        return ""
    if isinstance(cell, Raw):
        return f"<c {at}{cell.attributes}>{cell.inside}</c>"
    if isinstance(cell, Looks):
        return f'<c {at} s="{formats.style(cell.code)}"><v>{cell.number!r}</v></c>'
    if isinstance(cell, bool):
        return f'<c {at} t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f"<c {at}><v>{cell!r}</v></c>"
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
