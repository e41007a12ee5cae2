"""Tables come as people make them: columns in any order, any office program, mistakes that are named by cell."""

import io
from typing import Any

import openpyxl
import pytest

from tests.factories import make_centre, make_school
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.organisations.imports import Fate
from traektoria.organisations.models import ImportDraft, School
from traektoria.organisations.school_table import COLUMNS, digits_of, plan_schools
from traektoria.organisations.sheet_words import problem_sentence
from traektoria.organisations.sheets import csv_bytes, csv_template, missing_cells, read_table
from traektoria.organisations.workbooks import template_workbook

UPLOAD = "/centre/schools/import/"


def xlsx(rows: list[list[Any]], sheet: str = "Школы") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload(client: Any, content: bytes, name: str, url: str = UPLOAD) -> Any:
    file = io.BytesIO(content)
    file.name = name
    return client.post(url, {"file": file})


SCHOOLS = [["Название", "Лишнее", "Логин ОО"], ["СОШ № 5", "x", "sch990005"], ["Лицей № 6", "", 990006.0]]


def test_columns_are_found_in_any_order() -> None:
    table = read_table(xlsx(SCHOOLS), "a.xlsx", COLUMNS)
    assert table.letters == {"digits": "C", "name": "A"}
    assert table.ignored == ("Лишнее",)
    assert [row.cells for row in table.rows] == [
        {"digits": "sch990005", "name": "СОШ № 5"},
        {"digits": "990006", "name": "Лицей № 6"},
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_in_any_encoding(encoding: str, mark: str) -> None:
    text = "\r\n".join(mark.join(row) for row in (["Код школы", "Школа"], ["990005", "СОШ № 5"]))
    table = read_table(text.encode(encoding), "a.csv", COLUMNS)
    assert table.rows[0].cells == {"digits": "990005", "name": "СОШ № 5"}


def test_own_templates_are_recognised() -> None:
    example = template_workbook("Школы", COLUMNS)
    with pytest.raises(Invalid):
        read_table(example, "t.xlsx", COLUMNS)  # headings without rows
    with pytest.raises(Invalid) as refusal:
        read_table(csv_template(COLUMNS), "t.csv", COLUMNS)
    assert refusal.value.code == "no_rows"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old_excel"),
        (b"PK\x03\x04broken", "damaged"),
        ("Фамилия;Имя\r\nА;Б".encode(), "no_header"),
        ("Школа;Название;Код\r\nА;Б;990001".encode(), "column_twice"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_table(content, "a.xlsx", COLUMNS)
    assert refusal.value.code == code
    assert refusal.value.sentence


def test_a_formula_without_a_value_is_named_by_cell() -> None:
    table = read_table(xlsx([["Код школы", "Школа"], ["990005", '="СОШ"&1']]), "a.xlsx", COLUMNS)
    assert [(problem.row.number, problem.key) for problem in missing_cells(table, COLUMNS)] == [(2, "name")]


@pytest.mark.parametrize(
    ("text", "digits"), [("sch220901", "220901"), ("EDU220901", "220901"), ("220901", "220901"), ("школа", None)]
)
def test_digits_of_a_login(text: str, digits: str | None) -> None:
    assert digits_of(text) == digits


@pytest.mark.django_db
def test_problems_are_named_by_cell() -> None:
    centre = make_centre()
    make_school(make_centre("Другой"), "Чужая", digits="990099")
    rows = [["Код школы", "Школа"], ["нет", "А"], ["990001", ""], ["990002", "Б"], ["990002", "В"], ["990099", "Г"]]
    table = read_table(xlsx(rows), "a.xlsx", COLUMNS)
    plan = plan_schools(table, centre)
    assert [(problem.row.number, problem.key) for problem in sorted(plan.problems, key=lambda one: one.row.number)] == [
        (2, "digits"),
        (3, "name"),
        (5, "digits"),
        (6, "digits"),
    ]
    first = problem_sentence(min(plan.problems, key=lambda one: one.row.number), table, COLUMNS)
    assert "«Школы»" in first
    assert "«нет»" in first


def test_schools_import_writes_once_and_then_changes_nothing(world: World, as_: Any) -> None:
    client = as_("coordinator")
    check = upload(client, xlsx(SCHOOLS), "schools.xlsx")
    assert check.status_code == 302
    assert client.get(check["Location"]).context["plan"].counts == {"added": 2, "changed": 0, "same": 0}
    assert not School.objects.filter(digits="990005").exists()
    for _click in range(2):
        assert client.post(check["Location"]).status_code == 302
    assert School.objects.filter(municipality=world.own.municipality).count() == 3
    assert ImportDraft.objects.get().rows == []
    again = client.get(upload(client, xlsx(SCHOOLS), "schools.xlsx")["Location"])
    assert again.context["plan"].writes_nothing


def test_schools_import_is_all_or_nothing(world: World, as_: Any) -> None:
    client = as_("coordinator")
    rows = [["Код школы", "Школа"], ["990005", "СОШ № 5"], ["код", "СОШ № 6"]]
    check = upload(client, xlsx(rows), "schools.xlsx")
    assert client.post(check["Location"]).status_code == 409
    assert not School.objects.filter(digits="990005").exists()


def test_a_draft_is_only_for_who_uploaded_it(world: World, as_: Any) -> None:
    address = upload(as_("coordinator"), xlsx(SCHOOLS), "schools.xlsx")["Location"]
    assert as_("foreign_coordinator").get(address).status_code == 404


def test_bad_file_comes_back_with_the_sentence(world: World, as_: Any) -> None:
    answer = upload(as_("coordinator"), b"%PDF-1.7", "schools.xlsx")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


@pytest.mark.django_db
def test_repeated_names_change_by_code() -> None:
    centre = make_centre()
    make_school(centre, "Старое имя", digits="990005")
    plan = plan_schools(read_table(xlsx([["Код", "Школа"], ["990005", "СОШ № 5"]]), "a.xlsx", COLUMNS), centre)
    assert [(row.fate, row.changes[0].before, row.changes[0].after) for row in plan.rows] == [
        (Fate.CHANGED, "Старое имя", "СОШ № 5")
    ]


def test_what_we_give_away_computes_nothing() -> None:
    assert csv_bytes([["=1+1", "-2", "–", "+7"]]).decode("utf-8-sig") == "'=1+1;'-2;–;'+7\r\n"
