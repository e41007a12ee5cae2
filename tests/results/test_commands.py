"""The commands on a fresh database, with generated files and with the real ones where they lie beside the project."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_centre
from tests.results.samples import WORK, make_file, school_spec, schools
from tests.shared import shared
from traektoria.demo.files import specification
from traektoria.demo.simulation import sit
from traektoria.organisations.models import TutorCentre
from traektoria.results.models import Dataset, TaskSpecification
from traektoria.results.tasks import task_facts

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def imported(*arguments: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("import_results", *arguments, "--json"))
    return found


def table(dataset: int, name: str, by: str = "region", *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("results_table", dataset, "--table", name, "--by", by, *more))["rows"]
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    specs = [*schools(), school_spec("990004", "Примерный район", (7,))]
    content, name = make_file(specs=specs)
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def test_a_fresh_database_gets_a_centre_and_a_dataset(file: Path) -> None:
    told = imported(file)[0]
    assert TutorCentre.objects.get().name == "Центр по умолчанию"
    assert (told["layout"], told["procedure"], told["year"], told["subject"], told["grade"]) == (
        "region_2021", "vpr", 2021, "math", 4,
    )  # fmt: skip
    assert told["participants"] == sum(told["marks"]["counts"].values()) == Dataset.objects.get().participants
    assert told["dirt"]["absent"] > 0


def test_a_refused_file_is_said_and_the_others_imported(file: Path, tmp_path: Path, capsys: Any) -> None:
    bad = tmp_path / "битый.xlsx"
    bad.write_bytes(file.read_bytes()[:3000])
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "import_results", str(bad), str(tmp_path / "нет.xlsx"), str(file), "--json", stdout=out, stderr=err
        )
    assert ended.value.code == 2, "a file that is not there"
    told = json.loads(out.getvalue())
    assert [line.get("error", {}).get("code") for line in told] == ["damaged", "no_file", None]
    assert "нет.xlsx не открывается: такого файла или такой папки нет." in err.getvalue()
    assert "битый.xlsx" in err.getvalue()


def test_what_is_missing_is_said_by_options(tmp_path: Path) -> None:
    path = tmp_path / "таблица.csv"
    path.write_bytes(make_file("plain_utf8")[0])
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_results", str(path), stderr=err)
    assert "--year" in err.getvalue()
    options = ("--procedure", "vpr", "--year", "2021", "--subject", "math", "--grade", "4")
    assert imported(path, *options)[0]["year"] == 2021


def test_the_centre_must_be_said_where_there_are_several(file: Path) -> None:
    first, _second = make_centre("Первый"), make_centre("Второй")
    with pytest.raises(CommandError):
        run("import_results", file)
    assert imported(file, "--centre", "Первый")
    assert Dataset.objects.get().centre == first


def test_tables_agree_with_the_pupils_of_the_file(file: Path) -> None:
    dataset = imported(file)[0]["dataset"]
    pupils = sit(WORK, [*schools(), school_spec("990004", "Примерный район", (7,))], 1)
    marks = [WORK.mark(int(pupil.total)) for pupil in pupils if pupil.total]
    (row,) = table(dataset, "marks")
    assert row["n"] == len(marks)
    assert row["counts"] == {str(mark): marks.count(mark) for mark in (2, 3, 4, 5)}


@pytest.mark.parametrize("name", ["marks", "journal", "completion", "primary"])
def test_a_small_school_has_no_figures_in_json_and_csv(file: Path, name: str) -> None:
    dataset = imported(file)[0]["dataset"]
    hidden = [row for row in table(dataset, name, "school") if row["school"] == "sch990004"]
    assert [set(row) for row in hidden] == [{"region", "municipality", "school", "suppressed"}]
    assert all("n" in row or "suppressed" in row for row in table(dataset, name, "class"))
    text = run("results_table", dataset, "--table", name, "--by", "school", "--format", "csv")
    assert text.startswith("\ufeff")
    small = [row for row in csv.reader(io.StringIO(text), delimiter=";") if "sch990004" in row]
    assert [row[3:] for row in small if any(cell.isdigit() for cell in row[3:])] == []


def test_a_folder_is_as_good_as_an_id(file: Path) -> None:
    told = imported(file)[0]
    assert run("results_table", told["folder"], "--table", "marks") == run(
        "results_table", told["dataset"], "--table", "marks"
    )
    with pytest.raises(CommandError):
        run("results_table", 999, "--table", "marks")


def test_a_specification_is_loaded_and_paired_by_position(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "spec_2021_math_4_ALL.xlsx"
    path.write_bytes(specification(WORK))
    run("import_specification", path)
    run("import_specification", path)
    assert TaskSpecification.objects.get().tasks.count() == len(WORK.tasks)
    imported(file)
    facts = task_facts(Dataset.objects.get())
    assert [task.planned_result for task in facts] == [task.skill for task in WORK.tasks]
    assert [task.kim for task in facts][4:6] == ["5(1)", "5(2)"]


def test_a_file_that_is_no_specification_is_refused(file: Path) -> None:
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_specification", str(file), stderr=err)
    assert f"«{file.name}»" in err.getvalue()
    assert not TaskSpecification.objects.exists()


REAL = {
    "collection_form_2022_math_4.xlsx": (2022, "math", 4, 53),
    "collection_form_2022_math_5.xlsx": (2022, "math", 5, 7),
    "region_2020_math_5.xlsx": (2020, "math", 5, 25906),
    "region_2021_math_4.xlsx": (2021, "math", 4, 26666),
    "region_2021_russian_5.xlsx": (2021, "russian", 5, 26501),
}


@pytest.mark.slow
def test_the_real_files_import_and_the_published_figures_come_out() -> None:
    folder = shared("vpr")
    told = imported(*(folder / name for name in REAL))
    assert [(row["year"], row["subject"], row["grade"], row["rows"]) for row in told] == list(REAL.values())
    dataset = told[3]["dataset"]
    (marks,) = table(dataset, "marks")
    assert (marks["n"], marks["percents"]) == (24933, {"2": 3.31, "3": 23.61, "4": 46.18, "5": 26.9})
    (journal,) = table(dataset, "journal")
    assert [journal[f"{name}_percent"] for name in ("lowered", "confirmed", "raised")] == [12.87, 65.3, 21.83]


@pytest.mark.slow
def test_the_real_specifications_import() -> None:
    files = sorted(shared("vpr").glob("spec_2021_*.xlsx"))
    run("import_specification", *files)
    found = {str(row.subject) + str(row.grade): row for row in TaskSpecification.objects.all()}
    assert {name: row.tasks.count() for name, row in found.items()} == {"math4": 15, "math5": 16, "russian5": 21}
    assert {name: row.codifier.count() for name, row in found.items()} == {"math4": 12, "math5": 12, "russian5": 158}
    third = found["math4"].tasks.get(position=3)
    assert (third.kes, third.kt) == (["1", "2", "4"], ["1", "2.2", "4"])
    texts = "".join(task.skill + task.planned_result for task in found["russian5"].tasks.all())
    assert not [sign for sign in texts if ord(sign) < 32 or sign == "\u00ad"]


def test_import_results_takes_a_specification_too(tmp_path: Path) -> None:
    path = tmp_path / "spec_2021_math_4_ALL.xlsx"
    path.write_bytes(specification(WORK))
    (report,) = imported(path)
    assert report["kind"] == "specification"
    assert report["tasks"] == TaskSpecification.objects.get().tasks.count() == len(WORK.tasks)
    assert not Dataset.objects.exists()
