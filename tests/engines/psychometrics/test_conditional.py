"""Conditional likelihood against an enumeration of all answer patterns."""

from itertools import product

import numpy as np
import pytest

from tests.engines.psychometrics.samples import lsat6, simulated
from traektoria.engines.psychometrics import (
    FitCode,
    FitRefused,
    FitSettings,
    Method,
    Model,
    conditional,
    fit,
    responses,
)
from traektoria.engines.psychometrics.arrays import Codes, Floats
from traektoria.engines.psychometrics.conditional import andersen, fit_conditional
from traektoria.engines.psychometrics.elementary import pair_sums, symmetric, without_each


def enumerated(easiness: Floats) -> Floats:
    """γ of all scores, by going through all patterns."""
    gamma = np.zeros(len(easiness) + 1)
    for pattern in product((0, 1), repeat=len(easiness)):
        gamma[sum(pattern)] += np.prod(easiness ** np.array(pattern))
    return gamma


def test_symmetric_functions() -> None:
    easiness = np.exp(np.random.default_rng(1).normal(size=(3, 6)))
    easiness[1, 2] = 0
    assert symmetric(easiness) == pytest.approx(np.array([enumerated(row) for row in easiness]))
    for left_out in range(6):
        others = easiness.copy()
        others[:, left_out] = 0
        assert without_each(easiness)[:, left_out] == pytest.approx(symmetric(others))


def test_sums_over_pairs() -> None:
    random = np.random.default_rng(2)
    easiness, weights = np.exp(random.normal(size=(3, 6))), random.random((3, 7))
    expected = np.zeros((6, 6))
    for a, b in product(range(6), repeat=2):
        if a != b:
            others = easiness.copy()
            others[:, [a, b]] = 0
            expected[a, b] = (weights[:, 2:] * easiness[:, [a]] * easiness[:, [b]] * symmetric(others)[:, :-2]).sum()
    assert pair_sums(easiness, weights) == pytest.approx(expected)


def plain(codes: Codes, beta: Floats) -> float:
    """Σ log P(pattern | score) over the answered items of each person."""
    total = 0.0
    for row in codes:
        seen = row >= 0
        score = int(row[seen].sum())
        total += float(-(row[seen] @ beta[seen]) - np.log(enumerated(np.exp(-beta[seen]))[score]))
    return total


def test_maximum_with_missing_answers() -> None:
    codes = simulated(120, np.ones(5), np.linspace(-1, 1, 5)).astype(np.int8)
    codes[np.random.default_rng(3).random(codes.shape) < 0.2] = -1
    found = fit_conditional(codes, np.ones(120), 50)
    assert found.loglik == pytest.approx(plain(codes, found.difficulties), abs=1e-6)
    for item in range(5):
        move = np.eye(5)[item] * 0.02
        assert plain(codes, found.difficulties + move) < found.loglik
        assert plain(codes, found.difficulties - move) < found.loglik
    bend = np.array([[1, -1, 0, 0, 0], [0, 0, 1, 0, -1]]) * 1e-3
    for move in bend:
        second = plain(codes, found.difficulties + move) + plain(codes, found.difficulties - move) - 2 * found.loglik
        inverse = np.linalg.pinv(found.covariance)
        assert -second == pytest.approx(float(move @ inverse @ move), rel=1e-3)


def test_many_sets_of_answered_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the information of a sample on the way, the end is the same."""
    codes = simulated(400, np.ones(10), np.linspace(-1, 1, 10)).astype(np.int8)
    codes[np.random.default_rng(3).random(codes.shape) < 0.2] = -1
    exact = fit_conditional(codes, np.ones(400), 50)
    monkeypatch.setattr(conditional, "SETS", 15)
    found = fit_conditional(codes, np.ones(400), 50)
    assert found.iterations > exact.iterations
    assert found.difficulties == pytest.approx(exact.difficulties, abs=1e-6)
    assert found.covariance == pytest.approx(exact.covariance, abs=1e-6)
    rough = fit_conditional(codes, np.ones(400), 50, errors=False)
    assert rough.difficulties == pytest.approx(exact.difficulties, abs=1e-6)


def test_andersen_splits_at_the_median() -> None:
    codes = simulated(600, np.ones(6), np.linspace(-1, 1, 6)).astype(np.int8)
    whole = fit_conditional(codes, np.ones(600), 50)
    found = andersen(codes, np.ones(600), whole, 50)
    assert found is not None
    low = codes.sum(1) <= found.split_score
    halves = sum(fit_conditional(codes[half], np.ones(int(half.sum())), 50).loglik for half in (low, ~low))
    assert found.statistic == pytest.approx(2 * (halves - whole.loglik))
    assert (found.df, found.p_value > 0.001) == (5, True)


def test_andersen_is_not_forced() -> None:
    """In LSAT6 everybody above the median has the first item right."""
    notes = fit(lsat6(), FitSettings(Model.RASCH, Method.CML)).notes
    assert [note.code.value for note in notes] == ["extreme_scores", "andersen_impossible"]


def test_items_that_cannot_be_compared() -> None:
    """Nobody has the second pair right without the first: its distance is infinite."""
    rows = [[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 0, 1]] * 10
    with pytest.raises(FitRefused) as caught:
        fit(responses(np.array(rows, float)), FitSettings(Model.RASCH, Method.CML))
    assert caught.value.code is FitCode.ILL_CONDITIONED


def test_only_extreme_scores() -> None:
    rows = [[1, 1, 1]] * 15 + [[0, 0, 0]] * 15
    with pytest.raises(FitRefused) as caught:
        fit(responses(np.array(rows, float)), FitSettings(Model.RASCH, Method.CML))
    assert caught.value.code is FitCode.NO_INFORMATIVE_PERSON


def test_conditional_estimation_is_of_rasch_only() -> None:
    with pytest.raises(FitRefused) as caught:
        fit(lsat6(), FitSettings(Model.TWO_PL, Method.CML))
    assert caught.value.code is FitCode.METHOD_NOT_OFFERED
