"""Staff lists as methodists' Excel really looks, through the page where they are loaded."""

from typing import Any

import pytest

from tests.engines.tables.samples import Looks, Page, workbook
from tests.organisations.test_tables import upload
from tests.world import World
from traektoria.organisations.imports import table_of
from traektoria.organisations.models import ImportDraft
from traektoria.people.staff_table import plan_staff

pytestmark = pytest.mark.django_db
HEAD = ["ФИО", "Школа", "Должность", "Предметы", "Классы"]
ANNA = ["Примерова Анна Ивановна", "СОШ № 1", "учитель", "математика", "5А математика"]
NAME = ("Примерова", "Анна", "Ивановна")


def checked(client: Any, page: Any) -> Any:
    """The context of the preview."""
    return client.get(upload(client, workbook({"Лист1": page}), "s.xlsx", "/people/import/")["Location"]).context


TAKEN: dict[str, tuple[Any, dict[str, Any]]] = {
    "school merged over rows": (
        Page([HEAD, ANNA, ["Образцов Пётр Ильич", "", "учитель", "физика", ""]], merged=("B2:B3",)), {},
    ),
    "classes in words": ([HEAD, [*ANNA[:4], "5 «А», 5 «Б» классы"]], {"classes": {("math", 5, "А"), ("math", 5, "Б")}}),
    "columns that nobody needs": (
        [["№", *HEAD, "Телефон", "Дата рождения"], [1, *ANNA, "8-900-000-00-00", Looks(30000, "dd.mm.yyyy")]], {},
    ),
    "a category with its order": (
        [[*HEAD, "Категория"], [*ANNA, "высшая (приказ от 12.03.2024 № 45)"]], {"category": "highest"},
    ),
    "a category until a year": ([[*HEAD, "Категория"], [*ANNA, "первая до 2029 г."]], {"category": "first"}),
    "subjects line by line": ([HEAD, [*ANNA[:3], "математика\nфизика", ""]], {"subjects": ("math", "physics")}),
    "classes line by line": (
        [HEAD, [*ANNA[:3], "математика, физика", "5А математика\n7Б физика"]],
        {"classes": {("math", 5, "А"), ("physics", 7, "Б")}},
    ),
    "subjects with «и»": (
        [HEAD, [*ANNA[:3], "русский язык и литература", ""]], {"subjects": ("russian", "literature")},
    ),
    "subjects with a stroke": ([HEAD, [*ANNA[:3], "история/обществознание", ""]], {"subjects": ("history", "social")}),
    "numbers of columns": ([["№ п/п", *HEAD], [1, 2, 3, 4, 5, 6], [1, *ANNA]], {}),
    "totals and a signature": (
        [HEAD, ANNA, ["Всего: 1 человек"], ["Директор школы ____________ Образцов П.И."]], {},
    ),
    "headings of two storeys": (
        Page([["№", "Ф.И.О.", "", "", "Школа", "Должность"], ["", "Фамилия", "Имя", "Отчество", "", ""],
              [1, *NAME, "СОШ № 1", "учитель"]], merged=("B1:D1", "A1:A2", "E1:E2", "F1:F2")), {},
    ),
    "an address with mailto": ([[*HEAD, "E-mail"], [*ANNA, "mailto:Anna@example.org"]], {"email": "anna@example.org"}),
    "a vacancy": ([HEAD, ANNA, ["Вакансия", "СОШ № 1", "учитель", "физика", ""]], {}),
    "a school in full": ([HEAD, [ANNA[0], "МБОУ «Средняя общеобразовательная школа № 1»", *ANNA[2:]]], {}),
    "blanks of other kinds": ([HEAD, ["Примерова\u00a0 Анна\u2009Ивановна", *ANNA[1:]]], {}),
}  # fmt: skip
NAMED: dict[str, tuple[list[list[Any]], str]] = {
    "a remark in the name": ([HEAD, ["Примерова Анна Ивановна (декрет)", *ANNA[1:]]], "знака «(» в имени"),
    "a post in the name": ([HEAD, ["Примерова Анна Ивановна, учитель", *ANNA[1:]]], "знака «,» в имени"),
    "initials": ([HEAD, ["Примерова А.И.", *ANNA[1:]]], "«А.И.» – инициалы"),
    "classes in the subjects": ([HEAD, [*ANNA[:3], "математика (5А), физика (7А)", ""]], "в их столбце"),
    "a span of classes": ([HEAD, [*ANNA[:4], "5-7 классы"]], "«5-7 классы» – не класс"),
    "two addresses": ([[*HEAD, "E-mail"], [*ANNA, "a@example.org; b@example.org"]], "a@example.org; b@example.org"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_list_as_it_is(world: World, as_: Any, name: str) -> None:
    page, expected = TAKEN[name]
    found = checked(as_("coordinator"), page)
    assert found["problems"] == []
    draft = ImportDraft.objects.get()
    facts = plan_staff(table_of(draft), draft.centre).rows[0].facts
    assert (facts.surname, facts.given, facts.patronymic) == NAME
    for key, value in expected.items():
        assert getattr(facts, key) == value
    if name == "a vacancy":
        assert [note.replace("\xa0", " ") for note in found["plan"].notes] == [
            "Строка 3 – вакансия, а не человек: она пропущена."
        ]
        assert len(found["plan"].first_rows) == 1


@pytest.mark.parametrize("name", NAMED)
def test_a_cell_that_is_not_taken_is_named(world: World, as_: Any, name: str) -> None:
    page, sentence = NAMED[name]
    (said,) = checked(as_("coordinator"), page)["problems"]
    assert "строка 2" in said
    assert sentence in said
