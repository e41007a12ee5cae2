"""Texts of questions as HTML that is safe to show, and as bare text.

What comes out is built anew from an allow-list: nothing of the source is copied. Text layout, tables,
sub- and superscripts, MathML and the pictures of the question stay; other elements of HTML give their contents; scripts
and the like vanish with theirs; what is no element at all (``#include <stdio.h>``) is shown as it is written.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final

import markdown

from traektoria.engines.questionbanks.model import TextFormat

Attributes = list[tuple[str, str | None]]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT_TAGS: Final = _words(
    "p br hr b strong i em u s sub sup small code pre blockquote ul ol li table caption thead tbody tfoot tr th td "
    "h3 h4 h5 h6 dl dt dd"
)
_MATH_TAGS: Final = _words(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd menclose mfenced mpadded mphantom mstyle merror semantics"
)
_VOID: Final = frozenset({"br", "hr", "img"})
_UNWRAPPED: Final = _words(
    "html body div span font a center section article header footer main nav aside figure figcaption address big tt "
    "abbr acronym cite dfn kbd samp var mark ins del strike q time label fieldset legend form noscript picture "
    "h1 h2 colgroup col wbr bdo bdi ruby rt rp details summary nolink o:p st1 tex"
)
_VANISHING: Final = _words(
    "script style iframe object embed applet noframes noembed template svg title head textarea select option button "
    "audio video canvas map annotation annotation-xml xml math-annotation plaintext xmp frameset"
)
_BLOCKS: Final = _words("p div br hr li tr h1 h2 h3 h4 h5 h6 blockquote pre table ul ol dt dd section")
_SPANS: Final = frozenset({"colspan", "rowspan"})
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_MATH_VALUES: Final = {
    "display": re.compile("block|inline"),
    "mathvariant": re.compile("[a-z-]{1,25}"),
    "stretchy": re.compile("true|false"),
    "fence": re.compile("true|false"),
    "form": re.compile("prefix|infix|postfix"),
    "separator": re.compile("true|false"),
    "displaystyle": re.compile("true|false"),
    "open": re.compile(r"[(\[{|⟨]?"),
    "close": re.compile(r"[)\]}|⟩]?"),
    "separators": re.compile("[,;|]{0,5}"),
    "notation": re.compile("[a-z ]{1,40}"),
    "columnalign": re.compile("[a-z ]{1,60}"),
    "linethickness": re.compile(r"\d{1,2}(?:px|em)?"),
    "width": re.compile(r"\d{1,2}(?:\.\d{1,3})?em"),
}
_REFERENCE = re.compile(r"@@PLUGINFILE@@/(.+)")
_SUPERSCRIPT: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_DEPTH: Final = 60


def render(text: str, text_format: TextFormat, pictures: Mapping[str, str] | None = None) -> str:
    """Safe HTML of a text. `pictures`: name of a picture of the question → its address; others are not shown."""
    if text_format is TextFormat.PLAIN:
        return html.escape(text).replace("\n", "<br>")
    if text_format is TextFormat.MARKDOWN:
        text = markdown.markdown(text, extensions=["tables", "sane_lists"])
    cleaner = _Cleaner(pictures or {}, line_ends=text_format is TextFormat.MOODLE)
    cleaner.feed(_closed(text))
    cleaner.close()
    return cleaner.result()


def plain(text: str, text_format: TextFormat) -> str:
    """The text without markup: for lists, search and names. Pictures give their alternative text."""
    if text_format in (TextFormat.PLAIN, TextFormat.MARKDOWN):
        return text.strip()
    reader = _PlainReader(line_ends=text_format is TextFormat.MOODLE)
    reader.feed(_closed(text))
    reader.close()
    return reader.result()


def _closed(text: str) -> str:
    """Without comments and declarations, and with every < that no > follows as a text: on these the parser of the
    standard library takes quadratic time."""
    parts = text.split("<!--")
    kept = [parts[0], *(part.partition("-->")[2] if "-->" in part else part for part in parts[1:])]
    text = "".join(kept).replace("<!", "&lt;!").replace("<?", "&lt;?")
    head, mark, tail = text.rpartition(">")
    return head + mark + tail.replace("<", "&lt;")


class _Cleaner(HTMLParser):
    """Writes allowed elements anew and closes all that was opened."""

    def __init__(self, pictures: Mapping[str, str], *, line_ends: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._pictures = pictures
        self._line_ends = line_ends
        self._out: list[str] = []
        self._open: list[str] = []
        self._vanishing: list[str] = []

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if self._vanishing or tag in _VANISHING:
            self._vanish(tag)
        elif tag == "img" and "math" not in self._open:
            self._out.append(self._image(dict(attributes)))
        elif self._allowed(tag):
            self._start(tag, attributes)
        elif tag not in _UNWRAPPED and tag not in _TEXT_TAGS | _MATH_TAGS | {"img"}:
            self._out.append(html.escape(self.get_starttag_text() or f"<{tag}>"))

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        if self._vanishing or tag in _VANISHING:
            return
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self._close(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._vanishing:
            if tag == self._vanishing[-1]:
                self._vanishing.pop()
            return
        self._close(tag)

    def handle_data(self, data: str) -> None:
        if self._vanishing:
            return
        text = html.escape(data)
        self._out.append(text.replace("\n", "<br>") if self._line_ends and "math" not in self._open else text)

    def result(self) -> str:
        """What was written, with everything closed."""
        closing = "".join(f"</{tag}>" for tag in reversed(self._open))
        return "".join(self._out) + closing

    def _vanish(self, tag: str) -> None:
        if tag in _VANISHING and len(self._vanishing) < _DEPTH:
            self._vanishing.append(tag)

    def _allowed(self, tag: str) -> bool:
        """HTML outside of formulas, MathML inside them and nowhere else."""
        inside = "math" in self._open
        return tag in _MATH_TAGS and tag != "math" if inside else tag in _TEXT_TAGS or tag == "math"

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag in _VOID:
            self._out.append(f"<{tag}>")
        elif len(self._open) < _DEPTH:
            self._open.append(tag)
            self._out.append(f"<{tag}{_attributes(tag, attributes)}>")

    def _close(self, tag: str) -> None:
        """Close an element and those left open inside it; an end without a beginning is nothing."""
        if tag not in self._open:
            return
        while self._open:
            last = self._open.pop()
            self._out.append(f"</{last}>")
            if last == tag:
                return

    def _image(self, attributes: dict[str, str | None]) -> str:
        match = _REFERENCE.fullmatch((attributes.get("src") or "").strip())
        name = urllib.parse.unquote(match[1]) if match else ""
        alternative = html.escape(attributes.get("alt") or "")
        address = self._pictures.get(name)
        if address is None:
            return f"[{alternative}]" if alternative else ""
        sizes = "".join(
            f' {side}="{value}"'
            for side in ("width", "height")
            if (value := attributes.get(side)) and _NUMBER.fullmatch(value)
        )
        return f'<img src="{html.escape(address)}" alt="{alternative}"{sizes}>'


def _attributes(tag: str, attributes: Attributes) -> str:
    kept = []
    for name, value in dict(attributes).items():
        if value is None:
            continue
        spans = tag in ("td", "th") and name in _SPANS and _NUMBER.fullmatch(value)
        pattern = _MATH_VALUES.get(name) if tag in _MATH_TAGS else None
        if spans or (pattern and pattern.fullmatch(value)):
            kept.append(f' {name}="{html.escape(value)}"')
    return "".join(kept)


class _PlainReader(HTMLParser):
    """Gathers the text; blocks become lines."""

    def __init__(self, *, line_ends: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._line_ends = line_ends
        self._out: list[str] = []
        self._hidden = 0
        self._script = ""

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if tag in _VANISHING:
            self._hidden += 1
        elif tag in _BLOCKS:
            self._out.append("\n")
        elif tag in ("sub", "sup"):
            self._script = tag
        elif tag == "img":
            self._out.append(dict(attributes).get("alt") or "")
        elif tag in ("td", "th"):
            self._out.append(" ")
        elif tag not in _UNWRAPPED | _TEXT_TAGS | _MATH_TAGS and not self._hidden:
            self._out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        if tag not in _VANISHING:
            self.handle_starttag(tag, attributes)
            self._script = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _VANISHING:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._out.append("\n")
        self._script = ""

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._out.append(_scripted(data, self._script) if self._script else self._flat(data))

    def _flat(self, data: str) -> str:
        return data if self._line_ends else data.replace("\n", " ")

    def result(self) -> str:
        """Lines without idle blanks."""
        lines = (" ".join(line.split()) for line in "".join(self._out).split("\n"))
        return "\n".join(line for line in lines if line)


def _scripted(data: str, script: str) -> str:
    """x² for x<sup>2</sup>; ^(a) where Unicode has no such letter."""
    table, mark = (_SUPERSCRIPT, "^") if script == "sup" else (_SUBSCRIPT, "_")
    text = data.strip()
    if all(ord(letter) in table for letter in text):
        return text.translate(table)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
