"""The card as PDF/A-2b by Typst."""

from dataclasses import asdict
from pathlib import Path

from traektoria.engines.papers.typesetting import typeset

from .model import RouteCard
from .sheet import sheet_of

_TEMPLATE = Path(__file__).with_name("card.typ")


def render_pdf(card: RouteCard) -> bytes:
    """The card as a PDF/A-2b file; its time is that of the card's version, so equal cards give equal bytes.

    Raises ``ValueError`` for a card without teachers.
    """
    return typeset(_TEMPLATE, asdict(sheet_of(card)), card.version_date)
