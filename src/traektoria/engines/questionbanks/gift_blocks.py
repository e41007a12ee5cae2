"""A GIFT file cut into blocks: one question with its comments each, every character knowing its line.

Escaped marks (a backslash before one of ``~ = # { } : n`` or itself) become private characters first, so that whatever
looks for a mark later finds real ones only; `unescape` turns them back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_PRIVATE: Final = 0xF0000
_ESCAPE = re.compile(r"\\([\\:#={}~n]|-(?=>))")
_PRIVATE_MARK = re.compile("[\U000f0000-\U000f00ff]")
_CATEGORY = re.compile(r"\s*\$CATEGORY\s*:(.*)", re.IGNORECASE)
_NAME_MARK: Final = "::"


def escape(line: str) -> str:
    """Hide escaped marks in private characters."""

    return _ESCAPE.sub(lambda match: chr(_PRIVATE + ord("\n" if match[1] == "n" else match[1])), line)


def unescape(text: str) -> str:
    """Show hidden marks as what they stand for, and trim."""
    return _PRIVATE_MARK.sub(lambda match: chr(ord(match[0]) - _PRIVATE), text).strip()


@dataclass(slots=True)
class Piece:
    """Text with the line where it begins; lines count its ``\\n``."""

    text: str
    line: int

    def line_at(self, place: int) -> int:
        """The line of the character at `place`."""
        return self.line + self.text.count("\n", 0, place)

    def part(self, start: int, end: int | None = None) -> Piece:
        """A part without the blanks around it; its line is that of its first visible character."""
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip())
        return Piece(raw.strip(), self.line_at(start))


@dataclass(slots=True)
class Block:
    """Lines of one question (a comment among them is an empty line) and the comments with their lines."""

    piece: Piece
    comments: list[tuple[int, str]] = field(default_factory=list)
    category: str = ""
    notices: list[tuple[int, str]] = field(default_factory=list)  # (line, code) of warnings


class Cutter:
    """Reads lines, yields blocks."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._notices: list[tuple[int, str]] = []
        self._category = ""
        self._at = 0
        self._closing = -1  # a line known to close what is open

    def __iter__(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            comments, taken = self._take()
            if any(line.strip() for _, line in taken):
                yield from self._split(comments, taken)

    def _take(self) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        """Lines up to an empty one that does not stand inside {…}."""
        comments: list[tuple[int, str]] = []
        taken: list[tuple[int, str]] = []
        open_brace = noticed = False
        while self._at < len(self._lines):
            line, number = self._lines[self._at], self._at + 1
            self._at += 1
            if not line.strip():
                if open_brace and self._closes_later():
                    if not noticed:
                        self._notices.append((number, "blank_line_inside"))
                    noticed = True
                    taken.append((number, ""))
                    continue
                break
            if line.lstrip().startswith("//"):
                comments.append((number, line))
                taken.append((number, ""))
            elif (match := _CATEGORY.match(line)) and not open_brace:
                if any(text.strip() for _, text in taken):
                    self._at -= 1
                    break
                self._category = match[1].strip()
            else:
                taken.append((number, escape(line)))
                open_brace = _left_open(taken[-1][1], open_brace)
        return comments, taken

    def _closes_later(self) -> bool:
        """Whether } comes before anything that begins another question."""
        if self._at <= self._closing:
            return True
        for number in range(self._at, len(self._lines)):
            text = escape(self._lines[number]).lstrip()
            if text.startswith("//"):
                continue
            opening, closing = text.find("{"), text.find("}")
            if text.startswith((_NAME_MARK, "$")) or (opening >= 0 and (closing < 0 or opening < closing)):
                return False
            if closing >= 0:
                self._closing = number
                return True
        return False

    def _split(self, comments: list[tuple[int, str]], taken: list[tuple[int, str]]) -> Iterator[Block]:
        """Questions without an empty line between them are told apart by the second {…} or by ::name::."""
        groups = _groups(taken)
        for place, group in enumerate(groups):
            first = next((number for number, line in group if line.strip()), group[0][0])
            last = group[-1][0]
            own = [(number, text) for number, text in comments if number <= last]
            comments = [(number, text) for number, text in comments if number > last]
            if place:
                self._notices.append((first, "not_separated"))
            start = next(at for at, (number, _) in enumerate(group) if number == first)
            piece = Piece("\n".join(line for _, line in group[start:]).rstrip(), first)
            if piece.text.strip():
                notices = [notice for notice in self._notices if notice[0] <= last]
                self._notices = [notice for notice in self._notices if notice[0] > last]
                yield Block(piece, own, self._category, notices)


def _left_open(line: str, was_open: bool) -> bool:
    last_open, last_close = line.rfind("{"), line.rfind("}")
    return was_open if last_open == last_close else last_open > last_close


def _groups(taken: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    groups: list[list[tuple[int, str]]] = [[]]
    closed = False  # the answers of the present group have been seen whole
    is_open = False
    cut = 0  # where the next group would begin, if it is one
    for number, line in taken:
        begins_name = line.lstrip().startswith(_NAME_MARK) and not is_open
        if closed and (begins_name or "{" in line):
            groups.append([] if begins_name else groups[-1][cut:])
            del groups[-2][len(groups[-2]) if begins_name else cut :]
            closed = False
        groups[-1].append((number, line))
        is_open = _left_open(line, is_open)
        if "}" in line and not is_open and not closed:
            closed, cut = True, len(groups[-1])
    return groups
