"""«Which column is what?»: asked once for a heading, with a guess filled in; the centre remembers the answer."""

from typing import Any

import pytest

from tests.engines.tables.samples import workbook
from tests.factories import make_school
from tests.organisations.test_tables import upload
from tests.world import World
from traektoria.organisations.column_guess import guessed
from traektoria.organisations.models import ColumnMeaning
from traektoria.people.models import Person
from traektoria.people.staff_rows import READ_COLUMNS

UPLOAD = "/people/import/"
ROWS = [
    ["Кого записать", "Где трудится", "Кем трудится", "Что ведёт", "Нагрузка"],
    ["Примерова Анна Ивановна", "990101", "учитель математики", "математика", 18],
    ["Образцов Пётр Сергеевич", "990101", "директор", "", ""],
]
TABLE = workbook({"Люди": [["Сведения о педагогах"], *ROWS]})
SAID = {"column_A": "person", "column_B": "school", "column_C": "position", "column_D": "subjects", "column_E": "none"}


@pytest.fixture
def centre(world: World) -> Any:
    make_school(world.own, "Школа 990101", digits="990101")
    return world.own


def test_unknown_headings_are_asked_with_a_guess_and_then_remembered(centre: Any, as_: Any) -> None:
    client = as_("coordinator")
    page = upload(client, TABLE, "staff.xlsx", UPLOAD)["Location"]
    asked = client.get(page)
    assert [field.label for field in asked.context["form"]] == ROWS[0]
    assert [field.value() for field in asked.context["form"]] == ["person", "school", "position", "subjects", "none"]
    assert client.post(page, dict.fromkeys(SAID, "none")).status_code == 422
    assert client.post(page, SAID | {"column_B": "position"}).status_code == 422
    assert not ColumnMeaning.objects.exists()
    assert client.post(page, SAID).status_code == 302
    checked = client.get(page)
    assert checked.context["plan"].counts == {"added": 2, "changed": 0, "same": 0}
    assert checked.context["draft"].ignored == ["Нагрузка"]
    assert client.post(page).status_code == 302
    assert Person.objects.filter(surname__in=["Примерова", "Образцов"]).count() == 2
    again = client.get(upload(client, TABLE, "again.xlsx", UPLOAD)["Location"])
    assert again.context["plan"].counts == {"added": 0, "changed": 0, "same": 2}


def test_the_answer_is_not_told_to_another_centre(centre: Any, as_: Any) -> None:
    client = as_("coordinator")
    client.post(upload(client, TABLE, "staff.xlsx", UPLOAD)["Location"], SAID)
    other = as_("foreign_coordinator")
    assert "form" in other.get(upload(other, TABLE, "staff.xlsx", UPLOAD)["Location"]).context


def test_nothing_is_written_before_the_columns_are_named(centre: Any, as_: Any) -> None:
    client = as_("coordinator")
    page = upload(client, TABLE, "staff.xlsx", UPLOAD)["Location"]
    before = Person.objects.count()
    client.post(page, {"column_A": "person"})
    assert Person.objects.count() == before


def test_schools_are_asked_too(world: World, as_: Any) -> None:
    client = as_("coordinator")
    table = workbook({"a": [["Реквизит", "Как зовут"], ["sch990105", "СОШ № 5"]]})
    page = upload(client, table, "schools.xlsx")["Location"]
    assert client.post(page, {"column_A": "digits", "column_B": "name"}).status_code == 302
    assert client.get(page).context["plan"].counts["added"] == 1


@pytest.mark.parametrize(
    ("title", "samples", "key"),
    [
        ("Педагогический работник (полностью)", [], "person"),
        ("x", ["Примерова Анна Ивановна", "Образцов Пётр Сергеевич"], "person"),
        ("Адрес эл. почты", [], "email"),
        ("x", ["a@example.org"], "email"),
        ("Место работы по трудовому договору", [], "school"),
        ("x", ["МБОУ СОШ № 1", "Лицей № 2"], "school"),
        ("x", ["учитель математики", "директор"], "position"),
        ("x", ["5А, 5Б", "6/1"], "classes"),
        ("x", ["Ивановна", "Сергеевич"], "patronymic"),
        ("x", ["высшая", "первая"], "category"),
        ("Комната", ["12", "каб."], ""),
    ],
)
def test_guesses(title: str, samples: list[str], key: str) -> None:
    assert guessed([(title, samples)], [column.key for column in READ_COLUMNS]) == [key]
