"""Whatever is wrong with a regulation is said in Russian, with its place; nothing of pydantic's English is shown."""

import copy
import json
import random
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.utils import translation
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from tests.thoroughness import rounds
from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.organisations.regulations.errors import CODES, SENTENCES, Problem, said, sentence
from traektoria.organisations.regulations.schema import Rules

QUOTED = re.compile(r"«[^»]*»")
LATIN = re.compile(r"[A-Za-z]")


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    with translation.override("ru"):
        yield


def problems(content: Any) -> list[Problem]:
    with pytest.raises(ValidationError) as caught:
        Rules.model_validate(content)
    return said(caught.value, content)


def yamal() -> Any:
    return copy.deepcopy(content_of(preset("yamal")))


def is_russian(text: str) -> bool:
    bare = QUOTED.sub("", text)
    return bool(re.search("[а-яё]", text, re.IGNORECASE)) and not LATIN.search(bare) and "%" not in bare


def test_every_error_of_pydantic_has_a_russian_sentence() -> None:
    context = {"max_length": 3, "min_length": 2, "ge": 0.5, "gt": 0, "le": 1, "lt": 1, "error": "unheard_of"}
    assert set(SENTENCES) <= {*get_args(ErrorType)}
    for kind in get_args(ErrorType):
        assert is_russian(sentence(kind, context)), kind


def test_an_error_without_its_numbers_has_the_general_sentence() -> None:
    assert sentence("greater_than", {}) == "Это не читается как часть положения. Заполните заново."
    assert sentence("something_new", {}) == sentence("greater_than", {})


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_our_own_has_a_russian_sentence(code: str) -> None:
    words = sentence("value_error", {"error": ValueError(f"{code}:banks")})
    assert is_russian(words)
    assert words != sentence("unknown", {})


def test_numbers_are_written_as_people_write_them() -> None:
    assert sentence("greater_than_equal", {"ge": 0.5}) == "Нужно число не меньше 0,5."
    assert sentence("less_than_equal", {"le": 100.0}) == "Нужно число не больше 100."
    assert sentence("string_too_long", {"max_length": 300}) == "Сократите: не больше 300 знаков."


def test_a_place_is_named_by_labels_and_titles() -> None:
    content = yamal()
    content["status"]["criteria"]["of"][4]["of"][0]["pass_points"] = "много"
    assert problems(content) == [
        Problem(
            ("status", "criteria", "of", 4, "of", 0, "pass_points"),
            "Статус тьютора → Критерии → «Дополнительные виды деятельности» → «Проектировочная деятельность» → "
            "Засчитывается с такого среднего балла",
            "Здесь нужно число.",
        )
    ]


def test_without_content_rows_are_named_by_number() -> None:
    content = yamal()
    content["banks"][1]["title"] = " "
    with pytest.raises(ValidationError) as caught:
        Rules.model_validate(content)
    assert said(caught.value)[0].place == "Банки материалов → № 2 → Название"
    assert said(caught.value)[0].sentence == "Заполните это поле."


def test_rules_between_fields_are_said() -> None:
    content = yamal()
    content["support"]["agreed_by"] = ["tutor"]
    content["status"]["criteria"]["of"][4]["number"] = 9
    content["status"]["criteria"]["of"][3]["pass_points"] = 7
    content["status"]["criteria"]["of"][5]["descriptors"].reverse()
    assert [(one.place, one.sentence) for one in problems(content)] == [
        (
            "Статус тьютора → Критерии → "
            "«Научно-методическая работа в дополнительном профессиональном образовании как…»",
            "Критерий засчитывают с большего балла, чем можно поставить. Уменьшите этот балл.",
        ),
        (
            "Статус тьютора → Критерии → «Дополнительные виды деятельности»",
            "Группа требует больше критериев, чем в ней есть.",
        ),
        (
            "Статус тьютора → Критерии → «Умение организовать рост мастерства коллег одной или нескольких школ»",
            "Баллы идут по возрастанию и не повторяются.",
        ),
        ("Сопровождение педагогов", "Маршрут всегда согласуют педагог и тьютор: отметьте обоих."),
    ]


def test_a_commission_stands_where_it_decides() -> None:
    content = yamal()
    content["status"]["procedure"] = "order"
    assert [one.place for one in problems(content)] == ["Статус тьютора"]


def test_a_slug_taken_twice_is_named() -> None:
    content = yamal()
    content["banks"].append(content["banks"][0])
    assert problems(content) == [
        Problem((), "Положение в целом", "Служебное имя «aids» занято дважды. Дайте одной из строк другое имя.")
    ]


def test_an_unknown_key_is_named() -> None:
    content = yamal()
    content["status"]["colour"] = "красный"
    assert problems(content) == [
        Problem(
            ("status", "colour"), "Статус тьютора → «colour»", "В положении нет такого поля. Уберите его."
        )
    ]  # fmt: skip


def test_a_criterion_of_unknown_kind_asks_for_its_kind() -> None:
    content = yamal()
    content["status"]["criteria"]["of"][0]["kind"] = "magic"
    del content["status"]["criteria"]["of"][1]["kind"]
    assert [(one.path, one.sentence) for one in problems(content)] == [
        (("status", "criteria", "of", place), "Выберите вид критерия: порог, документ, оценка комиссии или группа.")
        for place in (0, 1)
    ]


BAD = (None, "", " ", "x" * 4000, -1, 0.5, 10**9, True, [], {}, [1], ["", 7], {"slug": "А"}, float("nan"))


@pytest.mark.parametrize("name", ["yamal", "tbilisskaya"])
def test_spoilt_content_always_has_a_place_and_a_russian_sentence(name: str) -> None:
    """Spoilt regulations: a value anywhere is replaced, a key removed or added."""
    whole, chance = json.dumps(content_of(preset(name))), random.Random(3)
    places = list(spots(json.loads(whole)))
    for _round in range(rounds(30, 150)):
        content = json.loads(whole)
        spoil(content, chance.choice(places), chance)
        try:
            Rules.model_validate(content)
        except ValidationError as error:
            for problem in (*said(error, content), *said(error)):
                assert is_russian(problem.sentence), problem
                assert is_russian(problem.place) or re.search("«.*»", problem.place), problem


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in pairs:
        yield (*path, key)
        yield from spots(held, (*path, key))


def spoil(content: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    for key in path[:-1]:
        content = content[key]
    if isinstance(content, dict) and chance.random() < 0.2:
        content[chance.choice(["odd", "group", "of"])] = chance.choice(BAD)
    elif chance.random() < 0.2:
        del content[path[-1]]
    else:
        content[path[-1]] = chance.choice(BAD)
