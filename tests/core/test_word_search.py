"""Words whose endings do not matter."""

import pytest

from traektoria.core.word_search import asked, fits, without

SAME = """
Семёновой Семёнова | семенову Семёнова | СЕМЁНОВА семенова | Павлу Павел | Льва Лев | Орла Орёл | Зайцу Заяц
Игорем Игорь | Сергеем Сергей | Николаю Николай | Натальей Наталия | Марии Мария | Любовью Любовь | Ильи Илья
Гришковца Гришковец | Достоевского Достоевский | Толстой Толстая | Черных Черных | Цоя Цой | Шевченко Шевченко
Ли Ли | Дюма Дюма | Щедриной Салтыкова-Щедрина | Салтыковой-Щедриной Салтыкова-Щедрина
Алексеевне Алексеевна | Соловья Соловей | лицее Лицей
гимназии Гимназия | Берёзовке Берёзовка | сем Семёнова | щедр Салтыкова-Щедрина
"""
PLURAL = """
приемов приёмы | приёма приём | альбомов альбом | задач задача | протоколов протокол | учебников учебник
дробями дроби | уравнений уравнение | маршрутов маршрут
"""
OTHER = "Семёнов Семён | Марии Марина | Иванова Иван | Петрова Пётр | 2 12 | 4 14"


def pairs(text: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for line in text.strip().splitlines() for pair in line.split("|")]  # type: ignore[misc]


@pytest.mark.parametrize(("typed", "kept"), pairs(SAME))
def test_a_form_of_the_word_is_found(typed: str, kept: str) -> None:
    assert fits(asked(typed), kept)


@pytest.mark.parametrize(("typed", "kept"), pairs(PLURAL))
def test_many_of_a_thing_are_the_thing(typed: str, kept: str) -> None:
    assert fits(asked(typed, many=True), kept)


@pytest.mark.parametrize(("typed", "kept"), pairs(OTHER))
def test_another_word_is_not_found(typed: str, kept: str) -> None:
    assert not fits(asked(typed), kept)


def test_each_word_must_be_there_in_any_order() -> None:
    assert fits(asked("Анне Семёновой"), "Семёнова Анна Ивановна")
    assert not fits(asked("Анне Семёновой"), "Семёнова Мария Ивановна")
    assert fits(asked("а. и. семёнова"), "Семёнова Анна Ивановна")
    assert not fits(asked("№ 2"), "СОШ № 12")


def test_the_kind_of_the_thing_is_not_looked_for() -> None:
    assert without("маршрут Семёновой", "Маршруты") == "семеновой"
    assert without("маршруты", "Маршруты") == "маршруты"


@pytest.mark.parametrize("typed", ["", "  ", "?!", "№", "%", "'", '"', "\0", "_", "ь", "ё" * 400, "а " * 200])
def test_nothing_that_can_be_typed_breaks_it(typed: str) -> None:
    fits(asked(typed), "Семёнова")
