"""From bytes to text in whatever encoding somebody's editor saved it; line ends become ``\n``."""

from __future__ import annotations

import codecs
import re
from typing import Final

from traektoria.engines.tables.errors import Unreadable

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC: Final = ("cp1251", "koi8-r", "cp866")
_LETTERS: Final = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"  # from the commonest to the rarest
_WEIGHTS: Final = {letter: 3.0 - 0.15 * place for place, letter in enumerate(_LETTERS)}
_FOREIGN_LETTER: Final = -4.0
_CASE_TURNS = re.compile("[а-яё][А-ЯЁ]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
ODD: Final = "\ufffd"
_ODD_IN: Final = 20  # characters of UTF-8 for each byte that is none
_LINE_END = re.compile(r"\r+\n|\r")  # \r\r\n is a file that went through two conversions, not two lines
_ACCENTED_IN_LATIN = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_NOT_TEXT = re.compile("[\x00\x01-\x08\x0e-\x1a\x7f]")
_SAMPLE: Final = 200_000


def decode(content: bytes) -> tuple[str, str]:
    """The text without its BOM, and the name of its encoding. Raises Unreadable("encoding")."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _lines(content[len(mark) :].decode(encoding, "replace")), encoding
    encoding = _declared(content) or _wide(content) or _narrow(content)
    text = content.decode(encoding, "replace")
    if "\0" in text or len(_NOT_TEXT.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 100:
        raise Unreadable("encoding")
    return _lines(text), encoding


def _lines(text: str) -> str:
    """A BOM in the middle is the seam of two files that were joined."""
    return _LINE_END.sub("\n", text.replace("\ufeff", ""))


def odd_lines(text: str) -> list[int]:
    """Lines with bytes that are no text in the encoding of the file; they are shown as �."""
    return [number for number, line in enumerate(text.split("\n"), 1) if ODD in line]


def _declared(content: bytes) -> str:
    """What an XML declaration says, if it is a known encoding of single bytes that fits."""
    match = _DECLARED.match(content.lstrip()[:300])
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
        content.decode(name)
    except (LookupError, UnicodeError, TypeError):
        return ""
    return "" if name.startswith(("utf-16", "utf-32")) else name


def _wide(content: bytes) -> str:
    """UTF-16 without a BOM shows in the zero bytes of its spaces and line ends."""
    sample = content[: _SAMPLE - _SAMPLE % 2]
    if b"\0" not in sample or len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _narrow(content: bytes) -> str:
    """One encoding for the whole file: a stray byte among much UTF-8 makes no other of it."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        good = len(_MULTIBYTE.findall(content))
        odd = len(re.findall(rb"[\x80-\xff]", _MULTIBYTE.sub(b"", content)))
        return "utf-8" if odd * _ODD_IN <= good else _single_byte(content)
    return "utf-8"


def _single_byte(content: bytes) -> str:
    """Western letters stand among Latin ones; of the Russian encodings the one that reads like Russian wins."""
    sample = content[:_SAMPLE]
    foreign = sum(byte > 127 for byte in sample)
    if len(_ACCENTED_IN_LATIN.findall(sample)) * 2 > foreign:
        return "cp1252"
    return max(_CYRILLIC, key=lambda name: _likeness(sample.decode(name, "replace")))


def _likeness(text: str) -> float:
    """How Russian a text looks: common letters count for it; rare ones, drawings, and capitals inside words against it.

    Capitals of Windows-1251 are small letters of KOI8-R and the other way round, so the case of letters tells nothing.
    """
    letters = sum(_WEIGHTS.get(letter, _FOREIGN_LETTER) for letter in text.lower() if letter > "\x7f")
    return letters - 3 * len(_CASE_TURNS.findall(text))
