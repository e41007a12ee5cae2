"""A line of a list: what an item asks and its key, whatever its kind."""

import pytest

from tests.diagnostics.campaign_factories import CONTENTS
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.list_line import line_of, own_name

LINES = {
    "single": "1",
    "short": "Москва",
    "numeric": "от 3,13 до 3,15",
    "matching": "2² → 4; 3² → 9",
    "likert": "",
    "open": "",
    "description": "",
}


@pytest.mark.parametrize("kind", [kind for kind in LINES if kind in CONTENTS])
def test_the_key_of_each_kind(kind: str) -> None:
    said = line_of(content_of(CONTENTS[kind]))
    assert said.text == CONTENTS[kind]["text"]
    assert said.key == LINES[kind] or kind == "single"


def key(**content: object) -> str:
    return line_of(content_of({"text": "Вопрос?", **content})).key.replace("\xa0", " ")


def options(*weights: str) -> list[dict[str, str]]:
    return [{"text": letter, "weight": weight} for letter, weight in zip("абвг", weights, strict=False)]


def test_what_is_right() -> None:
    assert key(kind="single", options=options("0", "100", "50")) == "б; в (50 %)"
    assert key(kind="multiple", options=options("50", "50", "-50")) == "а; б"
    assert key(kind="short", accepted=[{"text": "H2O"}, {"text": "вода", "weight": "100/3"}]) == "H2O; вода (33,3 %)"
    assert key(kind="numeric", ranges=[{"low": "-1000000000000", "high": "1000000000000"}]) == "любое число"
    assert key(kind="ordering", order=["раз", "два"]) == "1) раз; 2) два"
    assert key(kind="extended", criteria=[{"code": "К1", "title": "Верно", "most": "2"}]) == "К1 – 2 балла"


def test_markup_and_length() -> None:
    said = line_of(content_of({"kind": "open", "text": "<p>a<b и c>d</p>" + "слово " * 200, "text_format": "html"}))
    assert said.text.startswith("a<b и c>d слово")
    assert (len(said.text), said.text[-1]) == (300, "…")


@pytest.mark.parametrize(
    ("name", "kept"), [("Q18", "Q18"), ("Столица Рос…", ""), ("столица россии?", ""), ("Россия", "Россия")]
)
def test_a_name_is_shown_where_it_says_more(name: str, kept: str) -> None:
    assert own_name(name, "Столица России?") == kept
