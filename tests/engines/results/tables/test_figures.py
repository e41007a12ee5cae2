from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from traektoria.engines.figures import rounded
from traektoria.engines.results.tables.figures import percent, share_interval


def test_percent_rounds_half_up() -> None:
    assert percent(1, 800) == Decimal("0.13")  # 0.125 %
    assert percent(1, 3) == Decimal("33.33")
    assert percent(5, 5) == Decimal("100.00")
    assert percent(0, 0) is None
    assert str(percent(1, 2)) == "50.00"
    assert rounded(12.345, 2) == Decimal("12.35")


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60))
def test_the_interval_holds_the_mean_and_stays_inside(scores: list[int]) -> None:
    total, squares = sum(scores), sum(score * score for score in scores)
    interval = share_interval(len(scores), total, squares, 4)
    mean = percent(total, 4 * len(scores))
    assert interval is not None
    assert mean is not None
    assert 0 <= interval[0] <= mean <= interval[1] <= 100


def test_a_one_point_task_has_wilsons_interval() -> None:
    assert share_interval(10, 10, 10, 1) == (Decimal("72.25"), Decimal("100.00"))
    assert share_interval(20, 5, 5, 1) == (Decimal("11.19"), Decimal("46.87"))
    assert share_interval(0, 0, 0, 1) is None


def test_points_between_none_and_all_narrow_the_interval_but_not_to_certainty() -> None:
    halves = share_interval(10, 10, 10, 2)
    ones = share_interval(10, 5, 5, 1)
    assert halves is not None
    assert ones is not None
    assert ones[0] < halves[0] < 45
    assert ones[1] > halves[1] > 55
