"""«Which column is what?»: what a person is asked of a table, with a guess for each column."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from traektoria.engines.tables.cells import column_letters, shown
from traektoria.engines.tables.headings import Heading, table_at
from traektoria.engines.tables.workbook import Workbook

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class AskedHeading:
    """A column of a table: its letter, its heading as written and as compared, what stands in its first cells, and what
    it probably is, "" for nothing that is needed."""

    letter: str
    title: str
    key: str
    samples: tuple[str, ...]
    guess: str


def asked_headings(
    workbook: Workbook,
    heading: Heading,
    keys: Sequence[str],
    guess: Callable[[str, tuple[str, ...]], str],
    *,
    repeated: Container[str],
) -> tuple[AskedHeading, ...]:
    """The columns under ``heading``; ``keys`` are their headings as compared, in the order of cells. A guess that is
    not among ``repeated`` is made for one column only."""
    lines = [line.cells for line in table_at(workbook, heading).lines[:SAMPLES]]
    asked, taken = [], set[str]()
    for place, cell in enumerate(heading.cells):
        if cell == "":
            continue
        samples = tuple(filter(None, (shown(cells[place]) for cells in lines)))
        found = guess(keys[place], samples)
        asked.append(
            AskedHeading(column_letters(place), shown(cell), keys[place], samples, "" if found in taken else found)
        )
        if found and found not in repeated:
            taken.add(found)
    return tuple(asked)
