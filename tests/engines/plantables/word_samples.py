"""Word files written part by part, so that a test has exactly the XML of a trap."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADS = ("№ п/п", "Содержание работы", "Сроки выполнения", "Ответственные")


def run(text: str, properties: str = "") -> str:
    pieces = text.split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces)
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def paragraph(
    text: str = "", *, number: tuple[int, int] | None = None, style: str = "", inner: str = "", mark: str = ""
) -> str:
    """``number``: list and level; ``inner``: runs instead of the text; ``mark``: properties of the paragraph's end."""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{listed}<w:rPr>{mark}</w:rPr></w:pPr>{inner or (run(text) if text else '')}</w:p>"


def cell(*texts: str, span: int = 1, down: str = "", inner: str = "") -> str:
    """A cell of these paragraphs; ``down``: «restart» or «continue» of a vertical merge; ``inner`` instead of texts."""
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{merged}</w:tcPr>{inner or ''.join(map(paragraph, texts)) or paragraph()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Cells as XML, or as texts."""
    made = (one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str | Sequence[str]) -> str:
    """Rows as XML, or as texts of their cells."""
    made = (one if isinstance(one, str) else row(*one) for one in rows)
    return f"<w:tbl><w:tblPr/>{''.join(made)}</w:tbl>"


def level(at: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    inner = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{at}">{inner}</w:lvl>'


def lists(*levels: Sequence[str], more: str = "") -> str:
    """A numbering for each sequence of levels, numbered from 1; ``more``: further lists."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{"".join(each)}</w:abstractNum>' for at, each in enumerate(levels, 1)
    )
    own = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(levels) + 1))
    return abstract + own + more


def document(
    *body: str, numbering: str = "", styles: str = "", footnotes: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """A DOCX of these blocks."""
    parts = {"numbering": numbering, "styles": styles, "footnotes": footnotes}
    kept = {name: inner for name, inner in parts.items() if inner}
    related = "".join(f'<Relationship Id="r{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name in kept)
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _rels(f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _rels(related),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {_SPACES}>{inner}</w:{name}>" for name, inner in kept.items()},
    }
    return packed({name: text.encode() for name, text in files.items()} | (extra or {}))


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _rels(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
