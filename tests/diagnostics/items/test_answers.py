"""Shapes of answers: what is taken, refused, scored, and shown in which order."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.diagnostics.campaign_factories import CONTENTS
from traektoria.core.errors import Invalid
from traektoria.diagnostics.items.answers import clean, score, shown_order
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.items.kinds.likert import Likert
from traektoria.diagnostics.items.kinds.matching import Matching, rights

RIGHT: dict[str, dict[str, Any]] = {
    "single": {"choice": 0},
    "multiple": {"choices": [0, 2]},
    "short": {"text": "москва"},
    "numeric": {"text": "3,14"},
    "matching": {"pairs": [0, 1]},
    "ordering": {"order": [0, 1, 2]},
    "extended": {"text": "Доказательство"},
    "likert": {"step": 4},
    "choice": {"choices": [1], "other": "Графики"},
    "open": {"text": "Помощи"},
    "level": {"step": 2},
}
WRONG: dict[str, list[Any]] = {
    "single": [{"choice": 3}, {"choice": -1}, {"choice": "1"}, {"choice": True}],
    "multiple": [{"choices": [5]}, {"choices": 1}, {"choices": [None]}],
    "short": [{"text": 5}, {"text": "я" * 20_001}],
    "matching": [{"pairs": [0]}, {"pairs": [0, 9]}, {"pairs": "01"}],
    "ordering": [{"order": [0, 0, 1]}, {"order": [0, 1]}, {"order": ["0", "1", "2"]}],
    "likert": [{"step": 0}, {"step": 5}, {"step": "2"}],
    "choice": [{"choices": [2]}],
}


@pytest.mark.parametrize("kind", RIGHT)
def test_an_answer_keeps_its_shape_and_is_scored(kind: str) -> None:
    content = content_of(CONTENTS[kind])
    assert clean(content, RIGHT[kind]) == RIGHT[kind]
    assert clean(content, {}) == clean(content, None) == clean(content, "x") == {}
    scored = kind in ("single", "multiple", "short", "numeric", "matching", "ordering")
    assert score(content, RIGHT[kind], Decimal(2)) == (Decimal(2) if scored else None)
    assert score(content, {}, Decimal(2)) == (Decimal(0) if scored else None)


@pytest.mark.parametrize(("kind", "raw"), [(kind, raw) for kind, many in WRONG.items() for raw in many])
def test_what_cannot_be_answered_is_refused(kind: str, raw: Any) -> None:
    with pytest.raises(Invalid):
        clean(content_of(CONTENTS[kind]), raw)


def test_partly_right() -> None:
    assert score(content_of(CONTENTS["matching"]), {"pairs": [0, None]}, Decimal(1)) == Decimal("0.5")
    assert score(content_of(CONTENTS["matching"]), {"pairs": [2, 1]}, Decimal(1)) == Decimal("0.5")
    assert score(content_of(CONTENTS["multiple"]), {"choices": [0]}, Decimal(1)) == Decimal("0.5")
    assert score(content_of(CONTENTS["multiple"]), {"choices": [0, 1, 2]}, Decimal(1)) == 0
    assert score(content_of(CONTENTS["ordering"]), {"order": [0, 2, 1]}, Decimal(1)) == 0


def test_a_reverse_item_is_turned_round() -> None:
    steps = ["нет", "скорее нет", "скорее да", "да"]
    assert Likert(text="Легко", steps=tuple(steps)).scale_value({"step": 4}) == 4
    assert Likert(text="Трудно", steps=tuple(steps), reverse=True).scale_value({"step": 4}) == 1
    assert Likert(text="Трудно", steps=tuple(steps)).scale_value({}) is None


@given(seed=st.integers(0, 2**31), kind=st.sampled_from(["single", "multiple", "matching", "ordering", "choice"]))
def test_the_order_shown_is_a_stable_permutation(seed: int, kind: str) -> None:
    content = content_of(CONTENTS[kind])
    order = shown_order(content, seed)
    count = len(rights(content)) if isinstance(content, Matching) else 3 if kind != "choice" else 2
    assert sorted(order) == list(range(count))
    assert order == shown_order(content, seed)
    assert kind != "ordering" or order != sorted(order)


def test_what_looks_the_same_is_one_answer() -> None:
    key = {"kind": "short", "text": "Вода?", "accepted": [{"text": "H2O"}]}
    typed = "Н2О"  # in Cyrillic
    assert score(content_of(key), {"text": typed}, Decimal(2)) == 2
    assert score(content_of({**key, "strict": True}), {"text": typed}, Decimal(2)) == 0
    number = {"kind": "numeric", "text": "Сколько?", "ranges": [{"low": "-12000.5", "high": "-12000.5"}]}
    assert score(content_of(number), {"text": "− 12\u2009000,5"}, Decimal(2)) == 2
