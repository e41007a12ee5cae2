"""How reliably a model of answers tells people apart."""

import numpy as np

from .abilities import Abilities
from .arrays import Floats
from .likelihood import Likelihood


def empirical(means: Abilities, weights: Floats) -> float:
    """Variance of the EAP abilities over that and the mean squared error; both (patterns,), weighted."""
    n = weights.sum()
    variance = weights @ (means.theta - weights @ means.theta / n) ** 2 / (n - 1)
    return float(variance / (variance + weights @ means.error**2 / n))


def marginal(likelihood: Likelihood, parameters: Floats) -> float:
    """∫ I / (I + 1/σ²) over the population: of a whole test, all items answered."""
    information = np.zeros(len(likelihood.points))
    for block in likelihood.design.blocks:
        own = parameters[likelihood.places(block)]
        chances = np.exp(likelihood.model.log_probabilities(own, likelihood.points))
        first, _ = likelihood.model.tilts(own, likelihood.points)
        information += (chances * first**2).sum((0, 1))
    precision = 1 / likelihood.variance(parameters)
    return float(likelihood.prior(parameters) @ (information / (information + precision)))
