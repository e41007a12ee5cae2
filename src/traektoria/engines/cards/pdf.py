"""The card as PDF/A-2b by Typst: tens of milliseconds a card, the same bytes for the same card, embedded fonts only."""

import json
import re
import threading
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from .model import RouteCard
from .sheet import sheet_of

_TEMPLATE = Path(__file__).with_name("card.typ")
#: Words that no hyphenation pattern can break (addresses, codes) get places where the line may end.
_UNBREAKABLE = re.compile(r"[^\s\u00a0-]{22,}")
_LETTERS_ONLY = re.compile(r"[^\W\d_]{22,45}")
_STEP = 12
_ZERO_WIDTH_SPACE = "\u200b"
_NO_GLYPH = re.compile(r'the text `?"(.+?)"`? could not be displayed')
_ROUNDS = 4
_STRANGE = re.compile(r"[^ -~\u00a0-\u017f\u0391-\u03c9\u0400-\u045f\u2009-\u203a\u2116]")
_COMMON = frozenset(chr(code) for code in range(32, 127))
_local = threading.local()


def render_pdf(card: RouteCard) -> bytes:
    """The card as a PDF/A-2b file; its time is that of the card's version, so equal cards give equal bytes.

    Signs that the fonts lack (an emoji from a phone) are printed as «?», for PDF/A allows no empty boxes.
    Safe in threads: each keeps its own compiler. Raises ``ValueError`` for a card without teachers.
    """
    moment = datetime.combine(card.version_date, time(12), UTC)
    sheet = json.dumps(_breakable(asdict(sheet_of(card))), ensure_ascii=False)
    for _round in range(_ROUNDS):
        try:
            return _compiled(sheet, int(moment.timestamp()))
        except typst.TypstError as error:
            strange = set("".join(_NO_GLYPH.findall(str(error)))) - _COMMON
            if not _NO_GLYPH.search(str(error)):
                raise
            if not strange:
                break
            sheet = "".join("?" if sign in strange else sign for sign in sheet)
    return _compiled(_STRANGE.sub("?", sheet), int(moment.timestamp()))


def _compiled(sheet: str, moment: int) -> bytes:
    pdf = _compiler().compile(format="pdf", sys_inputs={"sheet": sheet}, pdf_standards="a-2b", timestamp=moment)
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler gave no single file")
    return pdf


def _compiler() -> typst.Compiler:
    """A compiler is not to be shared by threads; the fonts, which are heavy, are."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=_fonts())
    compiler: typst.Compiler = _local.compiler
    return compiler


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the library: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _breakable(value: object) -> object:
    """The same structure with places to break in each too long word."""
    if isinstance(value, str):
        return _UNBREAKABLE.sub(lambda found: _with_breaks(found.group()), value)
    if isinstance(value, dict):
        return {key: _breakable(item) for key, item in value.items()}
    return [_breakable(item) for item in value] if isinstance(value, list | tuple) else value


def _with_breaks(word: str) -> str:
    if _LETTERS_ONLY.fullmatch(word) or set(word) == {"_"}:
        return word
    return _ZERO_WIDTH_SPACE.join(word[start : start + _STEP] for start in range(0, len(word), _STEP))
