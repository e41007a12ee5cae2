"""The route card as offices sign it: one context, printed as DOCX for editing and as PDF for signing.

    card = RouteCard(...)          # facts, chosen and put into words by the room above
    docx_bytes, pdf_bytes = render_docx(card), render_pdf(card)

Both are drawn from one ``Sheet`` of printed strings, so they say the same; equal cards give equal bytes.
"""

from .model import (
    CardItem,
    CardOutcome,
    CardProgress,
    CardReflection,
    CardRequest,
    CardSignature,
    CardTeacher,
    CardTutor,
    RouteCard,
    RouteKind,
    SigningParty,
    Standing,
)
from .pdf import render_pdf
from .sheet import content_digest, file_stem, sheet_of


def render_docx(card: RouteCard) -> bytes:
    """The card as an editable document. Raises ``ValueError`` for a card without teachers."""
    from .docx import render_docx as printed  # python-docx is loaded by who prints

    return printed(card)


__all__ = [
    "CardItem",
    "CardOutcome",
    "CardProgress",
    "CardReflection",
    "CardRequest",
    "CardSignature",
    "CardTeacher",
    "CardTutor",
    "RouteCard",
    "RouteKind",
    "SigningParty",
    "Standing",
    "content_digest",
    "file_stem",
    "render_docx",
    "render_pdf",
    "sheet_of",
]
