"""Staff tables as people make them: every case of the shared folder, a twin of each, and others of the same kinds.

Whatever the table, what the preview counts is what is written, and the same table once more changes nothing.
"""

from typing import Any

import pytest

from tests.engines.tables.samples import EMPTY_TEXT, ERROR, UNCOMPUTED, Looks, Page, workbook
from tests.factories import make_school
from tests.organisations.test_tables import upload
from tests.shared import shared
from tests.world import World
from traektoria.organisations.imports import Fate, Plan
from traektoria.organisations.sheet_words import problem_sentence
from traektoria.organisations.sheets import RecognisedTable, read_table
from traektoria.people import spelling
from traektoria.people.models import Account, Employment, Person
from traektoria.people.staff_rows import READ_COLUMNS
from traektoria.people.staff_table import plan_staff

UPLOAD = "/people/import/"
HEAD = ["Фамилия", "Имя", "Отчество", "Школа", "Должность", "Предметы", "Классы", "Логин", "E-mail"]
YO = ["Воробьёва", "Алёна", "Фёдоровна", "990101", "учитель математики", "математика"]
CAPITALS = ["ВОРОБЬЕВА", "АЛЕНА", "ФЕДОРОВНА", *YO[3:]]


def person(
    surname: str, given: str = "Анна", patronymic: Any = "Ивановна", *more: Any, post: str = "учитель"
) -> list[Any]:
    return [surname, given, patronymic, "990101", post, "математика", *more]


SUBJECTS = "русский язык, литература, история, обществознание, география, ОДНКНР, МХК"
TWINS: dict[str, Any] = {
    "staff_semicolons_with_commas.csv": "Фамилия;Имя;Школа;Должность;Предметы\n"
    + "".join(
        f'{name};Анна;990101;учитель;"{SUBJECTS}"\n' for name in ("Образцова", "Образцова-Первая", "Образцова-Вторая")
    ),
    "staff_empty_text_formula.xlsx": {
        "П": [HEAD, person("Образцова", "Анна", "Ивановна", EMPTY_TEXT), [EMPTY_TEXT] * 4]
    },
    "staff_far_empty_row.xlsx": {"П": Page([HEAD, person("Образцова")], far='<row r="1048576" ht="12.8"/>')},
    "staff_two_sheets.xlsx": {
        "СОШ 1": [HEAD, person("Первова")],
        "СОШ 2": [HEAD, ["Второва", "Анна", "Ивановна", "990102", "учитель", "математика"]],
    },
    "staff_no_patronymic.xlsx": {
        "П": [
            HEAD,
            person("Образцова", "Анна", "нет"),
            person("Примеров", "Пётр", "-"),
            person("Выдумкина", "Ольга", "—"),
            person("Условная", "Мария", "отсутствует"),
        ]
    },
    "staff_error_cell.xlsx": {"П": [HEAD, person("Образцова", "Анна", ERROR)]},
    "staff_look_alike_letters.xlsx": {"П": [HEAD, person("Cергеева", "Aнна")]},
    "staff_dashes.xlsx": {
        "П": [
            HEAD,
            person("Примерова–Образцова"),
            person("Примерова-Образцова", post="завуч"),
            person("Примерова - Образцова", post="тьютор"),
        ]
    },
    "staff_logins_by_case.xlsx": {
        "П": [
            HEAD,
            person("Первова", "Анна", "Ивановна", "", "Obrazec", "a1@example.org"),
            person("Второва", "Ольга", "Ивановна", "", "obrazec", "a2@example.org"),
        ]
    },
    "staff_numbered_classes.xlsx": {
        "П": [
            HEAD,
            person("Образцова", "Анна", "Ивановна", "5/1, 5/2"),
            person("Примерова", "Мария", "Ивановна", "6-1"),
        ]
    },
    "staff_again_1_first.xlsx": {"П": [HEAD, YO]},
    "staff_again_2_capitals_without_yo.xlsx": {"П": [HEAD, CAPITALS]},
}


def made(name: str) -> bytes:
    twin = TWINS[name]
    return twin.encode() if isinstance(twin, str) else workbook(twin)


@pytest.fixture(params=["case", "twin"])
def source(request: pytest.FixtureRequest) -> Any:
    return made if request.param == "twin" else lambda name: shared(f"cases/{name}").read_bytes()


@pytest.fixture
def centre(world: World) -> Any:
    for digits in ("990101", "990102"):
        make_school(world.own, f"Школа {digits}", digits=digits)
    return world.own


def table_of(content: bytes) -> RecognisedTable:
    return read_table(content, "staff.xlsx", READ_COLUMNS)


def look(content: bytes, centre: Any) -> Plan:
    return plan_staff(table_of(content), centre)


def written(client: Any, content: bytes, centre: Any, name: str = "staff.xlsx") -> set[str]:
    """Writes what the preview promised, and proves that it did: names of the people who are new."""
    plan = look(content, centre)
    assert not plan.problems
    before = set(Person.objects.values_list("pk", flat=True))
    answer = client.post(upload(client, content, name, UPLOAD)["Location"])
    assert answer.status_code == 302
    new = Person.objects.exclude(pk__in=before)
    assert len(new) == plan.counts["added"]
    again = look(content, centre)
    assert again.counts == {"added": 0, "changed": 0, "same": len(plan.rows)}, [row.changes for row in again.rows]
    return {one.full_name for one in new}


def test_semicolons_with_commas(source: Any, centre: Any, as_: Any) -> None:
    assert len(written(as_("coordinator"), source("staff_semicolons_with_commas.csv"), centre, "s.csv")) == 3
    for work in Employment.objects.filter(person__surname__startswith="Образцова"):
        assert set(work.subjects) >= {"russian", "literature", "history", "social", "geography"}


@pytest.mark.parametrize("name", ["staff_empty_text_formula.xlsx", "staff_far_empty_row.xlsx"])
def test_one_person_and_nothing_besides(name: str, source: Any, centre: Any, as_: Any) -> None:
    assert written(as_("coordinator"), source(name), centre) == {"Образцова Анна Ивановна"}
    assert not Employment.objects.get(person__surname="Образцова").classes.exists()


def test_a_sheet_for_each_school(source: Any, centre: Any, as_: Any) -> None:
    new = written(as_("coordinator"), source("staff_two_sheets.xlsx"), centre)
    assert new == {"Первова Анна Ивановна", "Второва Анна Ивановна"}


def test_no_patronymic_is_none(source: Any, centre: Any, as_: Any) -> None:
    new = written(as_("coordinator"), source("staff_no_patronymic.xlsx"), centre)
    assert new == {"Образцова Анна", "Примеров Пётр", "Выдумкина Ольга", "Условная Мария"}


@pytest.mark.parametrize("order", [("1_first", "2_capitals_without_yo"), ("2_capitals_without_yo", "1_first")])
def test_the_better_spelling_stays(order: tuple[str, str], source: Any, centre: Any, as_: Any) -> None:
    assert len(written(as_("coordinator"), source(f"staff_again_{order[0]}.xlsx"), centre)) == 1
    assert written(as_("coordinator"), source(f"staff_again_{order[1]}.xlsx"), centre) == set()
    assert Person.objects.get(surname__startswith="Вороб").full_name == "Воробьёва Алёна Фёдоровна"


def test_an_error_is_named_by_its_cell(source: Any, centre: Any) -> None:
    table = table_of(source("staff_error_cell.xlsx"))
    (problem,) = plan_staff(table, centre).problems
    sentence = problem_sentence(problem, table, READ_COLUMNS)
    assert (problem.row.number, problem.key) == (2, "patronymic")
    assert "#N/A" in sentence
    assert "C" in sentence


def test_look_alike_letters_are_one_alphabet(source: Any, centre: Any, as_: Any) -> None:
    assert written(as_("coordinator"), source("staff_look_alike_letters.xlsx"), centre) == {"Сергеева Анна Ивановна"}


def test_three_dashes_are_one_person_with_three_posts(source: Any, centre: Any, as_: Any) -> None:
    content = source("staff_dashes.xlsx")
    assert look(content, centre).counts == {"added": 1, "changed": 2, "same": 0}
    assert written(as_("coordinator"), content, centre) == {"Примерова-Образцова Анна Ивановна"}
    assert Employment.objects.filter(person__surname="Примерова-Образцова").count() == 3


def test_logins_that_differ_by_case_are_told_before(source: Any, centre: Any) -> None:
    (problem,) = look(source("staff_logins_by_case.xlsx"), centre).problems
    assert (problem.row.number, problem.key) == (3, "login")


def test_numbered_classes(source: Any, centre: Any, as_: Any) -> None:
    written(as_("coordinator"), source("staff_numbered_classes.xlsx"), centre)
    taught = {
        (row.grade, row.letter)
        for work in Employment.objects.filter(school__digits="990101")
        for row in work.classes.all()
    }
    assert taught == {(5, "1"), (5, "2"), (6, "1")}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ceргeeвa", "Сергеева"),
        ("OPEXOBA", "Орехова"),
        ("Иван\u200bова", "Иванова"),
        ("Ива\u00adнова", "Иванова"),
        ("Петрова —Водкина", "Петрова-Водкина"),
        ("петрова-водкина", "Петрова-Водкина"),
        ("\ufeffИванова\u00a0", "Иванова"),
        ("Соловьe\u0308ва", "Соловьёва"),
        ("Smith", "Smith"),
    ],
)
def test_one_surname_however_it_is_typed(typed: str, kept: str, centre: Any) -> None:
    (row,) = look(workbook({"П": [HEAD, person(typed)]}), centre).rows
    assert row.facts.surname == kept


@pytest.mark.parametrize("typed", ["Sергеева", "Иван0ва", "Иванова_", "Иванова?", "Иванова/Петрова", "И\ufffdанова"])
def test_a_sign_that_stands_in_no_name_is_named(typed: str, centre: Any) -> None:
    plan = look(workbook({"П": [HEAD, person(typed)]}), centre)
    assert {(problem.row.number, problem.key) for problem in plan.problems} == {(2, "surname")}


@pytest.mark.parametrize(
    ("known", "typed", "kept"),
    [
        ("Воробьёва", "ВОРОБЬЕВА", "Воробьёва"),
        ("Воробьева", "Воробьёва", "Воробьёва"),
        ("ВОРОБЬЕВА", "Воробьева", "Воробьева"),
        ("ВОРОБЬЁВА", "Воробьева", "Воробьёва"),
        ("Воробьева", "воробьёва", "Воробьёва"),
        ("Иванова", "Петрова", "Петрова"),
    ],
)
def test_the_better_of_two_spellings(known: str, typed: str, kept: str) -> None:
    assert spelling.better(known, typed) == kept


@pytest.mark.parametrize(
    "word", ["нет", "НЕТ", "-", "–", "—", "--", "отсутствует", "б/о", "без отчества", "не имеет", " ", "н/д"]
)
def test_words_for_nothing(word: str) -> None:
    assert spelling.is_nothing(word)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            ["№", "ФИО", "Наименование школы", "Должность", "Предмет(ы)"],
            [1, "Примерова Анна Ивановна", "МБОУ «Школа 990101»", "учитель", "нач. классы"],
        ),
        (
            ["Ф.И.О. педагога", "ОУ", "Занимаемая должность", "Преподаваемый предмет"],
            ["Примерова Анна Ивановна", "990101", "учитель", "начальные классы"],
        ),
        (
            ["Педагог", "Код ОО", "Должность:", "Дисциплина"],
            ["примерова анна ивановна", "sch990101", "учитель", "Нач. школа"],
        ),
    ],
)
def test_what_methodists_have_is_understood(head: list[str], row: list[Any], centre: Any, as_: Any) -> None:
    pages = {
        "П": [
            ["Список педагогов"],
            [],
            head,
            [*range(1, len(head) + 1)],
            row,
            [],
            ["Итого", 1],
            ["Директор", "", "Образцов П. С."],
        ]
    }
    assert written(as_("coordinator"), workbook(pages), centre) == {"Примерова Анна Ивановна"}
    assert Employment.objects.get(person__surname="Примерова").subjects == ["primary"]


AWKWARD: dict[str, list[list[Any]]] = {
    "one person, two schools, one address": [
        person("Примерова", "Анна", "Ивановна", "", "", "a@example.org"),
        ["Примерова", "Анна", "Ивановна", "990102", "завуч", "", "", "", "A@example.org"],
    ],
    "one name at two schools": [person("Примерова"), ["Примерова", "Анна", "Ивановна", "990102", "учитель", ""]],
    "capitals beside small letters": [person("ПРИМЕРОВА", "АННА", "ИВАНОВНА"), person("Примерова", post="завуч")],
    "a login that another row would be given": [
        person("Примерова", "Анна", "Ивановна", "", "", "b@example.org"),
        person("Выдумкина", "Ольга", "Петровна", "", "primerova.ai", ""),
    ],
    "a login in capitals, nobody has it": [person("Примерова", "Анна", "Ивановна", "", "Primerova", "")],
    "dashes for nothing": [["Примерова", "Анна", "-", "990101", "учитель", "—", "нет", "-", "–"]],
    "a class that became a date": [person("Примерова", "Анна", "Ивановна", Looks(46027, "d.mmm"))],
    "posts that differ by case": [person("Примерова", post="Учитель"), person("Примерова", post="завуч")],
}


@pytest.mark.parametrize("name", AWKWARD)
def test_a_preview_never_promises_what_the_write_refuses(name: str, centre: Any, as_: Any) -> None:
    written(as_("coordinator"), workbook({"П": [HEAD, *AWKWARD[name]]}), centre)


REFUSED: dict[str, list[list[Any]]] = {
    "the same login in another case": [
        person("Первова", "Анна", "Ивановна", "", "Obrazec"),
        person("Второва", "Анна", "Ивановна", "", "OBRAZEC"),
    ],
    "an uncomputed formula": [person(UNCOMPUTED)],
    "the same post twice": [person("Примерова"), person("ПРИМЕРОВА", "АННА", "ИВАНОВНА")],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told_in_the_preview(name: str, centre: Any, as_: Any) -> None:
    content = workbook({"П": [HEAD, *REFUSED[name]]})
    assert look(content, centre).problems
    client = as_("coordinator")
    assert client.post(upload(client, content, "a.xlsx", UPLOAD)["Location"]).status_code == 409
    assert not Account.objects.filter(username__iexact="obrazec").exists()


def test_an_account_that_another_centre_keeps_is_told_in_the_preview(world: World, centre: Any) -> None:
    from tests.factories import make_employment
    from traektoria.organisations.models import School

    someone = world.accounts["foreign_coordinator"].person
    assert someone is not None
    someone.surname, someone.given = "Образцова", "Мария"
    someone.save()
    make_employment(someone, School.objects.get(digits="990101"))
    row = [someone.surname, someone.given, someone.patronymic, "990101", "учитель", "", "", "another", ""]
    (problem,) = look(workbook({"П": [HEAD, row]}), centre).problems
    assert problem.key == "login"


def test_hidden_sheets_totals_and_headings_are_told(centre: Any) -> None:
    pages = {
        "Прошлый год": Page([HEAD, person("Первова")], state="hidden"),
        "Этот": [HEAD, person("Примерова"), HEAD, person("Второва"), ["Итого: 2"]],
        "Справка": [["x"]],
    }
    table = table_of(workbook(pages))
    assert [row.cells["surname"] for row in table.rows] == ["Примерова", "Второва"]
    assert len(table.ignored) == 4
    assert look(workbook(pages), centre).count(Fate.ADDED) == 2
