"""The table of docs/deadlines.md, row by row."""

from pathlib import Path

import pytest

from tests.engines.deadlines.making import PLAN
from tests.engines.deadlines.spec import row

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "deadlines.md"


def rows() -> list[list[str]]:
    """Cells of all rows under a heading of the table."""
    lines = [line[1:-1].split("|") for line in DOCUMENT.read_text().splitlines() if line.startswith("|")]
    cells = [[cell[1:-1] for cell in line] for line in lines]
    return [line for line in cells if line[0] != "phrase" and set("".join(line)) != {"-"}]


@pytest.mark.parametrize("cells", rows(), ids=lambda cells: cells[0])
def test_a_row_of_the_table(cells: list[str]) -> None:
    phrase, *expected = cells
    assert list(row(phrase, PLAN)) == expected


def test_the_table_has_every_kind_of_deadline() -> None:
    kinds = {kind for _, kind, _, _ in rows()}
    assert kinds == {
        "point", "range", "school_unit", "recurring", "relative", "on_request", "by_plan", "open", "continuous",
        "approximate", "compound", "not_understood",
    }  # fmt: skip
    assert len(rows()) > 120
