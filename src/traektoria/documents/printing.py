"""Papers are drawn in a process apart."""

from collections.abc import Callable, Mapping
from typing import Final

from traektoria.engines.apart import Apart
from traektoria.engines.cards import RouteCard, render_docx, render_pdf

CARD_PRINTERS: Final[Mapping[str, Callable[[RouteCard], bytes]]] = {"docx": render_docx, "pdf": render_pdf}
PAPERS: Final = Apart("papers", idle=60, patience=90)
"""Typst and python-docx are loaded there: this process keeps nothing of them."""
