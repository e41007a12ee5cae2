"""QTI 2.x and 3.0: one item as XML, or a package (ZIP) of items with their pictures."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from traektoria.engines.questionbanks.errors import UnreadableBank
from traektoria.engines.questionbanks.findings import Findings, Full
from traektoria.engines.questionbanks.limits import Limits
from traektoria.engines.questionbanks.pictures import Album
from traektoria.engines.questionbanks.qti_item import item_question, modernised
from traektoria.engines.questionbanks.texts import decode
from traektoria.engines.questionbanks.xmltree import Tree, parse

ROOTS: Final = frozenset({"assessmentItem", "qti-assessment-item"})
_MOODLE: Final = "quiz"
OLD_ROOT: Final = "questestinterop"
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype"})
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def is_package(content: bytes) -> bool:
    """Whether a ZIP holds XML files and is no document of an office program."""
    names = _names(content)
    return not _OFFICE & set(names) and any(name.lower().endswith(".xml") for name in names)


def _is_old(data: bytes) -> bool:
    """Other programs name a file of QTI 1 as they like: res00001.dat, quiz.xml.qti."""
    return re.search(rb"<(?:\w+:)?questestinterop[\s>]", data[:5_000]) is not None


def other_archive(content: bytes) -> str:
    """The code of a refusal for a ZIP that is neither a package nor a workbook; "" for anything else."""
    names = _names(content)
    if any(name.startswith("word/") for name in names) or _media_type(content).endswith("opendocument.text"):
        return "word"
    return "" if _OFFICE & set(names) or not names else "archive"


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except _BROKEN:
        return []


def _media_type(content: bytes) -> str:
    """What a document of LibreOffice says of itself in the first bytes of its archive."""
    head = content[:120]
    return head[38:].partition(b"PK")[0].decode("latin-1") if head[30:38] == b"mimetype" else ""


def read_package(content: bytes, findings: Findings) -> None:
    """Read every item of a package. Raises Unreadable."""
    files = _unpacked(content, findings.limits)
    spent, roots = 0, set[str]()
    try:
        for path in sorted(name for name in files if name.lower().endswith(".xml")):
            tree = parse(decode(files[path])[0], findings.limits)
            roots.add(tree.root.tag if tree.root else "")
            if tree.root and tree.root.tag in ROOTS:
                findings.file = path
                spent = read_item(tree, findings, files, spent)
    except Full:
        return
    finally:
        findings.file = ""
    if not findings.questions and (OLD_ROOT in roots or any(map(_is_old, files.values()))):
        raise UnreadableBank("old_qti")
    if not findings.questions and _MOODLE in roots:
        raise UnreadableBank("archive")
    if OLD_ROOT in roots:
        findings.fail(0, "unsupported_type", type="QTI 1.x")


def read_item(tree: Tree, findings: Findings, files: dict[str, bytes] | None = None, spent: int = 0) -> int:
    """Read one item; bytes of pictures so far. Raises Full."""
    album = Album(findings, spent)
    if tree.root is None or tree.broken_line:
        findings.fail(tree.broken_line, "broken_xml", reason=tree.reason)
        return spent
    with findings.question(tree.root.line) as found:
        found(item_question(modernised(tree.root), findings, album, files or {}))
    return album.spent


def _unpacked(content: bytes, limits: Limits) -> dict[str, bytes]:
    """Path → bytes, within the limits and without trusting the declared sizes."""
    files: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.parts:
                raise UnreadableBank("zip_bomb")
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnreadableBank("encrypted")
            for entry in entries:
                with archive.open(entry) as part:
                    data = part.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise UnreadableBank("zip_bomb")
                files[entry.filename] = data
    except _BROKEN as error:
        raise UnreadableBank("damaged") from error
    return files
