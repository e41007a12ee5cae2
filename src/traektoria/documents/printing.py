"""Papers are drawn in a process apart."""

from collections.abc import Callable, Mapping
from typing import Final

from traektoria.engines.cards import RouteCard, render_docx, render_pdf
from traektoria.engines.papers.apart import PAPERS

__all__ = ["CARD_PRINTERS", "PAPERS"]

CARD_PRINTERS: Final[Mapping[str, Callable[[RouteCard], bytes]]] = {"docx": render_docx, "pdf": render_pdf}
