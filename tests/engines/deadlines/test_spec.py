"""The table of docs/deadlines.md, row by row."""

import csv
from pathlib import Path

import pytest

from tests.engines.deadlines.making import PLAN
from tests.engines.deadlines.spec import row

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "deadlines.md"


def lines(width: int) -> list[list[str]]:
    """Cells of the rows of all tables that have so many columns, without headings."""
    found = [
        [cell[1:-1] for cell in line[1:-1].split("|")] for line in DOCUMENT.read_text().splitlines() if line[:1] == "|"
    ]
    return [line for line in found if len(line) == width and line[0] != "phrase" and set("".join(line)) != {"-"}]


def rows() -> list[list[str]]:
    return lines(4)


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


def test_phrases_of_municipal_plans_mean_what_was_decided_before_the_grammar_was_read() -> None:
    with (Path(__file__).parent / "municipal_phrases.csv").open(newline="") as file:
        wanted = [tuple(line.values()) for line in csv.DictReader(file)]
    assert [(phrase, *row(phrase, PLAN)[1:]) for phrase, _, _ in wanted] == wanted
    assert len(wanted) > 300
