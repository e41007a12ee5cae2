"""The likelihood and its derivatives against slow and plain computations of their own."""

from math import exp, log

import numpy as np
import pytest
from scipy.integrate import quad

from tests.engines.psychometrics.samples import graded, simulated
from traektoria.engines.psychometrics import FitSettings, Model, fit, responses
from traektoria.engines.psychometrics.arrays import Floats
from traektoria.engines.psychometrics.curvature import information
from traektoria.engines.psychometrics.design import Design, design
from traektoria.engines.psychometrics.itemmodels import Graded, ItemModel, PartialCredit
from traektoria.engines.psychometrics.likelihood import Likelihood
from traektoria.engines.psychometrics.result import Fit

GRID = np.linspace(-6, 6, 61)
MODELS: list[ItemModel] = [PartialCredit(free_slope=False), PartialCredit(free_slope=True), Graded()]
CATEGORIES = np.array([2, 4, 3, 2, 4])


def answers(missing: bool) -> Design:
    random = np.random.default_rng(3)
    codes = np.column_stack([random.integers(0, number, 60) for number in CATEGORIES]).astype(np.int8)
    if missing:
        codes[random.random(codes.shape) < 0.2] = -1
    return design(codes, CATEGORIES, random.uniform(0.5, 2, 60))


def some_parameters(likelihood: Likelihood) -> Floats:
    parameters = np.full(likelihood.size, -0.3)
    for block in likelihood.design.blocks:
        places = likelihood.places(block)
        first = [0.8] * likelihood.model.free_slope
        parameters[places] = [*first, *np.linspace(1.1, -0.9, places.shape[1] - len(first))]
    return parameters


@pytest.mark.parametrize("missing", [False, True])
@pytest.mark.parametrize("model", MODELS, ids=str)
def test_derivatives_are_those_of_the_function(model: ItemModel, missing: bool) -> None:
    likelihood = Likelihood(answers(missing), model, GRID)
    place = some_parameters(likelihood)
    here = likelihood.run(place)
    moves = np.eye(likelihood.size) * 1e-5
    slopes = [(likelihood.run(place + m).loglik - likelihood.run(place - m).loglik) / 2e-5 for m in moves]
    bends = [(likelihood.run(place - m).gradient - likelihood.run(place + m).gradient) / 2e-5 for m in moves]
    assert here.gradient == pytest.approx(np.array(slopes), abs=1e-6)
    assert information(likelihood, place, here.counts) == pytest.approx(np.array(bends), abs=1e-6)


def plain_chance(model: Model, a: float, d: tuple[float, ...], answer: int, theta: float) -> float:
    """Textbook formulas, one person, one item."""
    if model is Model.GRM:
        above = [1.0, *(1 / (1 + exp(-(a * theta + cut))) for cut in d), 0.0]
        return above[answer] - above[answer + 1]
    terms = [exp(step * a * theta + cut) for step, cut in enumerate((0.0, *d))]
    return terms[answer] / sum(terms)


def plain_loglik(found: Fit, values: Floats) -> float:
    """The sum over people of the logarithm of an integral by adaptive quadrature."""
    sd = (found.test.theta_variance or 1.0) ** 0.5 if found.test else 1.0
    items = [(item.parameters.a, item.parameters.intercepts) for item in found.items if item.parameters]

    def person(row: Floats) -> float:
        def integrand(theta: float) -> float:
            product = exp(-((theta / sd) ** 2) / 2) / (sd * (2 * np.pi) ** 0.5)
            for (a, d), value in zip(items, row, strict=True):
                if not np.isnan(value):
                    product *= plain_chance(found.model, a, d, int(value), theta)
            return product

        return log(quad(integrand, -8, 8, epsabs=1e-12)[0])

    return sum(person(row) for row in values)


@pytest.mark.parametrize("model", [Model.PCM, Model.GPCM, Model.GRM])
def test_log_likelihood_is_an_integral(model: Model) -> None:
    values = graded(60, np.array([1.0, 1.4, 0.8, 1.2]), np.array([[-1.0, 0.0, 1.0]] * 4))
    values[::7, 1] = np.nan
    found = fit(responses(values), FitSettings(model))
    assert found.test is not None
    assert found.test.loglik == pytest.approx(plain_loglik(found, values), abs=1e-3)


def test_equal_rows_and_weights_say_the_same() -> None:
    values = simulated(300, np.array([1.0, 1.5, 0.8, 1.2]), np.array([0.5, -0.5, 0.0, 1.0]))
    once = responses(values)
    random = np.random.default_rng(5)
    times = random.integers(1, 4, len(values))
    weighted = fit(
        type(once)(once.items, values, once.persons, once.rows, times.astype(float)), FitSettings(Model.TWO_PL)
    )
    repeated = fit(responses(np.repeat(values, times, axis=0)), FitSettings(Model.TWO_PL))
    for one, other in zip(weighted.items, repeated.items, strict=True):
        assert one.parameters == other.parameters or one.parameters is not None
        assert one.parameters.a == pytest.approx(other.parameters.a, abs=1e-6)  # type: ignore[union-attr]
        assert one.parameters.se_b == pytest.approx(other.parameters.se_b, abs=1e-6)  # type: ignore[union-attr]
        assert one.classical.item_rest == pytest.approx(other.classical.item_rest)
        assert one.classical.d27 == pytest.approx(other.classical.d27)
    assert weighted.reliability is not None
    assert weighted.reliability.alpha == pytest.approx(repeated.reliability.alpha)  # type: ignore[union-attr]
