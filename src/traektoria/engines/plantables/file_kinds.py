"""Which kind of file it is, by its content: its name decides nothing."""

from __future__ import annotations

import io
import re
import zipfile

from traektoria.engines.plantables.limits import FILES
from traektoria.engines.plantables.model import Paper
from traektoria.engines.plantables.pasted_text import read_pasted
from traektoria.engines.tables.encodings import decode
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.magics import OLE, ZIP

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_PDF_WEIGHS = 10_000
_WITH_TEXT = ("word/document", "word/numbering", "xl/worksheets/", "xl/sharedstrings")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD, _EXCEL = "WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<html|MIME-Version:)", re.IGNORECASE)


def open_paper(source: bytes, filename: str) -> Paper:
    """Raises Unreadable and nothing else."""
    if not source.strip(b"\0\r\n\t ;,"):
        raise Unreadable("empty")
    if len(source) > FILES.file_bytes:
        raise Unreadable("too_large", size=len(source), limit=FILES.file_bytes)
    if source.startswith(OLE):
        raise Unreadable(_old_office(source))
    if source.startswith(ZIP):
        return _read_sheets(source, filename) if _holds_sheets(source) else _read_document(source)
    if is_pdf(source):
        return _read_pages(source)
    if code := _no_plan(source):
        raise Unreadable(code)
    text, _ = decode(source)
    return _read_sheets(source, filename) if _is_delimited(text) else read_pasted(text)


def weight_of(source: bytes) -> int:
    """What there is to read of a file: the bytes that the parts with its text say they unpack to. A page of a PDF takes
    as long as a document, so that each weighs more than any."""
    if is_pdf(source):
        return len(source) * _PDF_WEIGHS
    return sum(size for name, size in _listed(source) if name.startswith(_WITH_TEXT)) or len(source)


def is_pdf(source: bytes) -> bool:
    """Some programs write a line before it."""
    return b"%PDF-" in source[:1024]


def _holds_sheets(source: bytes) -> bool:
    """A table that is inserted into a document makes no table of it."""
    names = {name for name, _ in _listed(source)}
    return any(name.startswith("xl/") for name in names) and not any(name.startswith("word/") for name in names)


def _listed(source: bytes) -> list[tuple[str, int]]:
    """Names of an archive's parts in small letters and the sizes that it declares; nothing of what is no archive."""
    if not source.startswith(ZIP):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            return [(one.filename.replace("\\", "/").lower(), one.file_size) for one in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def _is_delimited(text: str) -> bool:
    """A CSV has its semicolons in most lines, and several of them."""
    lines = [line for line in text.split("\n")[:200] if line.strip()]
    return "\t" not in text and sum(line.count(";") > 1 for line in lines) * 2 > len(lines)


def _read_document(source: bytes) -> Paper:
    """Loads lxml on its first use."""
    from traektoria.engines.plantables.word.document import read_document

    return read_document(source)


def _read_sheets(source: bytes, filename: str) -> Paper:
    from traektoria.engines.plantables.sheets import read_sheets

    return read_sheets(source, filename)


def _read_pages(source: bytes) -> Paper:
    from traektoria.engines.plantables.pages import read_pages

    return read_pages(source)


def _old_office(source: bytes) -> str:
    if _LOCKED in source:
        return "encrypted"
    return "old_word" if _WORD in source else "old_excel" if _EXCEL in source else "old_office"


def _no_plan(source: bytes) -> str:
    if source.startswith(_PICTURES):
        return "picture"
    if source.startswith(_ARCHIVES):
        return "archive"
    if source.removeprefix(b"\xef\xbb\xbf").startswith(b"{\\rtf"):
        return "rich_text"
    return "web_page" if _HTML.match(source) else ""
