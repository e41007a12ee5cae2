"""A plan without a grid: lines of a text with numbers, each with its content, term and responsible one after another.

    1.2 Проведение открытых уроков 1 раз в
    четверть
    сообщество
    тьюторов

Where one ends and the next begins nobody wrote down. The term is the longest stretch that the engine of deadlines
reads to its last word, with somebody whom we recognise after it (or before it, as the headings say); every such row is
marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from traektoria.engines.plantables.columns import is_term, meaning_of
from traektoria.engines.plantables.joined_lines import joined, squeezed
from traektoria.engines.plantables.model import Doubt, How, Left, Paragraph, Place, PlanColumn, ProposedRow, WhyLeftOut
from traektoria.engines.plantables.responsible import are_named
from traektoria.engines.plantables.rows import Held, doubts_of

_ITEM = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<mark>[.)]?)\s+(?P<text>\S.*)", re.DOTALL)
_ENDS = re.compile(r".*_{3,}.*|(?:приложение|согласовано|утверждено)\b.*", re.IGNORECASE | re.DOTALL)
_LONGEST_TERM: Final = 12
_LONGEST_WHO: Final = 16
_LONGEST_ITEM: Final = 160
_SHOWN: Final = 120
_MOST: Final = 0.5


@dataclass(slots=True)
class _Item:
    place: Place
    number: str
    lines: list[str]
    paragraphs: int = 1


@dataclass(frozen=True, slots=True)
class _Cut:
    content: str
    term: str = ""
    responsible: str = ""


def read_lines(paragraphs: Sequence[Paragraph]) -> tuple[list[ProposedRow], list[Left]]:
    """Rows, and the lines before and after them; no rows where the text is no plan."""
    heading = _heading(paragraphs)
    at, people_first = heading or (-1, False)
    body = paragraphs[at + 1 :]
    items, before, after = _items(body)
    if not items or (heading is None and any(map(_is_prose, items))):
        return [], []
    rows = _rows(items, people_first=people_first)
    told = sum(bool(row.term) for row in rows)
    if not rows or (heading is None and (told < 2 or told < _MOST * len(rows))):
        return [], []
    left = [_left(paragraphs[: at + 1 + before])] if at + 1 + before else []
    return rows, left + ([_left(body[len(body) - after :])] if after else [])


def _left(paragraphs: Sequence[Paragraph]) -> Left:
    first, last = paragraphs[0].place, paragraphs[-1].place
    until = last.row if last.row > first.row and last.number == first.number else 0
    return Left(replace(first, last=until), WhyLeftOut.TEXT, joined([paragraphs[0].text])[:_SHOWN], len(paragraphs))


def _heading(paragraphs: Sequence[Paragraph]) -> tuple[int, bool] | None:
    """The line that names the columns, and whether those responsible come before the term."""
    for at, paragraph in enumerate(paragraphs):
        words = paragraph.text.split()
        if not 2 <= len(words) <= 12:
            continue
        found = [meaning for word in words for meaning, how in [meaning_of(word)] if how is How.KNOWN]
        if PlanColumn.TERM in found and PlanColumn.RESPONSIBLE in found and len(found) * 2 >= len(words):
            return at, found.index(PlanColumn.RESPONSIBLE) < found.index(PlanColumn.TERM)
    return None


def _items(paragraphs: Sequence[Paragraph]) -> tuple[list[_Item], int, int]:
    """Items, each from its number to the next one; how many paragraphs stand before them, and after."""
    items, before, after = list[_Item](), 0, 0
    for at, paragraph in enumerate(paragraphs):
        text = squeezed(paragraph.text)
        if items and _ENDS.fullmatch(text):
            after = len(paragraphs) - at
            break
        match = _ITEM.fullmatch(text)
        if match and _follows(items[-1].number if items else "", match["number"]):
            items.append(_Item(paragraph.place, match["number"] + match["mark"], [match["text"]]))
        elif items:
            items[-1].lines.append(text)
            items[-1].paragraphs += 1
        else:
            before += 1
    return items, before, after


def _follows(last: str, number: str) -> bool:
    """A number that comes next («1.2» after «1.1», «2» after «1.4»), and not the number of a class or a year."""
    old = [int(part) for part in last.rstrip(".)").split(".")] if last else []
    new = [int(part) for part in number.split(".")]
    if not old:
        return new in ([1], [1, 1])
    if len(new) > len(old):
        return new == [*old, 1]
    return new[:-1] == old[: len(new) - 1] and new[-1] == old[len(new) - 1] + 1


def _is_prose(item: _Item) -> bool:
    """A chapter of a text, no measure."""
    return len(" ".join(item.lines).split()) > _LONGEST_ITEM


def _rows(items: Sequence[_Item], *, people_first: bool) -> list[ProposedRow]:
    held, rows = Held(), list[ProposedRow]()
    for item, following in zip(items, [*items[1:], None], strict=True):
        number = item.number.rstrip(".)")
        if following is not None and following.number.startswith(f"{number}."):
            held.hold(f"{item.number} {joined(item.lines)}", item.place)
            continue
        cut = _cut(item.lines, people_first=people_first)
        row = ProposedRow(item.place, item.number, held.section, cut.content, cut.term, cut.responsible)
        doubts = [*doubts_of(row), Doubt.SPLIT]
        rows.append(replace(row, doubts=tuple(doubts)))
    return rows


def _cut(lines: Sequence[str], *, people_first: bool) -> _Cut:
    words = joined(lines).split()
    if len(words) > _LONGEST_ITEM:
        return _Cut(" ".join(words))
    starts = _line_starts(lines)
    best: tuple[tuple[int, int, int], _Cut] | None = None
    for start, end in _terms(words, people_first=people_first):
        if people_first and words[end:]:
            continue
        content, responsible = _people_at_end(words[:start]) if people_first else (words[:start], words[end:])
        is_at_line = words[start] in starts or words[start][0].isupper()
        told = bool(responsible) if people_first else len(responsible)
        worth = (told, is_at_line and not people_first, end - start)
        if best is None or worth > best[0]:
            best = worth, _Cut(*map(" ".join, (content, words[start:end], responsible)))
    return best[1] if best else _Cut(" ".join(words))


def _terms(words: Sequence[str], *, people_first: bool) -> Iterator[tuple[int, int]]:
    """Stretches of words that are a term, after which (or before which) somebody stands, or nobody."""
    ends = [len(words)]
    if not people_first:
        ends += [
            end for end in range(max(2, len(words) - _LONGEST_WHO), len(words)) if are_named(" ".join(words[end:]))
        ]
    for end in ends:
        for start in range(max(1, end - _LONGEST_TERM), end):
            if is_term(" ".join(words[start:end])):
                yield start, end


def _people_at_end(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The content, and whoever is recognised at its end."""
    for start in range(max(1, len(words) - _LONGEST_WHO), len(words)):
        if are_named(" ".join(words[start:])):
            return words[:start], words[start:]
    return words, []


def _line_starts(lines: Sequence[str]) -> set[str]:
    return {line.split()[0] for line in lines[1:] if line.split()}
