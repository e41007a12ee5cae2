"""An item as it is shown, kind by kind; and what a plain form of it brings back."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from tests.diagnostics.campaign_factories import CONTENTS
from traektoria.core.errors import Invalid
from traektoria.diagnostics.items.answers import clean, shown_order
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.item_view import Asked, ask, from_post
from traektoria.diagnostics.items.pieces.view import letter

ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "single": ({"choice": 2}, "i-choice=2"),
    "multiple": ({"choices": [0, 2]}, "i-choices=2&i-choices=0"),
    "short": ({"text": "Москва"}, "i-text=Москва "),
    "numeric": ({"text": "3,14"}, "i-text=3,14"),
    "matching": ({"pairs": [1, None]}, "i-pair-0=1&i-pair-1="),
    "ordering": ({"order": [2, 0, 1]}, "i-rank-0=2&i-rank-1=3&i-rank-2=1"),
    "extended": ({"text": "Так\nи так"}, "i-text=Так\nи так"),
    "likert": ({"step": 3}, "i-step=3"),
    "choice": ({"choices": [1], "other": "Проценты"}, "i-choices=1&i-other=Проценты"),
    "open": ({"text": "Советов"}, "i-text=Советов"),
    "level": ({"step": 2}, "i-step=2"),
    "description": ({}, ""),
}


def asked(kind: str, **changes: Any) -> Asked:
    return ask(content_of({**CONTENTS[kind], **changes.pop("content", {})}), prefix="i", **changes)


def shown(one: Asked) -> str:
    return render_to_string(one.template, {"asked": one})


@pytest.mark.parametrize("kind", ANSWERS)
def test_a_form_brings_the_answer_back(kind: str) -> None:
    content = content_of(CONTENTS[kind])
    value, posted = ANSWERS[kind]
    assert clean(content, from_post(content, QueryDict(posted), "i")) == value


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_empty_form_is_no_answer(kind: str) -> None:
    content = content_of(CONTENTS[kind])
    assert clean(content, from_post(content, QueryDict(""), "i")) == {}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_is_shown_with_its_answer(kind: str) -> None:
    value = ANSWERS[kind][0]
    one = asked(kind, value=value)
    page = shown(one)
    assert CONTENTS[kind]["text"] in page
    assert f'data-kind="{kind}"' in page
    assert one.answered == bool(value)
    assert page.count("checked") + page.count("selected") == {
        "single": 1, "multiple": 2, "matching": 1, "ordering": 3, "likert": 1, "choice": 1, "level": 1,
    }.get(kind, 0)  # fmt: skip
    for word in (value.get("text"), value.get("other")):
        assert not word or word in page


def test_the_right_answer_is_not_told() -> None:
    """Neither weights nor feedback nor accepted forms are on the page."""
    content = {"options": [{"text": "а", "weight": "100", "feedback": "тайна"}, {"text": "б"}], "feedback": "тайна"}
    assert "тайна" not in shown(asked("single", content=content))
    assert "Москва" not in shown(asked("short"))
    assert "3.13" not in shown(asked("numeric"))
    assert "тайна" not in shown(asked("extended", content={"guidance": "тайна"}))


def test_choices_stand_in_the_order_of_the_person() -> None:
    content = content_of(CONTENTS["multiple"])
    places = [one.place for one in asked("multiple", seed=5).choices]
    assert places == shown_order(content, 5)
    assert [one.letter for one in asked("multiple", seed=5).choices] == ["А", "Б", "В"]
    assert letter(40) == "41"


def test_rows_of_an_order_stand_as_the_person_left_them() -> None:
    assert [row.place for row in asked("ordering", value={"order": [2, 0, 1]}).rows] == [2, 0, 1]
    assert [row.given for row in asked("ordering").rows] == [None] * 3


def test_an_order_with_a_gap_is_kept_as_it_stands() -> None:
    value = {"ranks": [1, 1, None]}
    content = content_of(CONTENTS["ordering"])
    assert clean(content, from_post(content, QueryDict("i-rank-0=1&i-rank-1=1&i-rank-2="), "i")) == value
    assert {row.place: row.given for row in asked("ordering", value=value).rows} == {0: 1, 1: 1, 2: None}


@pytest.mark.parametrize("posted", ["i-choice=99", "i-choice=-1", "i-choice=х", "i-choice=٣", "i-choice=9999999999"])
def test_what_is_no_place_is_refused(posted: str) -> None:
    content = content_of(CONTENTS["single"])
    with pytest.raises(Invalid):
        clean(content, from_post(content, QueryDict(posted), "i"))


def test_a_line_of_ones_own_instead_of_a_choice() -> None:
    content = content_of({**CONTENTS["choice"], "many": False})
    posted = "i-choices=other&i-other=Проценты"
    assert clean(content, from_post(content, QueryDict(posted), "i")) == {"other": "Проценты"}
    assert clean(content, from_post(content, QueryDict("i-other=Проценты"), "i")) == {"other": "Проценты"}
    assert clean(content, from_post(content, QueryDict("i-choices=0&i-other=Проценты"), "i")) == {"choices": [0]}
    assert 'value="other"' in shown(ask(content, prefix="i"))


def test_texts_are_safe_and_pictures_have_addresses() -> None:
    text = '<script>alert(1)</script><p>Карта <img src="@@PLUGINFILE@@/map.png" alt="карта"></p>'
    content = {"text": text, "text_format": "html"}
    page = shown(asked("open", content=content, pictures={"map.png": "/p/1/"}))
    assert "alert" not in page
    assert '<img src="/p/1/" alt="карта">' in page
    assert shown(asked("open", value={"text": '"><b>'})).count("&gt;&lt;b&gt;") == 1
