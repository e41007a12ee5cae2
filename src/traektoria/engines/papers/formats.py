"""In which formats a paper is printed, and their content types: one list for every room that hands papers out."""

from collections.abc import Callable, Mapping

from .as_pdf import pdf
from .model import Paper


def docx(paper: Paper) -> bytes:
    """The paper as a DOCX file for editing."""
    from .as_docx import docx as printed  # python-docx is loaded by who prints

    return printed(paper)


CONTENT_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PRINTERS: Mapping[str, Callable[[Paper], bytes]] = {"docx": docx, "pdf": pdf}
