"""PDF/A-2b by Typst: tens of milliseconds a paper, the same bytes for the same content, embedded fonts only."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst


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


def typeset(
    template: Path,
    content: object,
    day: date,
    pictures: Mapping[str, bytes] | None = None,
    *,
    kept: bool = False,
) -> bytes:
    """The PDF/A-2b file of ``content`` (what JSON can hold), drawn by a Typst template as ``sys.inputs.sheet``, which
    finds ``pictures`` beside itself by their names.

    ``day`` is the time written into the file, so equal contents give equal bytes. Signs that the fonts lack (an emoji
    from a phone) are printed as «?», for PDF/A allows no empty boxes. Safe in threads: each keeps its own compiler.
    ``kept``: the same pictures come again with the next content, so the compiler that has read them stays.
    """
    if pictures and kept:
        return _typeset(_kept_compiler(template, pictures), content, day)
    if pictures:
        with TemporaryDirectory() as folder:
            for name, picture in pictures.items():
                (Path(folder) / name).write_bytes(picture)
            return _typeset(_compiler_in(copy(template, folder)), content, day)
    return _typeset(_compiler(template), content, day)


def _typeset(compiler: typst.Compiler, content: object, day: date) -> bytes:
    import typst

    moment = int(datetime.combine(day, time(12), UTC).timestamp())
    sheet = json.dumps(_breakable(content), ensure_ascii=False)
    for _round in range(_ROUNDS):
        try:
            return _compiled(compiler, sheet, moment)
        except typst.TypstError as error:
            strange = set("".join(_NO_GLYPH.findall(str(error)))) - _COMMON
            if not _NO_GLYPH.search(str(error)):
                raise
            if not strange:
                break
            sheet = "".join("?" if sign in strange else sign for sign in sheet)
    return _compiled(compiler, _STRANGE.sub("?", sheet), moment)


def _compiled(compiler: typst.Compiler, sheet: str, moment: int) -> bytes:
    pdf = compiler.compile(format="pdf", sys_inputs={"sheet": sheet}, pdf_standards="a-2b", timestamp=moment)
    if not isinstance(pdf, bytes):
        raise TypeError("the compiler gave no single file")
    return pdf


def _compiler(template: Path) -> typst.Compiler:
    """A compiler is not to be shared by threads; the fonts, which are heavy, are."""
    compilers: dict[Path, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if template not in compilers:
        compilers[template] = _compiler_in(str(template))
    return compilers[template]


def _kept_compiler(template: Path, pictures: Mapping[str, bytes]) -> typst.Compiler:
    """One a thread: the last one asked for."""
    key = (template, *((name, hashlib.sha256(pictures[name]).digest()) for name in sorted(pictures)))
    if getattr(_local, "kept", (None,))[0] != key:
        folder = TemporaryDirectory()
        for name, picture in pictures.items():
            (Path(folder.name) / name).write_bytes(picture)
        _local.kept = (key, _compiler_in(copy(template, folder.name)), folder)
    return _local.kept[1]  # type: ignore[no-any-return]


def _compiler_in(template: str) -> typst.Compiler:
    import typst

    return typst.Compiler(template, root=str(Path(template).parent), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the library: the same page on every machine."""
    import typst

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
