"""The report of forms, by hand."""

import pytest

from traektoria.engines.forms import ItemCandidate
from traektoria.engines.forms.balance import THETA, balance_of

FIRST = [ItemCandidate("1", "a", "basic", 1, -1.0, 1.0), ItemCandidate("2", "b", "high", 2, 1.0, 2.0)]
SECOND = [ItemCandidate("3", "a", "basic", 1, 0.0, 1.0), ItemCandidate("4", "b", "basic", 1)]


def test_figures() -> None:
    report = balance_of([("A", FIRST), ("B", SECOND)])
    one, other = report.whole.forms
    assert (one.items, one.points, one.levels, one.unknown, one.mean) == (2, 3, {"basic": 1, "high": 1}, 0, 0.0)
    assert one.sd == pytest.approx(2**0.5)
    assert (other.items, other.points, other.levels, other.unknown, other.mean) == (2, 2, {"basic": 2}, 1, 0.0)
    assert other.sd is None
    assert (report.whole.difference, report.whole.points_difference, report.whole.unknown) == (0.0, 1, 1)
    assert [(topic.topic, topic.difference, topic.unknown) for topic in report.topics] == [
        ("a", 1.0, 0),
        ("b", None, 1),
    ]


def test_information_of_the_items_it_is_known_of() -> None:
    """a²·P(1 − P) is a quarter where θ = b; an item of two points is left out."""
    found = balance_of([("A", FIRST), ("B", SECOND)]).information
    assert found is not None
    assert found.theta == THETA
    assert found.forms[0][1] == pytest.approx(0.25)
    assert found.forms[1][2] == pytest.approx(0.25)
    assert found.left_out == (1, 1)
    assert found.largest_gap > 0.5
    same = balance_of([("A", FIRST), ("B", FIRST)]).information
    assert same is not None
    assert same.largest_gap == 0
    assert balance_of([("A", FIRST), ("B", SECOND[1:])]).information is None
