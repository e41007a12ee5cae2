"""«Выражен» keeps its promise where the model is wrong: a part of the grid of `tests.bench.mastery`, the same seeds."""

import functools
from typing import Any

import pytest

from tests.bench.mastery import ENOUGH, PROMISE, cell, keeps

pytestmark = pytest.mark.slow
NAMES = (
    "2PL, very unequal slopes",
    "guessing, DIF, omissions, forms",
    "hard work",
    "masters at 64 %, others 35 %, personal",
    "masters at 64 %, others 25 %",
    "masters at 85 %, others 35 %, personal",
)
SIZES = {22: 5, 48: 2, 150: 1}
CELLS = [(name, people) for name in NAMES for people in SIZES]


@functools.cache
def found(name: str, people: int) -> dict[str, Any]:
    return cell(name, people, SIZES[people])


@pytest.mark.parametrize(("name", "people"), CELLS)
def test_the_promise_is_kept(name: str, people: int) -> None:
    """On the tasks asked, and on very many such tasks."""
    assert keeps(found(name, people))
    assert keeps(found(name, people), "beyond_interval")


def test_it_is_kept_over_all_of_them_and_something_is_named() -> None:
    cells = [found(name, people) for name, people in CELLS]
    named = sum(one["named"] for one in cells)
    assert sum((one["right"] or 0) * one["named"] for one in cells) / named >= PROMISE + 0.05
    assert sum(one["named"] >= ENOUGH for one in cells) > len(cells) / 2
    assert found("hard work", 22)["sensitivity"] > 0.2
    assert found("masters at 85 %, others 35 %, personal", 150)["sensitivity"] > 0.6


def test_the_plain_rule_names_more_and_is_wrong_more_often() -> None:
    one = found("guessing, DIF, omissions, forms", 22)
    assert one["plain_right"] < PROMISE
    assert one["plain_sensitivity"] > one["sensitivity"]


@pytest.mark.parametrize("people", [22, 150])
def test_intervals_of_few_people_hold_the_truth(people: int) -> None:
    cells = [found(name, people) for name in NAMES]
    assert sum(one["held"] for one in cells) / len(cells) >= 0.78


def test_nothing_is_said_of_a_topic_on_one_text_nor_of_people_who_are_alike() -> None:
    assert cell("a topic on one text", 48, 2)["named"] == 0
    assert cell("everybody alike", 48, 2)["named"] <= 1
