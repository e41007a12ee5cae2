"""Who is responsible, as plans say it."""

import pytest

from traektoria.engines.plantables.people import Known, match_person
from traektoria.engines.plantables.responsible import Named, Who, are_named, is_recognised, read_responsible

SEED = "Сообщество тьюторов, руководители ОО, завучи по УВР"


def told(text):
    return [(one.who.value, one.role, one.text) for one in read_responsible(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("методист ИМЦ, тьюторы", [("role", "coordinator", "методист ИМЦ"), ("role", "tutor", "тьюторы")]),
        (
            SEED,
            [
                ("role", "tutor", "Сообщество тьюторов"),
                ("role", "head", "руководители ОО"),
                ("role", "deputy_head", "завучи по УВР"),
            ],
        ),
        ("Методисты МКУ «МЦ, СДПО»", [("role", "coordinator", "Методисты МКУ «МЦ, СДПО»")]),
        ("тьюторы и методисты", [("role", "tutor", "тьюторы"), ("role", "coordinator", "методисты")]),
        ("отдел воспитания и спорта", [("organisation", "", "отдел воспитания и спорта")]),
        ("Иванова И.И.", [("person", "", "Иванова И.И.")]),
        ("И. И. Иванова", [("person", "", "И. И. Иванова")]),
        (
            "методист Иванова И.И.; тьюторы",
            [("person", "coordinator", "методист Иванова И.И."), ("role", "tutor", "тьюторы")],
        ),
        ("Иванова Мария Петровна, методист", [("person", "coordinator", "Иванова Мария Петровна, методист")]),
        ("Иванова И.И. Петров П.П.", [("person", "", "Иванова И.И."), ("person", "", "Петров П.П.")]),
        (
            "специалисты (Петрова А.А., Ли Б.Б.)",
            [("role", "", "специалисты"), ("person", "", "Петрова А.А."), ("person", "", "Ли Б.Б.")],
        ),
        ("зам. директора по УВР", [("role", "deputy_head", "зам. директора по УВР")]),
        ("руководитель РМО учителей математики", [("role", "", "руководитель РМО учителей математики")]),
        ("МБОУ СОШ № 5", [("organisation", "", "МБОУ СОШ № 5")]),
        ("учителя-предметники", [("role", "teacher", "учителя-предметники")]),
        ("тьюторанты", [("role", "teacher", "тьюторанты")]),
        ("члены комиссии", [("role", "commission_member", "члены комиссии")]),
        ("все желающие", [("unknown", "", "все желающие")]),
        ("", []),
    ],
)
def test_everybody_is_named_as_written(text, found):
    assert told(text) == found


def test_the_organisation_beside_a_role():
    assert [one.of for one in read_responsible("методисты МКУ «МЦ СДПО», тьюторы")] == ["МКУ «МЦ СДПО»", ""]


def test_recognised_and_named():
    assert is_recognised(SEED)
    assert not is_recognised("методисты, все желающие")
    assert not is_recognised("")
    assert are_named(SEED)
    assert not are_named("ОО сообщество тьюторов")
    assert not are_named("учителей математики")


PEOPLE = [
    Known(1, "Иванова", "Ирина", "Игоревна"),
    Known(2, "Иванов", "Илья", "Ильич"),
    Known(3, "Петренко", "Ольга"),
    Known(4, "Иванова", "Инна", "Петровна"),
]


@pytest.mark.parametrize(
    ("text", "keys", "sure"),
    [
        ("Иванова И. И.", (1,), True),
        ("Ивановой И.И.", (1,), True),
        ("Иванову И. И.", (1, 2), False),
        ("И.И. Иванов", (2,), True),
        ("Иванова И.", (1, 4), False),
        ("Иванова Инна Петровна", (4,), True),
        ("Петренко", (3,), False),
        ("Петренко О.", (3,), True),
        ("Сидорова С. С.", (), False),
        ("методисты", (), False),
    ],
)
def test_people_of_the_centre_are_found_in_any_case(text, keys, sure):
    (named,) = read_responsible(text)
    found = match_person(named, PEOPLE)
    assert (set(found.keys), found.sure) == (set(keys), sure)


def test_a_role_is_nobody_in_particular():
    assert match_person(Named("тьюторы", Who.ROLE, "tutor"), PEOPLE).keys == ()
