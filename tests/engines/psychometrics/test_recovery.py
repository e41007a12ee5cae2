"""What is put into a simulation comes out of the estimates, within a few standard errors."""

import numpy as np
import pytest

from tests.engines.psychometrics.samples import graded, simulated
from traektoria.engines.psychometrics import Fit, FitSettings, Model, fit, responses
from traektoria.engines.psychometrics import estimation as large

SLOPES = np.array([0.7, 1.0, 1.3, 1.6, 0.9, 1.1, 1.4, 0.8])


def errors(found: Fit, name: str, truth: list[float]) -> list[float]:
    """Distances from the truth in standard errors."""
    items = [item.parameters for item in found.items]
    return [
        abs(getattr(item, name) - value) / getattr(item, f"se_{name}") for item, value in zip(items, truth, strict=True)
    ]


def test_two_parameters_with_missing_answers() -> None:
    intercepts = np.linspace(-1.5, 1.5, 8)
    values = simulated(1500, SLOPES, intercepts)
    values[np.random.default_rng(4).random(values.shape) < 0.2] = np.nan
    found = fit(responses(values), FitSettings(Model.TWO_PL))
    assert max(errors(found, "a", list(SLOPES))) < 3
    assert max(errors(found, "b", list(-intercepts / SLOPES))) < 3


def test_graded_response() -> None:
    cuts = np.array([-1.5, -0.5, 0.3, 1.2]) + np.random.default_rng(8).normal(0, 0.5, (8, 1))
    found = fit(responses(graded(1500, SLOPES, cuts)), FitSettings(Model.GRM))
    assert max(errors(found, "a", list(SLOPES))) < 3
    for item, truth in zip(found.items, cuts, strict=True):
        assert item.parameters is not None
        distances = abs(np.array(item.parameters.thresholds) - truth) / item.parameters.se_thresholds
        assert distances.max() < 3.5


def test_a_reversed_item_is_found() -> None:
    values = simulated(800, SLOPES, np.zeros(8))
    values[:, 2] = 1 - values[:, 2]
    found = fit(responses(values), FitSettings(Model.TWO_PL))
    assert [item.parameters.a < 0 for item in found.items if item.parameters] == [place == 2 for place in range(8)]
    assert [(note.code.value, note.parameters["item"]) for note in found.notes] == [("negative_slope", "item3")]


@pytest.mark.parametrize("reversed_items", [[1, 2, 5], [0, 3, 4, 6, 7]])
def test_most_slopes_are_positive(reversed_items: list[int]) -> None:
    """Whichever way a questionnaire is keyed, the scale runs with most of its items."""
    values = graded(600, SLOPES, np.tile([-1.0, 0.0, 1.0], (8, 1)))
    values[:, reversed_items] = 3 - values[:, reversed_items]
    found = fit(responses(values), FitSettings(Model.GRM))
    negative = [place for place, item in enumerate(found.items) if item.parameters and item.parameters.a < 0]
    assert negative == (reversed_items if len(reversed_items) < 4 else [1, 2, 5])


def test_a_large_set_is_estimated_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    values = simulated(3000, np.tile(SLOPES, 2), np.tile(np.linspace(-1.5, 1.5, 8), 2))
    whole = fit(responses(values), FitSettings(Model.TWO_PL))
    monkeypatch.setattr(large, "LARGE", 1500)
    monkeypatch.setattr(large, "SAMPLE", 800)
    by_sample = fit(responses(values), FitSettings(Model.TWO_PL))
    assert whole.test is not None
    assert by_sample.test is not None
    assert by_sample.test.loglik == pytest.approx(whole.test.loglik, abs=1e-3)
    for one, other in zip(whole.items, by_sample.items, strict=True):
        assert one.parameters is not None
        assert other.parameters is not None
        assert other.parameters.a == pytest.approx(one.parameters.a, abs=1e-4)
        assert other.parameters.se_a == pytest.approx(one.parameters.se_a, abs=1e-4)


def test_a_large_set_that_a_sample_cannot_stand_for(monkeypatch: pytest.MonkeyPatch) -> None:
    values = simulated(2000, np.tile(SLOPES, 2), np.tile(np.linspace(-1.5, 1.5, 8), 2))
    values[:, 0] = 0
    values[:30, 0] = 1
    monkeypatch.setattr(large, "LARGE", 800)
    monkeypatch.setattr(large, "SAMPLE", 100)
    assert fit(responses(values), FitSettings(Model.RASCH)).test is not None
