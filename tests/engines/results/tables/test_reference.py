"""The tables against item statistics computed in R from a real sample of 60 schools."""

import csv
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.shared import shared
from traektoria.engines.results.tables import By, ResultsSource, Selection, completion, journal, marks, primary

from .conftest import Write

MAXIMA = [1, 1, 1, 1, 1, 2, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 2, 2]
BOUNDARIES = (8, 15, 21)
NOT_STARTED = set("XxХх")


@pytest.fixture
def reference() -> Path:
    return shared("vpr_items/ref_math8_60schools")


@pytest.fixture
def dataset(reference: Path, write: Write) -> ResultsSource:
    workbook = CalamineWorkbook.from_path(str(reference.parent / "vpr2021_math8_60schools.xlsx"))
    header, *rows = workbook.get_sheet_by_index(0).to_python()
    named = (dict(zip(map(str, header), map(str, row), strict=True)) for row in rows)
    return ResultsSource(write([_person(row) for row in named if row["вариант"] in ("1", "2")], MAXIMA))


def _person(row: dict[str, str]) -> dict[str, object]:
    total, before = int(row["всего баллов"]), row["отметка за предыдущую четверть/триместр"]
    return {
        "region": None,
        "municipality": row["регион"],
        "school": row["логин школы"],
        "class_name": row["класс"],
        "journal_mark": int(before) if before in {"2", "3", "4", "5"} else None,
        "primary_score": total,
        "mark": 2 + sum(total >= first for first in BOUNDARIES),
        "answers": [_cell(row[f"балл за {number}"]) for number in range(1, 21)],
    }


def _cell(text: str) -> int | str:
    if text in NOT_STARTED:
        return "not_started"
    return int(text) if text.isdecimal() else "not_covered"


def test_completion_is_what_r_found(dataset: ResultsSource, reference: Path) -> None:
    with (reference / "ref_items_ctt.csv").open(encoding="utf-8") as file:
        expected = [
            (row["task"], int(row["n_valid"]), int(row["n_X"]), _two(row["pct_of_max"])) for row in csv.DictReader(file)
        ]
    rows = completion(dataset, Selection(By.REGION))
    assert [(row.task, row.n, row.not_started, row.percent) for row in rows] == expected


def test_marks_and_journal_are_what_r_found(dataset: ResultsSource, reference: Path) -> None:
    rules = json.loads((reference / "ref_test.json").read_text(encoding="utf-8"))
    (row,) = marks(dataset, Selection(By.REGION))
    assert dict(zip("2345", row.counts, strict=True)) == rules["marks_by_scale"]
    (pair,) = journal(dataset, Selection(By.REGION))
    assert {
        "n": pair.n,
        "lowered": pair.lowered,
        "confirmed": pair.confirmed,
        "raised": pair.raised,
    } == rules["mark_vs_journal"]


def test_schools_are_what_r_found(dataset: ResultsSource, reference: Path) -> None:
    with (reference / "ref_schools.csv").open(encoding="utf-8") as file:
        expected = {
            row["school"]: tuple(int(row[name]) for name in ("n", "n2", "n3", "n4", "n5"))
            for row in csv.DictReader(file)
        }
    rows = marks(dataset, Selection(By.SCHOOL))
    assert {row.group.school: (row.n, *row.counts) for row in rows} == expected


def test_the_distribution_is_what_r_found(dataset: ResultsSource, reference: Path) -> None:
    with (reference / "ref_score_histogram.csv").open(encoding="utf-8") as file:
        expected = {int(row["total"]): int(row["n"]) for row in csv.DictReader(file)}
    (row,) = primary(dataset, Selection(By.REGION), boundaries=BOUNDARIES)
    assert {bar.score: bar.n for bar in row.bars if bar.n} == expected
    assert [bar.score for bar in row.bars if bar.boundary] == list(BOUNDARIES)


def _two(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)
