"""The table of docs/deadlines.md, row by row."""

import csv
from pathlib import Path

import pytest

from tests.engines.deadlines.samples import PLAN
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


def test_phrases_as_they_are_typed_mean_what_was_decided_before_they_were_read() -> None:
    """Mistyped, cut short, run together: read, asked with what may be meant («?»), or not understood («✗»)."""
    with (Path(__file__).parent / "typed_phrases.csv").open(newline="") as file:
        wanted = [tuple(line.values()) for line in csv.DictReader(file)]
    assert [(phrase, _meaning(phrase)) for phrase, _ in wanted] == wanted
    assert len(wanted) > 600


def _meaning(phrase: str) -> str:
    _kind, meaning, due = row(phrase, PLAN)
    return meaning or ("✗" if due[0] == "✗" else due)


@pytest.mark.parametrize(
    "phrase",
    [
        "по средам в 15-16", "15 октября в 10-11", "до 15 октября в 10-11", "ежедневно до 2 часов",
        "каждую субботу до 3 ч", "15 октября, до 2 ч", "по средам с 2 часов", "15 октября с 2 до 3 часов",
        "15 октября в 2 часа", "не позднее 2 часов 15 октября",
    ],
)  # fmt: skip
def test_a_span_or_a_number_of_hours_is_no_time_of_day(phrase: str) -> None:
    kind, meaning, due = row(phrase, PLAN)
    assert (kind, meaning, due[:1]) == ("not_understood", "", "✗")


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [("15 октября в 14-30", "15 октября в 14:30"), ("15 октября в 8-45", "15 октября в 8:45"),
     ("по средам с 14 до 16 часов", "1 раз в неделю, по средам, с 14:00 до 16:00"),
     ("15 октября до 12 часов", "15 октября до 12:00")],
)  # fmt: skip
def test_a_time_of_day_is_kept(phrase: str, meaning: str) -> None:
    assert row(phrase, PLAN)[1] == meaning
