"""Raw choices with a key: scoring, options, and a key that looks wrong."""

import numpy as np
import pytest

from tests.engines.psychometrics.samples import simulated
from traektoria.engines.psychometrics import (
    Columns,
    Fit,
    FitRefused,
    FitSettings,
    Flag,
    Model,
    choices_of,
    fit,
    lay_out,
    options_of,
    read_key,
    read_sheet,
    score,
    take,
)

ITEMS = ("q1", "q2", "q3", "q4", "q5", "q6")


def table() -> str:
    """300 people who choose «a» when they know and one of «b», «c», «d» when they do not."""
    right = simulated(300, np.full(6, 1.5), np.zeros(6))
    wrong = np.random.default_rng(6).choice(["b", "c", "d"], right.shape)
    chosen = np.where(right == 1, "a", wrong)
    chosen[0, 0] = ""
    return "\n".join([",".join(ITEMS), *(",".join(row) for row in chosen)])


def analyse(key: str) -> Fit:
    sheet = read_sheet(table().encode())
    layout = lay_out(sheet, Columns())
    right = read_key(key.encode())
    choices = choices_of(sheet, layout, right)
    scored = take(sheet, layout, score(choices, right))
    return fit(scored, FitSettings(Model.CTT), options_of(scored, choices, right))


def key(**others: str) -> str:
    return "item,key\n" + "\n".join(f"{item},{others.get(item, 'A')}" for item in ITEMS)


def test_the_right_key() -> None:
    found = analyse(key())
    assert [item.classical.flags for item in found.items] == [()] * 6
    first = found.items[0]
    assert first.classical.n_missing == 1
    assert (first.options[0].option, first.options[0].is_key) == ("a", True)
    assert {option.option for option in first.options} == {"a", "b", "c", "d"}
    assert sum(option.share for option in first.options) == pytest.approx(1)
    assert sum(option.n for option in first.options) == 299
    best = first.options[0]
    assert best.upper is not None
    assert best.lower is not None
    assert best.upper > 0.7 > 0.2 > best.lower


def test_a_broken_key() -> None:
    found = analyse(key(q3="b"))
    flags = [set(item.classical.flags) for item in found.items]
    assert flags[2] == {Flag.NEGATIVE_ITEM_REST, Flag.ALPHA_RISES_WITHOUT, Flag.STRONG_DISTRACTOR}
    assert [bool(flag & {Flag.NEGATIVE_ITEM_REST, Flag.STRONG_DISTRACTOR}) for flag in flags].count(True) == 1


def test_several_right_options() -> None:
    found = analyse(key(q2="a|b"))
    assert [option.option for option in found.items[1].options if option.is_key] == ["a", "b"]
    assert found.items[1].classical.p > found.items[0].classical.p


def test_keys_and_items_must_match() -> None:
    with pytest.raises(FitRefused) as caught:
        analyse(key().replace("q6", "q7"))
    assert [(problem.code.value, problem.parameters) for problem in caught.value.problems] == [
        ("key_without_item", {"item": "q7"}),
        ("item_without_key", {"item": "q6"}),
    ]
    with pytest.raises(FitRefused):
        read_key(b"item,key\n")
