"""What a version changes, row by row, and which rows it has lost."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.organisations.regulations.difference import RuleChange, difference, kept
from traektoria.organisations.regulations.labels import label_of
from traektoria.organisations.regulations.schema import Party, Rules

CRITERIA = "Статус тьютора"


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    with translation.override("ru"):
        yield


def both(change: Callable[[Any], object], name: str = "yamal") -> tuple[Rules, Rules]:
    content = copy.deepcopy(content_of(preset(name)))
    change(content)
    return preset(name), Rules.model_validate(content)


def changes(change: Callable[[Any], object], name: str = "yamal") -> list[RuleChange]:
    return list(difference(*both(change, name)))


def criteria(content: Any) -> Any:
    return content["status"]["criteria"]["of"]


def test_equal_versions_have_no_differences() -> None:
    for name in ("yamal", "balta", "gelendzhik", "kushchevskaya", "tbilisskaya"):
        assert difference(preset(name), Rules.model_validate(content_of(preset(name)))) == ()


@pytest.mark.parametrize("name", ["balta", "gelendzhik", "kushchevskaya", "tbilisskaya"])
def test_any_two_regulations_can_be_compared(name: str) -> None:
    there, back = difference(preset("yamal"), preset(name)), difference(preset(name), preset("yamal"))
    assert there
    assert back
    assert all(one.section and (one.before or one.after) for one in (*there, *back))


def test_a_value_changes() -> None:
    def change(content: Any) -> None:
        content["about"]["site"] = False
        content["status"]["term_months"] = 24
        content["status"]["commission"]["majority"] = "two_thirds"
        content["support"]["agreed_by"].append("head")

    both_sides = f"{label_of(Party.TEACHER)}; {label_of(Party.TUTOR)}"
    assert changes(change) == [
        RuleChange("Общие положения", "Центр ведёт открытый сайт", "changed", "да", "нет"),
        RuleChange(CRITERIA, "Срок в месяцах", "changed", "36", "24"),
        RuleChange(
            CRITERIA, "Комиссия → За решение нужно", "changed", "больше половины присутствующих",
            "две трети присутствующих",
        ),
        RuleChange(
            "Сопровождение педагогов", "Кто согласует маршрут", "changed", both_sides,
            f"{both_sides}; {label_of(Party.HEAD)}",
        ),
    ]  # fmt: skip


def test_a_commission_appears() -> None:
    def change(content: Any) -> None:
        content["status"] |= {"procedure": "commission", "commission": {"kinds": ["methodist"]}}

    found = changes(change, "balta")
    assert [(one.place, one.kind) for one in found] == [
        ("Как становятся тьютором", "changed"), ("Комиссия", "added"),
    ]  # fmt: skip
    assert "методисты" in found[1].after


def test_a_threshold_in_the_tree_changes() -> None:
    place = "Критерии → «Стаж в школах автономного округа не менее трёх лет» → Не меньше"
    assert changes(lambda content: criteria(content)[0].update(at_least=5)) == [
        RuleChange(CRITERIA, place, "changed", "3", "5")
    ]


def test_a_nested_criterion_changes_and_moves_out() -> None:
    def change(content: Any) -> None:
        node = criteria(content)[4]["of"].pop(2)
        criteria(content).append({**node, "pass_points": 2})

    place = "Критерии → «Коммуникативная деятельность»"
    assert changes(change) == [
        RuleChange(
            CRITERIA, place, "moved", "«Дополнительные виды деятельности»", "«Условия присвоения статуса «Тьютор»»"
        ),
        RuleChange(CRITERIA, f"{place} → Засчитывается с такого среднего балла", "changed", "1", "2"),
    ]


def test_criteria_are_added_archived_and_removed() -> None:
    leaf = {"kind": "document", "slug": "thanks", "title": "Отзыв коллег", "document": "other"}

    def change(content: Any) -> None:
        criteria(content)[5]["archived"] = True
        criteria(content).pop(4)
        criteria(content).append({"kind": "group", "slug": "new", "title": "Ещё", "rule": "any", "of": [leaf]})

    found = changes(change)
    assert [(one.place, one.kind) for one in found] == [
        ("Критерии → «Умение организовать рост мастерства коллег одной или нескольких школ»", "archived"),
        ("Критерии → «Ещё»", "added"),
        ("Критерии → «Дополнительные виды деятельности»", "removed"),
    ]
    assert found[1].after == (
        "Ещё – достаточно одного из перечисленного: Отзыв коллег (подтверждается документом или записью в карточке)"
    )


def test_a_criterion_becomes_of_another_kind() -> None:
    def change(content: Any) -> None:
        leaf = {"kind": "document", "document": "training"}
        criteria(content)[6] = {"slug": "open_lessons", "title": criteria(content)[6]["title"], **leaf}

    assert [(one.place, one.kind, one.before[-48:], one.after[-39:]) for one in changes(change)] == [
        (
            "Критерии → «Помощь коллегам с открытыми уроками и публичными выступлениями» → Вид критерия",
            "changed",
            "оценивает комиссия; засчитывается с балла 1 из 2)"[-48:],
            "(удостоверение или справка об обучении)",
        )
    ]


def test_rows_are_matched_by_slug() -> None:
    def change(content: Any) -> None:
        banks = content["banks"]
        banks[0]["title"] = "Пособия"
        banks.append(banks.pop(1))
        banks[1]["archived"] = True

    assert changes(change) == [
        RuleChange("Банки материалов", "«Пособия» → Название", "changed", "Учебные пособия", "Пособия"),
        RuleChange(
            "Банки материалов", "«Сетевые образовательные программы»", "archived", "Сетевые образовательные программы"
        ),
        RuleChange("Банки материалов", "«Методические разработки»", "moved", "№ 2", "№ 6"),
    ]


def test_a_row_comes_back_from_the_archive() -> None:
    old, new = both(lambda content: content["banks"][0].update(archived=True))
    assert [one.kind for one in difference(new, old)] == ["added"]
    assert [one.kind for one in difference(old, new)] == ["archived"]


def test_rows_without_slug_are_matched_by_what_they_say() -> None:
    def change(content: Any) -> None:
        measures = content["plan"][0]["measures"]
        measures[0]["when"] = "Январь"
        measures.pop(5)
        measures.append({"title": "Вебинары", "when": "в мае", "who": ""})

    place = "«План работы консультационного пункта» → Мероприятия → "
    found = changes(change, "tbilisskaya")
    assert {one.section for one in found} == {"План работы"}
    assert [(one.place.removeprefix(place), one.kind, one.after) for one in found] == [
        (
            "«Поиск педагогов, чьим ученикам устойчиво трудно на ВПР, ОГЭ, ЕГЭ и других…» → Срок словами",
            "changed",
            "Январь",
        ),
        ("«Вебинары»", "added", "Вебинары (Срок словами: в мае)"),
        ("«Координация сообщества тьюторов»", "removed", ""),
    ]


def test_lines_are_added_removed_moved_and_worded_anew() -> None:
    def change(content: Any) -> None:
        lines = content["about"]["principles"]
        lines[0] = "Всё добровольно."
        lines.append(lines.pop(2))
        lines.append("Новый принцип.")
        lines.remove("Взаимодействие свободно.")

    assert [(one.kind, one.before[:12], one.after[:12]) for one in changes(change, "gelendzhik")] == [
        ("changed", "Тьютором и т", "Всё добровол"),
        ("removed", "Взаимодейств", ""),
        ("moved", "Участники се", "Участники се"),
        ("added", "", "Новый принци"),
    ]


def test_descriptors_are_matched_by_points() -> None:
    def change(content: Any) -> None:
        criteria(content)[5]["descriptors"][1]["text"] = "Вёл семинар"

    found = changes(change)
    assert [(one.kind, one.before, one.after) for one in found] == [
        ("changed", "Отдельные мероприятия в своей школе", "Вёл семинар")
    ]
    assert found[0].place.endswith("Баллы и что они значат → Баллы: 1 → Как это выглядит")


def test_nothing_lost_is_an_empty_list() -> None:
    def archive(content: Any) -> None:
        content["banks"][0]["archived"] = True
        criteria(content).append(criteria(content)[4]["of"].pop())

    assert kept(*both(archive)) == []


def test_what_was_in_force_and_is_gone_is_named() -> None:
    def delete(content: Any) -> None:
        content["banks"].pop(0)
        content["checklists"].clear()
        criteria(content)[4]["of"].pop(0)
        content["support"]["stages"].pop(0)
        content["plan"][0]["measures"].clear()

    assert [one.split("»")[0] for one in kept(*both(delete))] == [
        "«Проектировочная деятельность",
        "«Организационный",
        "«Оценка продукта инновационного проекта",
        "«Учебные пособия",
    ]


def test_an_archived_row_must_be_kept_too() -> None:
    old, new = both(lambda content: content["banks"][0].update(archived=True))
    _same, without = both(lambda content: content["banks"].pop(0))
    assert kept(new, without) == kept(old, without) != []


@pytest.mark.parametrize(
    ("change", "section", "place"),
    [
        (lambda content: content["about"].update(tasks=["Новая"]), "Цель и задачи", "Задачи центра"),
        (lambda content: content["partners"].append({"slug": "x9", "title": "Вуз"}), "Общие положения", "Партнёры"),
        (lambda content: content["events"].append({"slug": "x9", "title": "Круг"}), "Формы работы", "Формы работы"),
        (lambda content: content["status"]["criteria"].update(title="Иное"), "Статус тьютора", "Критерии"),
    ],
)
def test_a_change_stands_under_the_heading_of_the_document(change: Any, section: str, place: str) -> None:
    content = content_of(preset("yamal"))
    change(content)
    found = difference(preset("yamal"), Rules.model_validate(content))
    assert {one.section for one in found} == {section}
    assert all(one.place.startswith(place) for one in found)
