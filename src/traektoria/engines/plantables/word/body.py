"""A document as paragraphs and grids, in their order: cells where they stand, numbers as Word computes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from traektoria.engines.plantables.limits import DEPTH
from traektoria.engines.plantables.model import Block, Cell, Grid, GridRow, Left, Paragraph, Place, Where, WhyLeftOut
from traektoria.engines.plantables.word.numbering import Numbering
from traektoria.engines.plantables.word.paragraphs import GONE, mark_is_gone, taken, unwrapped
from traektoria.engines.plantables.word.xml import Element, child, name, number, value

_SHOWN = 120
_WIDEST = 200


@dataclass
class Walk:
    """Reads the body of a document; ``tables`` and ``paragraphs`` count as a person counts."""

    numbering: Numbering
    left: list[Left] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0
    _depth: int = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Paragraphs and tables of a body, a cell or a text box."""
        pending = ""
        for one in unwrapped(parent):
            kind = name(one)
            if kind == "p":
                text, boxes = self._paragraph(one, self._here())
                pending += text
                if not mark_is_gone(one):
                    yield from self._lines(pending)
                    pending = ""
                for box in boxes:
                    yield from self._deeper(box)
            elif kind == "tbl":
                yield from self._lines(pending)
                pending = ""
                yield from self._table(one)
            elif kind == "altChunk":
                self.left.append(Left(self._here(), WhyLeftOut.ATTACHED))
        yield from self._lines(pending)

    def _here(self) -> Place:
        return Place(Where.PARAGRAPH, row=self.paragraphs + 1)

    def _lines(self, text: str) -> Iterator[Block]:
        for line in text.split("\n"):
            if line.strip():
                self.paragraphs += 1
                yield Paragraph(Place(Where.PARAGRAPH, row=self.paragraphs), line)

    def _deeper(self, element: Element) -> Iterator[Block]:
        if self._depth >= DEPTH:
            self.left.append(Left(self._here(), WhyLeftOut.ATTACHED))
            return
        self._depth += 1
        yield from self.blocks(element)
        self._depth -= 1

    def _paragraph(self, element: Element, place: Place) -> tuple[str, list[Element]]:
        """Its text with its number, and its text boxes; what of it can't be read is named."""
        found = taken(element)
        label = self.numbering.label(element)
        if hidden := "".join(found.hidden).strip():
            self.left.append(Left(place, WhyLeftOut.HIDDEN_TEXT, hidden[:_SHOWN]))
        if found.pictures:
            self.left.append(Left(place, WhyLeftOut.PICTURE, count=found.pictures))
        text = found.text
        return (f"{label} {text}".strip() if label else text), found.boxes

    def _table(self, element: Element) -> Iterator[Block]:
        """The table, then the tables in its cells that stand there as tables."""
        if self._depth >= DEPTH:
            self.left.append(Left(Place(Where.TABLE, number=self.tables), WhyLeftOut.ATTACHED))
            return
        self._depth += 1
        self.tables += 1
        table, inner = self.tables, list[Block]()
        rows, above, width = list[GridRow](), dict[int, Cell](), 0
        for row in unwrapped(element):
            if name(row) != "tr" or any(child(row, "trPr", gone) is not None for gone in GONE):
                continue
            place = Place(Where.TABLE, number=table, row=len(rows) + 1)
            cells = self._row(row, place, above, inner)
            above = {cell.start: cell for cell in cells}
            width = max([width, *(cell.end for cell in cells)])
            rows.append(GridRow(place, tuple(cells)))
        self._depth -= 1
        yield Grid(tuple(rows), width)
        yield from inner

    def _row(self, row: Element, place: Place, above: dict[int, Cell], inner: list[Block]) -> list[Cell]:
        start = min(number(value(row, "trPr", "gridBefore")), _WIDEST)
        cells = list[Cell]()
        for one in unwrapped(row):
            if name(one) != "tc":
                continue
            properties = child(one, "tcPr")
            end = start + max(1, min(number(value(properties, "gridSpan"), 1), _WIDEST))
            lines = self._cell(one, place, inner)
            if value(properties, "hMerge") in {"continue", "cont"} or _is_merged_left(properties):
                if cells:
                    last = cells.pop()
                    cells.append(Cell(last.start, end, (*last.lines, *lines), last.goes_on))
            elif _goes_on(properties) and start in above:
                cells.append(Cell(start, end, above[start].lines, goes_on=True))
                if any(line.strip() for line in lines):
                    self.left.append(Left(place, WhyLeftOut.HIDDEN_TEXT, " ".join(lines)[:_SHOWN]))
            else:
                cells.append(Cell(start, end, lines))
            start = end
        return cells

    def _cell(self, cell: Element, place: Place, inner: list[Block]) -> tuple[str, ...]:
        """The lines of a cell. A table in it that has several columns and rows is a table of its own; another one only
        arranges lines."""
        before, paragraphs = len(self.left), self.paragraphs
        blocks = list(self._deeper(cell))
        self.paragraphs = paragraphs
        self.left[before:] = [Left(place, one.why, one.text, one.count) for one in self.left[before:]]
        lines = list[str]()
        for block in blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            elif _is_table(block):
                inner.append(block)
            else:
                lines += [line for row in block.rows for one in row.cells if not one.goes_on for line in one.lines]
        return tuple(lines)


def _goes_on(properties: Element | None) -> bool:
    merged = child(properties, "vMerge")
    return merged is not None and value(properties, "vMerge") != "restart"


def _is_merged_left(properties: Element | None) -> bool:
    merged = child(properties, "hMerge")
    return merged is not None and value(properties, "hMerge") is None


def _is_table(grid: Grid) -> bool:
    return sum(len(row.filled) > 1 for row in grid.rows) > 1
