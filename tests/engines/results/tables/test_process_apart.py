"""Tables computed in a process of their own are those computed here."""

from pathlib import Path

import pytest

from tests.engines.results.tables.conftest import Write
from traektoria.engines.disclosure import EVERYBODY, Decision
from traektoria.engines.results.tables import (
    By,
    Decisions,
    MarksRow,
    ResultsSource,
    Selection,
    TableKind,
    compute,
    process_apart,
)
from traektoria.engines.results.tables.rolls import MARKS_TABLE

SCHOOLS = Selection(By.SCHOOL)
SHOWN = Decision(frozenset({("Край", None, "s1")}))
OPEN = Decisions({EVERYBODY: SHOWN, MARKS_TABLE: SHOWN})


@pytest.fixture
def folder(write: Write) -> Path:
    return write([{"mark": mark, "answers": [1], "region": "Край"} for mark in (2, 3, 4, 5) * 4], [1])


def test_the_same_rows_come_from_the_other_process_also_when_it_has_ended(folder: Path) -> None:
    here = compute(ResultsSource(folder, published=OPEN), TableKind.MARKS, SCHOOLS, {})
    assert [type(row) for row in here] == [MarksRow]
    assert process_apart.compute_apart(folder, OPEN, TableKind.MARKS, SCHOOLS, {}) == here
    assert process_apart.TABLES.running is not None
    process_apart.TABLES.running.kill()
    assert process_apart.compute_apart(folder, OPEN, TableKind.MARKS, SCHOOLS, {}) == here


def test_a_lost_file_is_what_it_is_here(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        process_apart.compute_apart(folder / "lost", OPEN, TableKind.MARKS, SCHOOLS, {})
