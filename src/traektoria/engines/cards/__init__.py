"""The route card as offices sign it: facts in, an official paper out.

card = RouteCard(...)          # facts, chosen and put into words by the room above
pdf_bytes = papers.pdf(paper_of(card))
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
from .paper import paper_of

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
    "paper_of",
]
