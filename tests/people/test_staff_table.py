"""Staff comes in from a table: found again by name and school, written all or nothing, unchanged the second time."""

from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_centre, make_employment, make_member, make_person, make_school
from tests.organisations.test_tables import upload, xlsx
from tests.world import World
from traektoria.organisations.imports import Fate, Plan, table_of
from traektoria.organisations.models import ImportDraft, TutorCentre
from traektoria.organisations.sheets import read_table
from traektoria.people.enums import Role
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass
from traektoria.people.staff_rows import COLUMNS
from traektoria.people.staff_table import plan_staff

UPLOAD = "/people/import/"
HEAD = ["Фамилия", "Имя", "Отчество", "Школа", "Должность", "Предметы", "Классы", "Категория", "В педагогике с",
        "E-mail", "Роль", "Учебный год"]  # fmt: skip
ANNA = ["Примерова", "Анна", "Ивановна", "СОШ № 1", "учитель математики", "математика, информатика",
        "5А, 5Б математика; 6В информатика", "высшая", "2009", "anna@example.org", "", "2026/27"]  # fmt: skip
PETR = ["Образцов", "Пётр", "", "990001", "директор", "", "", "", "", "", "директор", ""]


def plan(rows: list[list[Any]], centre: TutorCentre) -> Plan:
    return plan_staff(read_table(xlsx([HEAD, *rows], "Сотрудники"), "staff.xlsx", COLUMNS), centre)


def write(client: Any, rows: list[list[Any]]) -> Any:
    return client.post(upload(client, xlsx([HEAD, *rows]), "staff.xlsx", UPLOAD)["Location"])


def test_staff_import_writes_everything_once(world: World, as_: Any) -> None:
    client = as_("coordinator")
    assert write(client, [ANNA, PETR]).status_code == 302
    anna = Person.objects.get(surname="Примерова", given="Анна")
    work = anna.employments.get()
    assert (work.position, work.subjects, work.category) == ("учитель математики", ["math", "informatics"], "highest")
    assert {(row.subject, str(row), str(row.year)) for row in work.classes.all()} == {
        ("math", "5А", "2026/27"),
        ("math", "5Б", "2026/27"),
        ("informatics", "6В", "2026/27"),
    }
    assert list(anna.roles.values_list("role", "school")) == [("teacher", world.school.pk)]
    assert anna.account.email == "anna@example.org"  # type: ignore[attr-defined]
    assert not anna.account.has_usable_password()  # type: ignore[attr-defined]
    assert RoleAssignment.objects.filter(person__surname="Образцов", role="head", school=world.school).exists()
    again = plan([ANNA, PETR], world.own)
    assert again.counts == {"added": 0, "changed": 0, "same": 2}
    counts = [model.objects.count() for model in (Person, Employment, TaughtClass, RoleAssignment, Account)]
    write(client, [ANNA, PETR])
    assert [model.objects.count() for model in (Person, Employment, TaughtClass, RoleAssignment, Account)] == counts


def test_a_change_touches_only_what_differs(world: World, as_: Any) -> None:
    client = as_("coordinator")
    write(client, [ANNA])
    changed = [*ANNA[:5], "", "7А математика", "", *ANNA[8:]]
    rows = plan([changed], world.own).rows
    assert [(row.fate, [change.after for change in row.changes]) for row in rows] == [
        (Fate.CHANGED, ["7А mathematics"]) if rows[0].changes[0].after.endswith("mathematics") else
        (Fate.CHANGED, ["7А математика"])
    ]  # fmt: skip
    write(client, [changed])
    work = Employment.objects.get(person__given="Анна", person__surname="Примерова")
    assert [str(row) for row in work.classes.all()] == ["7А"]
    assert work.category == "highest"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Школа", "СОШ № 99"),
        ("Классы", "танцы"),
        ("Классы", "7А"),  # two subjects: which one?
        ("Категория", "наивысшая"),
        ("В педагогике с", "давно"),
        ("E-mail", "anna"),
        ("Роль", "царь"),
        ("Учебный год", "2026/30"),
        ("Фамилия", ""),
        ("Имя", "=1+1"),
    ],
)
def test_each_wrong_cell_is_named(world: World, column: str, value: str) -> None:
    row = [*ANNA]
    row[HEAD.index(column)] = value
    book = xlsx([HEAD, row])
    if value.startswith("="):
        book = _text_instead_of_formula([HEAD, row])
    problems = plan_staff(read_table(book, "staff.xlsx", COLUMNS), world.own).problems
    keys = {one.title: one.key for one in COLUMNS}
    assert {(problem.row.number, problem.key) for problem in problems} == {(2, keys[column])}


def _text_instead_of_formula(rows: list[list[str]]) -> bytes:
    import io

    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            book.active.cell(number, place, text).data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_namesakes_are_reported_and_not_guessed(world: World) -> None:
    for _time in range(2):
        make_employment(make_person("Примерова", "Анна", "Ивановна"), world.school)
    row = [*ANNA[:9], "", "", ""]
    assert [problem.key for problem in plan([row], world.own).problems] == ["surname"]


def test_a_namesake_at_another_school_is_a_new_person_with_a_note(world: World) -> None:
    make_employment(make_person("Примерова", "Анна", "Ивановна"), make_school(world.own))
    made = plan([[*ANNA[:9], "", "", ""]], world.own)
    assert made.counts["added"] == 1
    assert sum("тёзка" in note for note in made.notes) == 1


def test_somebody_elses_email_is_a_problem(world: World) -> None:
    stranger = world.accounts["foreign_coordinator"]
    stranger.email = "anna@example.org"
    stranger.save()
    assert [problem.key for problem in plan([ANNA], world.own).problems] == ["email"]


def test_repeated_row_is_a_problem_and_a_second_position_is_not(world: World) -> None:
    second = [*ANNA[:4], "методист", "", "", *ANNA[7:]]
    assert not plan([ANNA, second], world.own).problems
    assert [problem.row.number for problem in plan([ANNA, ANNA], world.own).problems] == [3]


def test_two_positions_become_two_places_of_work_of_one_person(world: World, as_: Any) -> None:
    second = [*ANNA[:4], "методист", "", "", *ANNA[7:]]
    write(as_("coordinator"), [ANNA, second])
    person = Person.objects.get(surname="Примерова", given="Анна")
    assert {work.position for work in person.employments.all()} == {"учитель математики", "методист"}


def test_subject_without_results_is_noted_and_not_refused(world: World) -> None:
    made = plan([[*ANNA[:5], "физкультура", "", *ANNA[7:]]], world.own)
    assert not made.problems
    assert "физкультура" in made.notes[0]


@pytest.mark.parametrize(
    ("day", "stated", "year", "told"),
    [("2026-08-20", "", 2026, True), ("2026-08-20", "2025/26", 2025, False), ("2026-09-20", "", 2026, False)],
)
def test_in_august_classes_are_of_the_coming_year(
    world: World, monkeypatch: pytest.MonkeyPatch, day: str, stated: str, year: int, told: bool
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.fromisoformat(f"{day}T09:00+03:00"))
    found = plan([[*ANNA[:11], stated]], world.own)
    assert [one.facts.start_year for one in found.rows] == [year]
    assert any("2026/27" in note and "Учебный год" in note for note in found.notes) is told


def test_plan_asks_the_same_number_of_queries_at_one_and_three_rows(world: World) -> None:
    rows = [["Новая", name, "", "СОШ № 1", "учитель", "", "", "", "", f"{place}@example.org", "", ""]
            for place, name in enumerate(["Анна", "Вера", "Яна"])]  # fmt: skip
    counts = []
    for some in (rows[:1], rows):
        with CaptureQueriesContext(connection) as made:
            plan(some, world.own)
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_columns_that_were_understood_wrongly_are_asked_again(world: World, as_: Any) -> None:
    """Also where no required heading is missing; what was understood is filled in, and the answer is kept."""
    client = as_("coordinator")
    head = ["ФИО", "Школа", "Должность", "Категория", "Прежняя фамилия"]
    body = ["Примерова Анна Ивановна", "СОШ № 1", "высшая", "учитель математики", ""]
    check = upload(client, xlsx([head, body]), "staff.xlsx", UPLOAD)["Location"]
    assert "Столбцы поняты неверно?" in client.get(check).content.decode()
    assert client.post(check, {"columns": "again"})["Location"] == check
    page = client.get(check)
    assert "Так мы поняли столбцы" in page.content.decode().replace("\xa0", " ")
    asked = page.context["form"]
    assert [field.initial for field in asked.fields.values()] == ["person", "school", "position", "category", "none"]
    said = {
        "column_A": "person",
        "column_B": "school",
        "column_C": "category",
        "column_D": "position",
        "column_E": "none",
    }
    assert client.post(check, said)["Location"] == check
    assert client.get(check).context["plan"].counts["added"] == 1
    draft = ImportDraft.objects.get()
    plan = plan_staff(table_of(draft), draft.centre)
    assert [(row.facts.position, row.facts.category) for row in plan.rows] == [("учитель математики", "highest")]
    client.post(check, {"columns": "again"})
    again = client.get(check).context["form"]
    assert [field.initial for field in again.fields.values()] == ["person", "school", "category", "position", "none"]
    client.post(check, said)
    client.post(check)
    work = Employment.objects.get(person__surname="Примерова")
    assert work.position == "учитель математики"
    client.post(check, {"columns": "again"})
    assert client.get(check).context["written"], "what is written is not asked"


def test_export_can_be_loaded_back_without_changes(world: World, as_: Any) -> None:
    client = as_("coordinator")
    write(client, [ANNA, PETR])
    for kind in ("xlsx", "csv"):
        content = client.get(f"/people/staff.{kind}").content
        answer = client.get(upload(client, content, f"staff.{kind}", UPLOAD)["Location"])
        assert answer.context["plan"].problems == ()
        assert answer.context["plan"].writes_nothing


def test_export_leaves_out_the_seat_in_a_commission(world: World, as_: Any) -> None:
    make_member(world.own, Role.COMMISSION_MEMBER, person=world.accounts["teacher"].person)
    content = as_("coordinator").get("/people/staff.csv").content.decode("utf-8-sig")
    assert "учитель" in content
    assert "комисси" not in content


@pytest.mark.django_db
def test_export_does_not_run_formulas() -> None:
    centre = make_centre()
    person = make_person("=cmd()")
    make_employment(person, make_school(centre))
    member = make_member(centre, Role.COORDINATOR)
    from django.test import Client

    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert "\n'=cmd()" in client.get("/people/staff.csv").content.decode("utf-8-sig")
