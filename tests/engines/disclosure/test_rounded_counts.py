"""A number of people that is shown again and again."""

import pytest

from traektoria.engines.disclosure import at_least, rounded_counts


@pytest.mark.parametrize(
    ("number", "known", "said"),
    [(0, 0, 0), (9, 0, 0), (10, 0, 10), (14, 0, 10), (15, 0, 15), (14, 4, 10), (14, 5, 0), (30, 25, 0)],
)
def test_fives_from_ten_unknown_people_on(number: int, known: int, said: int) -> None:
    assert at_least(number, known=known) == said


@pytest.mark.parametrize(("number", "said"), [(11, 0), (12, 12), (14, 12), (15, 15), (21, 20)])
def test_fewer_than_the_least_group_are_never_said(monkeypatch: pytest.MonkeyPatch, number: int, said: int) -> None:
    monkeypatch.setattr(rounded_counts, "MINIMUM", 12)
    assert at_least(number) == said


def test_no_more_are_known_than_there_are() -> None:
    with pytest.raises(ValueError, match="12 known of 11"):
        at_least(11, known=12)
