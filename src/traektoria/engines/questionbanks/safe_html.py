"""Texts of questions as HTML that is safe to show, and as bare text.

What is safe decides ``nh3`` by an allow-list: text layout, tables, sub- and superscripts, MathML and the pictures of
the question stay; other elements of HTML give their contents; scripts and the like vanish with theirs. Before that,
what its author meant as letters becomes letters: ``#include <stdio.h>``, «a<b и c>d», «тег <b> или <i>».
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Mapping
from typing import Final

import markdown
import nh3

from traektoria.engines.questionbanks.model import TextFormat


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT_TAGS: Final = _words(
    "p div br hr b strong i em u s sub sup small code pre blockquote ul ol li table caption thead tbody tfoot tr th td "
    "h3 h4 h5 h6 dl dt dd"
)
_MATH_TAGS: Final = _words(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd menclose mfenced mpadded mphantom mstyle merror semantics"
)
_UNWRAPPED: Final = _words(
    "html body span font a center nav aside big tt abbr acronym cite dfn kbd samp var mark ins del strike q time label "
    "fieldset legend form noscript picture colgroup col wbr bdo bdi ruby rt rp details summary nolink o:p st1 tex "
    "source track param area input"
)
_VANISHING: Final = _words(
    "script style iframe object embed applet noframes noembed template svg title head textarea select option button "
    "audio video canvas map annotation annotation-xml xml math-annotation plaintext xmp frameset"
)
_RENAMED: Final = {"h1": "h3", "h2": "h3"} | dict.fromkeys(
    _words("section article header footer main figure figcaption address"), "div"
)
_KNOWN: Final = _TEXT_TAGS | _MATH_TAGS | _UNWRAPPED | _VANISHING | _RENAMED.keys() | {"img"}
_EMPTY: Final = _words("br hr img col wbr source track param area input mspace mprescripts")
_CLOSED_BY_NEXT: Final = _words("p li dt dd tr td th thead tbody tfoot colgroup option rt rp html body head")
_SWITCHES: Final = _words("nowrap compact noshade checked disabled hidden reversed selected readonly multiple controls")
_NAME = re.compile(r"<(/?)([a-z][^\s/<>]*)", re.IGNORECASE)
_TAG = re.compile(
    r"""<(?!!)(?:(/?)([a-z][^\s/<>]*)((?:[^<>=]|=\s*"[^"]{0,2000}"|=\s*'[^']{0,2000}'|=)*+)>)?""", re.IGNORECASE
)
_WORDS_INSIDE = re.compile(r"(?![^\"']*=).*\w", re.DOTALL)
_NO_MARKUP = re.compile(r"<(?=\?|!(?!--|\[(?:if|endif)))", re.IGNORECASE)
_AROUND: Final = " \t\n\u00a0«»„“”\"'()[],.;:?!—–-/"
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_REFERENCE = re.compile(r"@@PLUGINFILE@@/(.+)")
_ATTRIBUTES: Final = {
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
_OF_PICTURES: Final = {
    "src": _REFERENCE,
    "alt": re.compile(".*", re.DOTALL),
    "width": _NUMBER,
    "height": _NUMBER,
}
_OF_CELLS: Final = {"colspan": _NUMBER, "rowspan": _NUMBER}
_ALLOWED: Final = {
    "img": _OF_PICTURES,
    "td": _OF_CELLS,
    "th": _OF_CELLS,
    **dict.fromkeys(_MATH_TAGS, _ATTRIBUTES),
}
_PIECE = re.compile(r"(<[^>]*>)")  # what nh3 writes has no < and no > but those of its tags
_IMAGE = re.compile(r"<img\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_BLOCKS: Final = _words("p div br hr li tr h3 h4 h5 h6 blockquote pre table ul ol dt dd")
_SUPERSCRIPT: Final = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT: Final = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def render(text: str, text_format: TextFormat, pictures: Mapping[str, str] | None = None) -> str:
    """Safe HTML of a text. `pictures`: name of a picture of the question → its address; others are not shown."""
    if text_format is TextFormat.PLAIN:
        return html.escape(text).replace("\n", "<br>")
    if text_format is TextFormat.MARKDOWN:
        text = markdown.markdown(text, extensions=["tables", "sane_lists"])
    made = _IMAGE.sub(lambda found: _image(found[1], pictures or {}), _cleaned(text))
    return _with_line_ends(made) if text_format is TextFormat.MOODLE else made


def plain(text: str, text_format: TextFormat) -> str:
    """The text without markup: for lists, search and names. Pictures give their alternative text."""
    if text_format in (TextFormat.PLAIN, TextFormat.MARKDOWN):
        return text.strip()
    bare = "".join(_bare(_cleaned(text), line_ends=text_format is TextFormat.MOODLE))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    pattern = _ALLOWED.get(tag, {}).get(attribute)
    value = value.strip() if attribute == "src" else value
    return value if pattern and pattern.fullmatch(value) else None


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TEXT_TAGS | _MATH_TAGS | {"img"}),
    clean_content_tags=set(_VANISHING),
    attributes={tag: set(patterns) for tag, patterns in _ALLOWED.items()},
    attribute_filter=_allowed,
    url_schemes=set(),
    link_rel=None,
)


def _cleaned(text: str) -> str:
    return _CLEANER.clean(_letters(text)) if "<" in text or "&" in text else html.escape(text, quote=False)


def _letters(text: str) -> str:
    """With every < that begins no markup as a letter."""
    comment = text.rfind("-->")
    text = text[: comment + 1] + text[comment + 1 :].replace("<!--", "&lt;!--")
    return _TAG.sub(_Letters(text), _NO_MARKUP.sub("&lt;", text))


class _Letters:
    """A tag is one where its name is known, it holds no words of a sentence, and what must be closed is closed.

    Attributes that nobody allows go at once: a parser repeats elements that differ by them in each paragraph.
    """

    def __init__(self, text: str) -> None:
        self._begins: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        for found in _NAME.finditer(text):
            if found[1]:
                self._ends[found[2].lower()] = found.start()
            else:
                self._begins.setdefault(found[2].lower(), found.start())
        self._first = len(text) - len(text.lstrip())
        self._is_alone = _TAG.fullmatch(text.strip()) is not None
        self._formulas = 0

    def __call__(self, found: re.Match[str]) -> str:
        name = (found[2] or "").lower()
        if name not in _KNOWN or self._is_said(found, name):
            return "&lt;" + found[0][1:]
        if name == "math":
            self._formulas += -1 if found[1] else 1
        elif name in _MATH_TAGS and not self._formulas:
            return ""
        attributes = found[3] if name in _ALLOWED else "/" if found[3].endswith("/") else ""
        return f"<{found[1]}{_RENAMED.get(name, name)}{attributes}>"

    def _is_said(self, found: re.Match[str], name: str) -> bool:
        """Whether the tag is a word of the sentence."""
        if name == "img" or self._is_alone:
            return not found[3].strip("/ ")
        if found[1]:
            return self._stands_apart(found) and self._begins.get(name, found.end()) > found.start()
        if _WORDS_INSIDE.match(found[3]) and not set(found[3].lower().strip(" \t\n/").split()) <= _SWITCHES:
            return True
        if name in _EMPTY or found[3].endswith("/") or self._ends.get(name, -1) > found.start():
            return False
        return name not in _CLOSED_BY_NEXT or self._stands_apart(found)

    def _stands_apart(self, found: re.Match[str]) -> bool:
        """«тег <p> или <li>?»: inside of a sentence, with blanks or punctuation on both sides."""
        start, end, text = found.start(), found.end(), found.string
        return start > self._first and text[start - 1] in _AROUND and (end == len(text) or text[end] in _AROUND)


def _image(attributes: str, pictures: Mapping[str, str]) -> str:
    """The picture of the question, or its words in brackets. The attributes are as nh3 wrote them."""
    given = dict(_ATTRIBUTE.findall(attributes))
    match = _REFERENCE.fullmatch(html.unescape(given.get("src", "")))
    address = pictures.get(urllib.parse.unquote(match[1])) if match else None
    words = given.get("alt", "")
    if address is None:
        return f"[{words}]" if words else ""
    sizes = "".join(f' {side}="{given[side]}"' for side in ("width", "height") if side in given)
    return f'<img src="{html.escape(address)}" alt="{words}"{sizes}>'


def _with_line_ends(made: str) -> str:
    parts, formulas = [], 0
    for part in _PIECE.split(made):
        formulas += part.startswith("<math") - part.startswith("</math")
        parts.append(part if formulas or part.startswith("<") else part.replace("\n", "<br>"))
    return "".join(parts)


def _bare(made: str, *, line_ends: bool) -> list[str]:
    """The text of what nh3 wrote; blocks become lines, x<sup>2</sup> becomes x²."""
    parts, script = [], ""
    for part in _PIECE.split(made):
        if not part.startswith("<"):
            data = html.unescape(part)
            flat = data if line_ends else data.replace("\n", " ")
            parts.append(_scripted(data, script) if script and data.strip() else flat)
            continue
        name = part.strip("</>").partition(" ")[0]
        script = name if name in ("sub", "sup") and not part.startswith("</") else ""
        if name in _BLOCKS:
            parts.append("\n")
        elif name == "img":
            parts.append(html.unescape(dict(_ATTRIBUTE.findall(part)).get("alt", "")))
        elif name in ("td", "th") and not part.startswith("</"):
            parts.append(" ")
    return parts


def _scripted(data: str, script: str) -> str:
    """x² for x<sup>2</sup>; ^(a) where Unicode has no such letter."""
    table, mark = (_SUPERSCRIPT, "^") if script == "sup" else (_SUBSCRIPT, "_")
    text = data.strip()
    if all(ord(letter) in table for letter in text):
        return text.translate(table)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
