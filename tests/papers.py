"""Papers that were taken, read back."""

import io

from docx import Document
from pypdf import PdfReader

from tests.documents.test_card import squeezed


def words_of(content: bytes, form: str) -> str:
    """The words of a DOCX or PDF without spaces and hyphens: lines break wherever the column ends."""
    if form == "pdf":
        return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))
