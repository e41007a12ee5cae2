"""An answer that is not finished is an answer: kept, marked, asked about, and scored as far as it goes."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests.diagnostics.campaign_factories import CONTENTS
from tests.diagnostics.sitting_factories import Scene, make_scene
from traektoria.core.errors import Invalid
from traektoria.diagnostics.items.answers import clean, is_complete, score
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.item_view import ask, from_post

IN_PART: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "ordering": ({"i1-rank-0": "3", "i1-rank-2": "1"}, {"ranks": [3, None, 1]}),
    "matching": ({"i1-pair-1": "0"}, {"pairs": [None, 0]}),
}
FINISHED: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "single": ({"i1-choice": "1"}, {"choice": 1}),
    "multiple": ({"i1-choices": "2"}, {"choices": [2]}),
    "short": ({"i1-text": "Мос"}, {"text": "Мос"}),
    "numeric": ({"i1-text": "3,"}, {"text": "3,"}),
    "matching": ({"i1-pair-0": "0", "i1-pair-1": "1"}, {"pairs": [0, 1]}),
    "ordering": ({"i1-rank-0": "3", "i1-rank-1": "2", "i1-rank-2": "1"}, {"order": [2, 1, 0]}),
    "extended": ({"i1-text": "Пусть"}, {"text": "Пусть"}),
    "likert": ({"i1-step": "2"}, {"step": 2}),
    "choice": ({"i1-other": "Проц"}, {"other": "Проц"}),
    "open": ({"i1-text": "Сов"}, {"text": "Сов"}),
    "level": ({"i1-step": "1"}, {"step": 1}),
    "description": ({}, {}),
}


def _form(fields: dict[str, str]) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(fields)
    return made


@pytest.mark.parametrize(("kind", "complete"), [*((k, True) for k in FINISHED), *((k, False) for k in IN_PART)])
def test_plain_form_keeps_what_was_given(kind: str, complete: bool) -> None:
    content = content_of(CONTENTS[kind])
    fields, value = FINISHED[kind] if complete else IN_PART[kind]
    kept = clean(content, from_post(content, _form(fields), "i1"))
    assert kept == value
    assert is_complete(content, kept) is (complete and kind != "description")
    assert clean(content, json.loads(json.dumps(kept))) == kept
    again = ask(content, prefix="i1", value=kept)
    assert {row.place: row.given for row in again.rows if row.given is not None} == {
        int(name.rpartition("-")[2]): int(given) for name, given in fields.items() if "rank" in name or "pair" in name
    }


def test_every_kind_is_looked_at() -> None:
    assert FINISHED.keys() == CONTENTS.keys()


def test_two_lines_in_one_place_are_kept_as_they_are() -> None:
    content = content_of(CONTENTS["ordering"])
    assert clean(content, {"ranks": [1, 1, 2]}) == {"ranks": [1, 1, 2]}
    assert clean(content, {"ranks": [2, 1, 3]}) == {"order": [1, 0, 2]}
    assert clean(content, {"ranks": [None, None, None]}) == {}


@pytest.mark.parametrize("ranks", [[1, 2], [0, 1, 2], [1, 2, 4], ["1", 2, 3], "123", [[], 1, 2], [True, 2, 3], {}])
def test_ranks_that_are_none(ranks: Any) -> None:
    content = content_of(CONTENTS["ordering"])
    with pytest.raises(Invalid):
        clean(content, {"ranks": ranks})


@pytest.mark.parametrize(
    ("whole", "ranks", "points"),
    [
        (True, [1, 2, None], "0"),
        (False, [1, 2, None], "0.5"),
        (False, [1, None, 3], "0"),
        (False, [None, 2, 3], "0.5"),
        (False, [1, 1, 2], "0"),
        (False, [1, 2, 3], "1"),
        (True, [1, 2, 3], "1"),
    ],
)
def test_places_left_over_count_as_not_answered(whole: bool, ranks: list[int | None], points: str) -> None:
    content = content_of({**CONTENTS["ordering"], "whole": whole})
    assert score(content, clean(content, {"ranks": ranks}), Decimal(1)) == Decimal(points)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene(kinds=("ordering", "matching", "single"))


def _client(scene: Scene) -> Client:
    client = Client()
    client.force_login(scene.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_without_a_script_it_is_kept_marked_and_asked_about(scene: Scene) -> None:
    client, token = _client(scene), scene.sitting.token
    ordering, matching, _single = scene.rows
    for row, fields in ((ordering, {"rank-0": "2"}), (matching, {"pair-0": "1"})):
        sent = {"item": row.pk, **{f"i{row.pk}-{name}": given for name, given in fields.items()}, "go": "on"}
        assert client.post(reverse("diagnostics:sitting_answer", args=[token]), sent).status_code == 302
    assert [value for value, _sequence in scene.kept()] == [{"ranks": [2, None, None]}, {"pairs": [1, None]}]
    page = client.get(reverse("diagnostics:sitting", args=[token]), {"item": 1}).text
    assert page.count('class="is-answered is-partly"') == 2
    assert '<option value="2" selected>' in page
    over = client.get(reverse("diagnostics:sitting_hand_in", args=[token])).text
    assert over.count("is-partly") == 2
    assert "Все задания" not in over


def test_queue_of_the_script_takes_it(scene: Scene) -> None:
    body = {
        "tab": "1-a",
        "now": 0,
        "answers": [{"item": scene.rows[0].pk, "value": {"ranks": [3, 3, None]}, "sequence": 1}],
    }
    client = _client(scene)
    url = reverse("diagnostics:sitting_save", args=[scene.sitting.token])
    answer = client.post(url, json.dumps(body), content_type="application/json").json()
    assert answer["refused"] == {}
    assert scene.kept() == [({"ranks": [3, 3, None]}, 1)]
