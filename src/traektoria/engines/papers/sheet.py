"""From a paper to printed strings and measures. DOCX and PDF draw the same ``Sheet``, so they say the same."""

from dataclasses import dataclass, replace
from math import ceil
from typing import assert_never

from . import labels
from .budget import check_budget
from .model import Block, Bullets, Facts, Heading, Paper, Paragraph, Picture, Pictures, Signature, Stamp, Table
from .typography import cleaned, long_date, or_dash, printed

#: Margins and sides of the page, millimetres; both formats take them from here.
LEFT, LEFT_LANDSCAPE, RIGHT, TOP, BOTTOM = 30, 20, 12, 20, 20
_SHORT_SIDE, _LONG_SIDE = 210, 297
#: First-line indent, millimetres.
FIRST_LINE = 12.5
_DEEPEST = 5
#: How wide an average Russian letter is, millimetres: of the text and of a table.
_LETTER, _TABLE_LETTER = 2.35, 1.95
#: How wide a sign of a number («1.13.2.») is, millimetres.
_DIGIT = 1.7
#: A row of more lines may be torn between pages, otherwise it could be higher than a page.
_TALLEST_WHOLE_ROW = 14


@dataclass(frozen=True)
class Sheet:
    """The printed paper, top to bottom. Measures are millimetres.

    ``line`` are the date, the place and the number, or the edition alone, or nothing. Blocks hold printed text and none
    of them is empty.
    ``number_width`` is the room for the longest number of a paragraph and one step of ``Paragraph.indent``.
    """

    document_title: str
    author: str
    draft: str
    issuer: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    title: tuple[str, ...]
    line: tuple[str, ...]
    subject: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    acquainted_title: str
    acquainted: tuple[Signature, ...]
    verification: tuple[str, ...]
    landscape: bool
    width: int
    number_width: float
    bullet: str = labels.BULLET
    blank_date: str = labels.BLANK_DATE
    page: str = labels.PAGE
    of: str = labels.OF


def sheet_of(paper: Paper) -> Sheet:
    """Put the paper into printed strings. Raises ``PaperTooLong``."""
    check_budget(paper)
    title, issuer, subject = _printed_all(paper.title), _printed_all(paper.issuer), printed(paper.subject)
    blocks = tuple(block for block in map(_block, paper.blocks) if block)
    return Sheet(
        document_title=" ".join((*title, subject)).strip() or cleaned(paper.file_name),
        author=" ".join(issuer[:1]),
        draft=labels.DRAFT if paper.draft else "",
        issuer=issuer,
        stamps=tuple(Stamp(printed(stamp.title), _printed_all(stamp.lines)) for stamp in paper.stamps),
        title=title,
        line=_line(paper),
        subject=subject,
        blocks=blocks,
        signatures=tuple(map(_signature, paper.signatures)),
        acquainted_title=labels.ACQUAINTED_WITH_ORDER if paper.kind.startswith("order") else labels.ACQUAINTED,
        acquainted=tuple(map(_signature, paper.acquainted)),
        verification=_verification(paper),
        landscape=paper.landscape,
        width=(_LONG_SIDE - LEFT_LANDSCAPE if paper.landscape else _SHORT_SIDE - LEFT) - RIGHT,
        number_width=_number_width(blocks),
    )


def label_width(facts: Facts, width: int) -> float:
    """Millimetres for the labels: as wide as the longest one, and never more than two fifths of the text."""
    longest = max(len(line) for label, _value in facts.rows for line in label.split("\n"))
    return round(min(max(longest * _LETTER + 4, width * 0.16), width * 0.4), 1)


def stays_whole(table: Table, row: tuple[str, ...], width: int) -> bool:
    """Whether the row is low enough to be kept on one page."""
    return max(map(_lines_needed, row, (share * width for share in table.widths))) <= _TALLEST_WHOLE_ROW


def _lines_needed(text: str, width: float) -> int:
    letters = max(1, int((width - 3) / _TABLE_LETTER))
    return sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))


def _line(paper: Paper) -> tuple[str, ...]:
    if paper.edition:
        return (printed(paper.edition),)
    number, place = cleaned(paper.number).removeprefix("№").strip(), printed(paper.place)
    if paper.stamps and not number and not place:
        return ()
    said = printed(labels.NUMBER.format(number=number)) if number else ""
    in_title = any(line == said or line.endswith(f" {said}") for line in map(printed, paper.title))
    return (labels.BLANK_DATE if paper.undated else long_date(paper.day), place, "" if in_title else said)


def _block(block: Block) -> Block | None:
    """The block with printed text, or nothing where nothing would be printed."""
    match block:
        case Facts(rows, ruled):
            said_rows = ((printed(label), or_dash(value) if ruled else _value(label, value)) for label, value in rows)
            return Facts(tuple(said_rows), ruled) if rows else None
        case Heading(text, level):
            return Heading(printed(text), 1 if level <= 1 else 2) if cleaned(text) else None
        case Paragraph(text, number, indent):
            said = Paragraph(printed(text), printed(number), min(max(indent, 0), _DEEPEST))
            return said if said.text or said.number else None
        case Bullets(items):
            said_items = _printed_all(items)
            return Bullets(said_items) if said_items else None
        case Table(head, _, rows):
            cells = tuple(tuple(map(printed, row)) for row in rows)
            return replace(block, head=tuple(map(printed, head)), rows=cells)
        case Pictures(items):
            return Pictures(tuple(Picture(one.content, printed(one.caption)) for one in items)) if items else None
        case _:
            assert_never(block)


def _value(label: str, value: str) -> str:
    """«— Иванова М. П.» after «Председатель»; a label with a colon needs no dash."""
    said = or_dash(value)
    bare = said == labels.DASH or cleaned(label)[-1:] in ("", ":")
    return said if bare else f"{labels.DASH} {said}"


def _number_width(blocks: tuple[Block, ...]) -> float:
    longest = max((len(block.number) for block in blocks if isinstance(block, Paragraph)), default=0)
    return max(FIRST_LINE, min(longest, 14) * _DIGIT + 3)


def _signature(signature: Signature) -> Signature:
    return Signature(printed(signature.position), printed(signature.name), printed(signature.note))


def _verification(paper: Paper) -> tuple[str, ...]:
    code, url = cleaned(paper.verification_code), cleaned(paper.verify_url)
    lines = (code and labels.VERIFY_CODE.format(code=code), url and labels.VERIFY_URL.format(url=url))
    return tuple(filter(None, lines))


def _printed_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(printed, texts)))
