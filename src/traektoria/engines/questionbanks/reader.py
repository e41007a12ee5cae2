"""The door: bytes of any known format into a `Bank`."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from traektoria.engines.questionbanks.aiken import ANSWER_LINE, OPTION_LINE, read_aiken
from traektoria.engines.questionbanks.errors import UnreadableBank
from traektoria.engines.questionbanks.findings import Findings
from traektoria.engines.questionbanks.gift import read_gift
from traektoria.engines.questionbanks.limits import LIMITS, Limits
from traektoria.engines.questionbanks.model import Bank, FileFormat
from traektoria.engines.questionbanks.moodle_xml import read_moodle_xml
from traektoria.engines.questionbanks.qti import is_package, other_archive, read_item, read_package
from traektoria.engines.questionbanks.table_cells import Meanings
from traektoria.engines.questionbanks.table_read import read_table
from traektoria.engines.questionbanks.texts import decode
from traektoria.engines.questionbanks.xmltree import parse, parse_on
from traektoria.engines.tables.encodings import odd_lines
from traektoria.engines.tables.magics import FOREIGN, OLE, ZIP

_ROOTS: Final = "quiz|question|questestinterop|qti-|assessment|manifest"
_XML = re.compile(rf"\s*(?:<\?xml|<!--|<!DOCTYPE\s+(?!html)|<(?:\w+:)?(?:{_ROOTS}))", re.I)
_ITEM = re.compile(r"<(?:\w+:)?(?:assessmentItem|qti-assessment-item)[\s>]")
_OLD_ITEM = re.compile(r"<(?:\w+:)?questestinterop[\s>]")
_LIST = re.compile(r"<(?:\w+:)?(assessmentTest|qti-assessment-test|assessmentSection|manifest)[\s>/]")
_PROLOGUE: Final = 5_000
_TABLES: Final = (".csv", ".tsv", ".xlsx")
NOTHING_TOLD: Final[Meanings] = MappingProxyType({})
_BRACES = re.compile(r"(?<!\\)\{[^{}]*\}|(?<!\\)\{\s*(?:$|[=~#])")


def read(content: bytes, filename: str, limits: Limits = LIMITS, told: Meanings = NOTHING_TOLD) -> Bank:
    """Everything that can be read of the file and all that cannot. Raises Unreadable and nothing else.

    The format is recognised by the content; the name helps only where a text could be several things. ``told`` is what
    a person said of headings of a table (``asked_columns``).
    """
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf\xfe\xff"):
        raise UnreadableBank("empty")
    if len(content) > limits.file_bytes:
        raise UnreadableBank("too_large", size=len(content), limit=limits.file_bytes)
    if content.startswith(FOREIGN):
        raise UnreadableBank("not_text")
    name = filename.lower()
    findings = Findings(limits)
    if content.startswith((ZIP, OLE)):
        return _read_archive(content, filename, findings, told)
    text, encoding = decode(content)
    for line in odd_lines(text):
        findings.warn(line, "odd_byte", encoding=encoding)
    if _XML.match(text):
        return _read_xml(text, encoding, findings)
    if name.endswith(_TABLES):
        read_table(content, filename, findings, told)
        return findings.bank(encoding, FileFormat.TABLE)
    return _read_text(text, encoding, name, findings)


def is_table(content: bytes, filename: str) -> bool:
    """Whether ``read`` takes the file for a table, whatever its headings."""
    if content.startswith((ZIP, OLE)):
        return not is_package(content) and not other_archive(content)
    return filename.lower().endswith(_TABLES) and not content.startswith(FOREIGN) and not _XML.match(decode(content)[0])


def _read_archive(content: bytes, filename: str, findings: Findings, told: Meanings) -> Bank:
    if is_package(content):
        read_package(content, findings)
        return findings.bank("", FileFormat.QTI)
    if kind := other_archive(content):
        raise UnreadableBank(kind)
    read_table(content, filename, findings, told)
    return findings.bank("", FileFormat.TABLE)


def _read_xml(text: str, encoding: str, findings: Findings) -> Bank:
    if _OLD_ITEM.search(text[:_PROLOGUE]):
        raise UnreadableBank("old_qti")
    if listed := _LIST.search(text[:_PROLOGUE]):
        raise UnreadableBank("only_a_list", root=listed[1])
    if _ITEM.search(text[:_PROLOGUE]):
        read_item(parse(text, findings.limits), findings)
        return findings.bank(encoding, FileFormat.QTI)
    read_moodle_xml(parse_on(text, findings.limits, "question"), findings)
    return findings.bank(encoding, FileFormat.MOODLE_XML)


def _read_text(text: str, encoding: str, name: str, findings: Findings) -> Bank:
    if _is_aiken(text):
        read_aiken(text, findings)
        return findings.bank(encoding, FileFormat.AIKEN)
    if name.endswith(".gift") or "{" in text or re.search(r"^\s*(?:::|\$CATEGORY)", text, re.MULTILINE):
        read_gift(text, findings)
        return findings.bank(encoding, FileFormat.GIFT)
    raise UnreadableBank("unknown_format")


def _is_aiken(text: str) -> bool:
    """Lines ANSWER: or lettered answers outnumber the answers in braces."""
    lines = text.split("\n")
    answers = sum(ANSWER_LINE.fullmatch(line) is not None for line in lines)
    lettered = sum(OPTION_LINE.fullmatch(line) is not None for line in lines)
    braces = len(_BRACES.findall(text))
    return bool(answers and answers >= braces) or (not braces and lettered > 1)
