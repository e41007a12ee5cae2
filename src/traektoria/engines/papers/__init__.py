"""Official papers as offices sign them: an order, a protocol, a regulation. One content, printed as DOCX and as PDF.

    paper = Paper(kind="order_of_appointment", ...)   # facts, chosen and put into words by the room above
    docx_bytes, pdf_bytes = docx(paper), pdf(paper)

Both are drawn from one ``Sheet`` of printed strings, so they say the same; equal papers give equal bytes.
"""

from .as_pdf import pdf
from .budget import PaperTooLong, check_budget
from .formats import CONTENT_TYPES, PRINTERS, docx
from .identity import content_digest, file_stem
from .model import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Signature,
    Stamp,
    Table,
)

__all__ = [
    "CONTENT_TYPES",
    "PRINTERS",
    "Block",
    "Bullets",
    "Facts",
    "Heading",
    "Paper",
    "PaperTooLong",
    "Paragraph",
    "Picture",
    "Pictures",
    "Signature",
    "Stamp",
    "Table",
    "check_budget",
    "content_digest",
    "docx",
    "file_stem",
    "pdf",
]
