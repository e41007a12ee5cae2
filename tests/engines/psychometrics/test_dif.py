"""Mantel–Haenszel: one table by hand, a simulated difference, and what is not compared."""

from dataclasses import replace
from math import log

import numpy as np
import pytest

from tests.engines.psychometrics.samples import simulated
from traektoria.engines.psychometrics import (
    EtsClass,
    FitCode,
    FitRefused,
    FitSettings,
    Model,
    Responses,
    fit,
    responses,
)
from traektoria.engines.psychometrics.dif import mantel_haenszel


def two_groups(shift: float) -> Responses:
    """600 people of two groups; the third of 8 items is harder for the second group by `shift` logits."""
    slopes, intercepts = np.ones(8), np.linspace(-1, 1, 8)
    harder = intercepts - shift * (np.arange(8) == 2)
    values = np.vstack([simulated(1500, slopes, intercepts), simulated(1500, slopes, harder, seed=9)])
    return replace(responses(values), groups=("f",) * 1500 + ("m",) * 1500)


def test_a_stratum_by_hand() -> None:
    """All have one of two items right: 30 of 40 the first one in the reference group, 20 of 40 in the focal group."""
    right = np.array([[1, 0]] * 30 + [[0, 1]] * 10 + [[1, 0]] * 20 + [[0, 1]] * 20, float)
    found = mantel_haenszel(right, np.repeat([0.0, 1.0], 40), np.ones(80))[0]
    assert found is not None
    assert found.odds_ratio == pytest.approx((30 * 20) / (10 * 20))
    assert found.delta == pytest.approx(-2.35 * log(3))
    assert found.se == pytest.approx(2.35 * (1 / 30 + 1 / 10 + 1 / 20 + 1 / 20) ** 0.5)
    variance = 40 * 40 * 50 * 30 / (80**2 * 79)
    assert found.chi2 == pytest.approx((abs(30 - 25) - 0.5) ** 2 / variance)
    assert found.ets is EtsClass.B


def test_a_large_difference_is_of_class_c() -> None:
    found = fit(two_groups(1.5), FitSettings(Model.CTT))
    classes = [item.dif.ets for item in found.items if item.dif]
    assert classes[2] is EtsClass.C
    assert classes.count(EtsClass.C) == 1
    assert [note.parameters for note in found.notes] == [{"reference": "f", "focal": "m", "n": 3000}]


def test_no_difference() -> None:
    found = fit(two_groups(0), FitSettings(Model.CTT))
    assert {item.dif.ets for item in found.items if item.dif} == {EtsClass.A}


def test_the_reference_group_is_chosen() -> None:
    ours, theirs = (fit(two_groups(1), FitSettings(Model.CTT, reference=name)) for name in ("f", "m"))
    for one, other in zip(ours.items, theirs.items, strict=True):
        assert one.dif is not None
        assert other.dif is not None
        assert one.dif.delta == pytest.approx(-other.dif.delta)
    with pytest.raises(FitRefused) as caught:
        fit(two_groups(1), FitSettings(Model.CTT, reference="x"))
    assert caught.value.code is FitCode.UNKNOWN_GROUP


def test_what_is_not_compared() -> None:
    people = two_groups(0)
    three = replace(people, groups=("a", "b", "c") * 1000)
    assert [note.code.value for note in fit(three, FitSettings(Model.CTT)).notes] == ["dif_needs_two_groups"]
    points = replace(people, values=people.values * 2)
    assert [note.code.value for note in fit(points, FitSettings(Model.CTT)).notes] == ["dif_needs_right_wrong"]
