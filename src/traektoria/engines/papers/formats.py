"""In which formats a paper is printed, and their content types: one list for every room that hands papers out."""

from collections.abc import Callable, Mapping

from .as_docx import docx
from .as_pdf import pdf
from .model import Paper

CONTENT_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PRINTERS: Mapping[str, Callable[[Paper], bytes]] = {"docx": docx, "pdf": pdf}
