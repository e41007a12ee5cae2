"""A table of results with headings of its own: asked once, with a guess filled in; the centre remembers the answer."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.engines.tables.samples import workbook
from tests.factories import make_school
from tests.world import World
from traektoria.organisations.models import ColumnMeaning
from traektoria.results.models import Dataset

HEAD = ["Кто писал", "Литера", "Первое задание (1)", "Задача №2 из трёх", "Упр. 3", "Примечание учителя"]
ROWS = [[f"Ученик {n}", "5А", 1, n % 2, 2, ""] for n in range(1, 13)]
SAID = {"column_A": "person", "column_B": "class_name", "column_C": "task", "column_D": "task", "column_E": "task",
        "column_F": "none"}  # fmt: skip
WORK = {"procedure": "complex", "year": "2026", "subject": "math", "grade": "5", "school": "sch990101"}


def send(client: Any, rows: list[list[Any]], name: str = "контрольная.xlsx") -> Any:
    content = workbook({"Лист1": [["Контрольная работа"], HEAD, *rows]})
    return client.post("/results/upload/", {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def client(world: World, as_: Any) -> Any:
    make_school(world.own, "Школа 990101", digits="990101")
    return as_("coordinator")


def test_unknown_headings_are_asked_and_then_remembered(client: Any) -> None:
    page = send(client, ROWS)["Location"]
    asked = client.get(page)
    assert [field.label for field in asked.context["form"]] == HEAD
    assert [field.value() for field in asked.context["form"]] == list(SAID.values())
    assert client.post(page, dict.fromkeys(SAID, "none")).status_code == 422
    assert not ColumnMeaning.objects.exists()
    assert client.post(page, SAID)["Location"] == page
    assert "procedure" in client.get(page).context["form"].fields
    assert client.post(page, WORK).status_code == 302
    dataset = Dataset.objects.get()
    assert (dataset.rows, [task["label"] for task in dataset.tasks]) == (12, ["1", "2", "3"])
    assert client.post(send(client, ROWS[:11], "вторая.xlsx")["Location"], WORK).status_code == 302
    assert Dataset.objects.count() == 2


def test_a_file_that_is_no_table_is_refused_as_before(client: Any) -> None:
    answer = client.post("/results/upload/", {"file": SimpleUploadedFile("a.csv", b"a\nb\n")}, follow=True)
    assert "notice--danger" in answer.content.decode()
