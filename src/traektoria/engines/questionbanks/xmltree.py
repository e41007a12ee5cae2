"""XML into a small tree that knows its lines, without document types, entities of its own, or deep nesting.

A file that breaks off gives what stands before the break. Names of HTML entities (``&nbsp;``) are understood though XML
does not know them: exports written by hand have them.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from traektoria.engines.questionbanks.errors import UnreadableBank
from traektoria.engines.questionbanks.limits import Limits

_XML_ENTITIES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_NAMED = re.compile(r"&(\w{2,31});")
_BARE = re.compile(r"&(?!#?\w{1,31};)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAKS: Final = 30
_DECLARATION = re.compile(r"\s*<\?xml.*?\?>", re.DOTALL)


@dataclass(slots=True)
class Node:
    """An element: its name without the namespace, where it begins and where its text begins."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)
    closed: bool = False

    def elements(self, *tags: str) -> Iterator[Node]:
        """Children of these names (of any name without)."""
        return (each for each in self.children if isinstance(each, Node) and (not tags or each.tag in tags))

    def first(self, *tags: str) -> Node | None:
        """The first child of one of these names."""
        return next(self.elements(*tags), None)

    def descendants(self, *tags: str) -> Iterator[Node]:
        """Elements of these names at any depth, in the order of the file."""
        for each in self.elements():
            if not tags or each.tag in tags:
                yield each
            yield from each.descendants(*tags)

    def text(self) -> str:
        """All text inside; elements inside a text are its HTML and are written out again."""
        return "".join(each if isinstance(each, str) else each.source() for each in self.children)

    def source(self) -> str:
        """The element as markup."""
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in self.attributes.items())
        inner = "".join(
            html.escape(each, quote=False) if isinstance(each, str) else each.source() for each in self.children
        )
        return f"<{self.tag}{attributes}>{inner}</{self.tag}>" if inner else f"<{self.tag}{attributes}/>"

    def value(self, *tags: str) -> str:
        """The trimmed text of the first child of one of these names; "" without it."""
        child = self.first(*tags)
        return child.text().strip() if child else ""


@dataclass(slots=True)
class Tree:
    """The root (None if not one element could be read), and where and why the file breaks off (0 if it does not)."""

    root: Node | None
    broken_line: int = 0
    reason: str = ""


def parse(text: str, limits: Limits) -> Tree:
    """Raises Unreadable("unsafe_xml") and nothing else."""
    builder = _Builder(limits.depth)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: builder.start(tag, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _forbidden
    parser.EntityDeclHandler = _forbidden
    try:
        parser.Parse(prepared(text).encode("utf-8"), True)
    except expat.ExpatError as error:
        return Tree(builder.root, error.lineno, expat.ErrorString(error.code) or "")
    except _TooDeep:
        return Tree(builder.root, parser.CurrentLineNumber, "too deep")
    return Tree(builder.root)


def parse_on(text: str, limits: Limits, tag: str) -> list[Tree]:
    """Trees of a file that may be broken in several places: after each break reading goes on at the next <tag.

    The first has the root of the file, the others one of their own. Raises Unreadable("unsafe_xml").
    """
    trees = [parse(text, limits)]
    root = trees[0].root
    if root is None or not trees[0].broken_line:
        return trees
    lines = text.split("\n")
    while (broken := trees[-1].broken_line) and len(trees) < _BREAKS:
        place = _next_start(lines, broken, tag)
        if place is None:
            break
        number, column = place
        rest = "\n".join([lines[number][column:], *lines[number + 1 :]])
        trees.append(parse("\n" * number + f"<{root.tag}>{rest}", limits))
    return trees


def _next_start(lines: list[str], after: int, tag: str) -> tuple[int, int] | None:
    """0-based line and column of the next <tag below the 1-based line `after`."""
    start = re.compile(rf"<{tag}[\s>]")
    found = ((number, start.search(lines[number])) for number in range(after, len(lines)))
    return next(((number, match.start()) for number, match in found if match), None)


def prepared(text: str) -> str:
    """Without what expat would stumble over, every line in its place."""
    text = _CONTROL.sub(" ", text)
    if (match := _DECLARATION.match(text)) is not None:
        text = "\n" * match[0].count("\n") + text[match.end() :]
    parts = _CDATA.split(text)
    parts[::2] = [_BARE.sub("&amp;", _NAMED.sub(_character, part)) for part in parts[::2]]
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    if match[1] in _XML_ENTITIES:
        return match[0]
    character = html.entities.html5.get(match[1] + ";")
    return character if character else f"&amp;{match[1]};"


class _TooDeep(Exception):
    pass


def _forbidden(*_: object) -> None:
    raise UnreadableBank("unsafe_xml")


class _Builder:
    def __init__(self, depth: int) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._depth = depth

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        node = Node(tag.rpartition(":")[2], attributes, line)
        if self._open:
            self._open[-1].children.append(node)
        elif self.root is None:
            self.root = node
        if len(self._open) >= self._depth:
            raise _TooDeep
        self._open.append(node)

    def end(self, _tag: str) -> None:
        self._open.pop().closed = True

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)
