import pytest

from traektoria.engines.deficits.student import lower_tail, quantile


@pytest.mark.parametrize(
    ("p", "df", "t"),
    [(0.975, 1, 12.706204736), (0.975, 11, 2.200985160), (0.95, 30, 1.697260887), (0.975, 1000, 1.962339081)],
)
def test_quantiles_of_the_printed_tables(p: float, df: float, t: float) -> None:
    assert quantile(p, df) == pytest.approx(t, rel=1e-8)
    assert lower_tail(t, df) == pytest.approx(p, abs=1e-9)
    assert lower_tail(-t, df) == pytest.approx(1 - p, abs=1e-9)


def test_the_middle_and_the_far_ends() -> None:
    assert lower_tail(0, 5) == 0.5
    assert lower_tail(-1e9, 7) == pytest.approx(0, abs=1e-12)
    assert lower_tail(1e9, 7) == 1
    assert lower_tail(-1, 1) == pytest.approx(0.25, abs=1e-12)
