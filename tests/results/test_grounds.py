"""One basis of points in all tables; where total and sum differ in many rows, a person says which of them counts."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from openpyxl import load_workbook

from tests.engines.results import samples
from tests.factories import make_centre
from tests.world import World
from traektoria.results.actions import import_file
from traektoria.results.grounds import grounds_of
from traektoria.results.models import Dataset
from traektoria.results.refusals import AnswersNeeded

pytestmark = pytest.mark.django_db
NAME = "vpr 2021 math 4.xlsx"


def file_of(differing: int, of: int = 12, total: str = "10") -> bytes:
    """Everybody has one point for each of fifteen tasks; the first ``differing`` state another total."""
    ones = ["1"] * 15
    people = [(f"4{n:04}", "4", "1", total if n <= differing else "15", ones) for n in range(1, of + 1)]
    return samples.xlsx({"Sheet": samples.region_2021(people)})


def run(*arguments: Any) -> Any:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*map(str, arguments), stdout=out, stderr=err)
    except SystemExit:
        return err.getvalue()
    return json.loads(out.getvalue())


def tables(dataset: int) -> dict[str, Any]:
    names = ("marks", "primary", "journal")
    return {name: run("results_table", dataset, "--table", name)["rows"][0] for name in names}


@pytest.mark.parametrize(
    ("basis", "points", "mark", "journal"), [("stated", 10, "4", "confirmed"), ("sum", 15, "5", "raised")]
)
def test_all_tables_stand_on_the_points_that_were_chosen(
    tmp_path: Path, basis: str, points: int, mark: str, journal: str
) -> None:
    make_centre()
    path = tmp_path / NAME
    path.write_bytes(file_of(12))

    report = run("import_results", path, "--basis", basis, "--json")[0]

    assert (report["score_basis"], report["differing_rows"]) == (basis, 12)
    found = tables(report["dataset"])
    assert found["marks"]["counts"][mark] == 12
    assert [bar["score"] for bar in found["primary"]["scores"] if bar["n"]] == [points]
    assert found["primary"]["scores"][points]["mark"] == int(mark)
    assert found["journal"][journal] == 12


@pytest.mark.parametrize(("differing", "of", "asked"), [(1, 20, False), (2, 20, True), (0, 12, False), (5, 100, False)])
def test_it_is_asked_above_five_of_a_hundred_rows(world: World, differing: int, of: int, asked: bool) -> None:
    def load() -> Dataset:
        return import_file(centre=world.own, content=file_of(differing, of), filename=NAME, by=None).dataset

    if asked:
        with pytest.raises(AnswersNeeded) as needed:
            load()
        assert needed.value.missing == ("basis",)
        assert not Dataset.objects.exists()
    else:
        grounds = grounds_of(load())
        assert (grounds.score_basis, grounds.differing) == ("stated", differing)


def test_the_command_says_what_to_answer(tmp_path: Path) -> None:
    make_centre()
    path = tmp_path / NAME
    path.write_bytes(file_of(12))

    said = run("import_results", path)

    assert "--basis" in said
    assert "12 из 12" in said.replace("\xa0", " ")


def test_the_page_asks_and_then_says_what_counts(world: World, as_: Any) -> None:
    client = as_("coordinator")
    url = client.post("/results/upload/", {"file": SimpleUploadedFile(NAME, file_of(3, 40))})["Location"]
    body = client.get(url).content.decode().replace("\xa0", " ")
    assert "3 из 40 строк" in body
    assert "7,5 %" in body
    assert client.post(url, {"basis": ""}).status_code == 422
    assert client.post(url, {"basis": "both"}).status_code == 422
    there = client.post(url, {"basis": "sum"})["Location"]

    for table in ("marks", "primary", "journal"):
        body = client.get(f"{there}?table={table}").content.decode().replace("\xa0", " ")
        assert "на сумме баллов за задания" in body
        assert "расходятся в 3 строках из 40 (7,5 %)" in body
    book = load_workbook(io.BytesIO(client.get(f"{there}table.xlsx?table=primary&by=school").content))
    scores = [(row[-4].value, row[-3].value) for row in book.active.iter_rows(min_row=2)]
    assert [score for score, n in scores if n] == [15]


def test_a_file_of_the_earlier_import_says_that_it_has_two(world: World) -> None:
    dataset = import_file(centre=world.own, content=file_of(1, 30), filename=NAME, by=None).dataset
    path = dataset.path / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(meta | {"engine_version": 1}), encoding="utf-8")

    assert not grounds_of(dataset).one_basis
    assert "распределение" in grounds_of(dataset).points
