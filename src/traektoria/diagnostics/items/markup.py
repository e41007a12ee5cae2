"""Texts of items as HTML that is safe to show, with their formulas and pictures, and as plain words.

Formulas (``engines.formulas``) and pictures that stand in a text by their bare name (``@@PLUGINFILE@@/name``) are taken
out before the text is rendered by its format, and put in afterwards, so that no format can spoil them.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from django.utils.safestring import SafeString

from traektoria.core.boxes import boxed, readable, sentence
from traektoria.engines import questionbanks as q
from traektoria.engines.formulas import BrokenFormula, Formula, linear, split, to_mathml

REFERENCE = "@@PLUGINFILE@@/"
_MARK = re.compile("\ue000(\\d{1,4})\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")
_TAG = re.compile(r"(<[^>]*>)")
_CODE = re.compile(r"<(/?)(?:code|pre)\b")
_BARE = re.compile(r"(?<![\"'=(/])@@PLUGINFILE@@/([^\s\"'<>()]{1,300})")
_NAMED = re.compile(r"@@PLUGINFILE@@/([^\s\"'<>()]{1,300})")
_IMAGE = re.compile(r'(<img src="([^"]*)" alt=")(")')


@dataclass(frozen=True)
class ShownPicture:
    """A picture as a page needs it."""

    url: str
    alt: str


Pictures = Mapping[str, ShownPicture | str]
"""Name in the texts → picture; an address alone is a picture without words of its own."""


def shown(text: str, text_format: str, pictures: Pictures | None = None) -> SafeString:
    """The text as safe HTML. A broken formula is shown as it is written, an unknown picture is left out."""
    return boxed("text", lambda: _shown(text, text_format, tuple((pictures or {}).items())))


@lru_cache(maxsize=4096)
def _shown(text: str, text_format: str, pictures: tuple[tuple[str, ShownPicture | str], ...]) -> str:
    """A text says the same to each person who sits the work."""
    known = {name: ShownPicture(one, "") if isinstance(one, str) else one for name, one in pictures}
    written, pieces = _taken_out(text, known, escaped=text_format not in ("plain", "markdown"))
    addresses = {name: one.url for name, one in known.items()}
    made = q.render(written, q.TextFormat(text_format), addresses)
    alts = {html.escape(one.url): html.escape(one.alt) for one in known.values()}
    made = _IMAGE.sub(lambda found: f"{found[1]}{alts.get(found[2], '')}{found[3]}", made)
    return _put_in(made, pieces, known)


def plain_text(text: str, text_format: str) -> str:
    """The text without markup, formulas as lines: for lists, search, and names."""
    bare: str | None = readable("text", lambda: _plain(text, text_format), None)
    return sentence() if bare is None else bare


@lru_cache(maxsize=4096)
def _plain(text: str, text_format: str) -> str:
    written, pieces = _taken_out(text, None, escaped=text_format not in ("plain", "markdown"))
    bare = q.plain(written, q.TextFormat(text_format))
    return _MARK.sub(lambda found: _words(pieces[int(found[1])]), bare).strip()


def missing_pictures(text: str, known: Iterable[str]) -> list[str]:
    """Names in the text that are no pictures of the item, bare or in a tag."""
    names = tuple(known)
    found = [unquote(name) for name in _NAMED.findall(text)]
    return [name for name in found if not name.startswith(names)] if names else found


def bare_references(text: str, known: Iterable[str], made: Callable[[str], str]) -> str:
    """The text with the bare names of known pictures replaced by ``made(name)``."""
    names = dict.fromkeys(known, ShownPicture("", ""))

    def change(found: re.Match[str]) -> str:
        name = _named(found[1], names)
        return made(name) + found[1][len(name) :] if name else found[0]

    return _BARE.sub(change, text)


Piece = Formula | str
"""A formula, or the name of a picture."""


def _taken_out(text: str, known: Mapping[str, ShownPicture] | None, *, escaped: bool) -> tuple[str, list[Piece]]:
    """The text with marks instead of formulas and bare names of pictures (``None``: of all of them), and these."""
    pieces: list[Piece] = []

    def mark(piece: Piece) -> str:
        pieces.append(piece)
        return f"\ue000{len(pieces) - 1}\ue001"

    def picture(found: re.Match[str]) -> str:
        name = _named(found[1], known)
        return mark(name) + found[1][len(name) :] if name else found[0]

    parts = []
    for piece in split(_PRIVATE.sub("", text)):
        if isinstance(piece, Formula):
            parts.append(mark(_unescaped(piece) if escaped else piece))
        else:
            parts.append(_BARE.sub(picture, piece))
    return "".join(parts), pieces


def _named(written: str, known: Mapping[str, ShownPicture] | None) -> str:
    """The longest known name with which the word begins: «graph.png.» is the picture and the end of a sentence."""
    if known is None:
        return written.rstrip(".,;:!?")
    return max((name for name in known if written.startswith(name)), key=len, default="")


def _unescaped(formula: Formula) -> Formula:
    """In HTML, «a &lt; b» is a < b."""
    return Formula(html.unescape(formula.tex), html.unescape(formula.source), formula.display)


def _put_in(made: str, pieces: list[Piece], known: Mapping[str, ShownPicture]) -> str:
    """Marks become MathML and pictures in the text, lines of words in attributes, and what was written in code."""
    if not pieces:
        return made
    parts, code = [], 0
    for part in _TAG.split(made):
        if part.startswith("<"):
            ends = _CODE.match(part)
            code += (-1 if ends[1] else 1) if ends else 0
            parts.append(_MARK.sub(lambda found: html.escape(_words(pieces[int(found[1])])), part))
        elif code:
            parts.append(_MARK.sub(lambda found: html.escape(_source(pieces[int(found[1])])), part))
        else:
            parts.append(_MARK.sub(lambda found: _markup(pieces[int(found[1])], known), part))
    return "".join(parts)


def _markup(piece: Piece, known: Mapping[str, ShownPicture]) -> str:
    if isinstance(piece, str):
        one = known[piece]
        return f'<img src="{html.escape(one.url)}" alt="{html.escape(one.alt)}">'
    return _formula(piece)


@lru_cache(maxsize=2048)
def _formula(formula: Formula) -> str:
    try:
        made = q.render(to_mathml(formula.tex, display=formula.display), q.TextFormat.HTML)
        line = html.escape(linear(formula.tex))  # aria-label: what stands alone beside a button names it
        return made.replace("<math", f'<math alttext="{line}" aria-label="{line}"', 1)
    except BrokenFormula:
        return html.escape(formula.source)


def _words(piece: Piece) -> str:
    if isinstance(piece, str):
        return ""
    try:
        return linear(piece.tex)
    except BrokenFormula:
        return piece.source


def _source(piece: Piece) -> str:
    return REFERENCE + piece if isinstance(piece, str) else piece.source
