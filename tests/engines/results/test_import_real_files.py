"""The published figures of the real files, exactly."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.shared import shared
from traektoria.engines.results import NeedsAnswers, Overrides, import_dataset
from traektoria.engines.results.dataset_import import ImportedDataset


def imported(name: str, target: Path) -> tuple[ImportedDataset, list[dict[str, object]]]:
    path = shared(name)
    found = import_dataset(path.read_bytes(), path.name, target)
    rows = pq.read_table(found.path / "participants.parquet").to_pylist()
    return found, [row for row in rows if row["counted"]]


def shares(numbers: list[int]) -> list[float]:
    return [round(100 * number / sum(numbers), 2) for number in numbers]


def against_journal(rows: list[dict[str, object]]) -> list[int]:
    pairs = [(row["mark"], row["journal_mark"]) for row in rows if row["mark"] and row["journal_mark"]]
    return [sum(a < b for a, b in pairs), sum(a == b for a, b in pairs), sum(a > b for a, b in pairs)]  # type: ignore[operator]


def test_region_2021_math_4_gives_the_published_figures(tmp_path: Path) -> None:
    found, rows = imported("vpr/region_2021_math_4.xlsx", tmp_path)

    assert len(rows) == 24_933
    assert shares([sum(row["mark"] == mark for row in rows) for mark in (2, 3, 4, 5)]) == [3.31, 23.61, 46.18, 26.90]
    assert shares(against_journal(rows)) == [12.87, 65.30, 21.83]
    dirt = found.meta["dirt"]
    assert (dirt["over_maximum"], dirt["total_mismatch"], dirt["total_over_maximum"]) == (169, 33, 16)
    assert found.meta["max_primary"] == 20
    assert not list(tmp_path.glob(".tmp-*"))


def test_math_8_agrees_with_the_reference_computed_in_r(tmp_path: Path) -> None:
    found, rows = imported("vpr_items/vpr2021_math8_60schools.xlsx", tmp_path)

    assert len(rows) == 2566
    assert [sum(row["mark"] == mark for row in rows) for mark in (2, 3, 4, 5)] == [265, 1587, 665, 49]
    assert against_journal(rows) == [868, 1584, 113]
    assert found.meta["answers"]["not_started"] == 539 + 7581
    assert found.meta["answers"]["not_covered"] == 230
    assert found.meta["rows"]["absent"] == 308


@pytest.mark.parametrize(
    ("name", "layout", "work", "counted", "maximum"),
    [
        ("region_2021_russian_5.xlsx", "region_2021", ("russian", 5, 2021), 23_785, 45),
        ("region_2020_math_5.xlsx", "region_2020", ("math", 5, 2020), 22_057, 20),
        ("collection_form_2022_math_4.xlsx", "collection_form_2022", ("math", 4, 2022), 52, 20),
        ("collection_form_2022_math_5.xlsx", "collection_form_2022", ("math", 5, 2022), 7, 20),
    ],
)
def test_each_real_file_imports(
    tmp_path: Path, name: str, layout: str, work: tuple[str, int, int], counted: int, maximum: int
) -> None:
    found, rows = imported(f"vpr/{name}", tmp_path)

    meta = found.meta
    assert meta["layout"] == layout
    assert (meta["subject"], meta["grade"], meta["year"]) == work
    assert len(rows) == counted
    assert meta["max_primary"] == maximum


@pytest.mark.parametrize("name", ["region_2021_math_4", "collection_form_2022_math_4"])
def test_the_work_is_known_without_the_name_of_the_file(tmp_path: Path, name: str) -> None:
    content = shared(f"vpr/{name}.xlsx").read_bytes()

    meta = import_dataset(content, "результаты.xlsx", tmp_path).meta

    year, subject, grade = name.split("_")[-3:]
    assert (str(meta["year"]), meta["subject"], str(meta["grade"])) == (year, subject, grade)


def test_what_the_file_does_not_say_is_asked_for(tmp_path: Path) -> None:
    content = shared("vpr/region_2020_math_5.xlsx").read_bytes()

    with pytest.raises(NeedsAnswers) as refusal:
        import_dataset(content, "результаты.xlsx", tmp_path)

    assert refusal.value.missing == ("subject",)
    assert refusal.value.seen["grade"] == {"value": 5, "source": "participant_codes"}  # sat in grade 6, in autumn
    assert not list(tmp_path.iterdir())
    meta = import_dataset(content, "результаты.xlsx", tmp_path, overrides=Overrides(subject="math")).meta
    assert [task["max"] for task in meta["tasks"]] == [1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2]
    assert meta["mark_basis"] is None  # no scale of 2020 is known
    assert meta["dirt"]["stray_value"] == 17
