"""Abilities of the people of a fit, in the order of the file."""

import numpy as np

from .abilities import Abilities, maximum_likelihood, posterior_means, weighted_likelihood
from .answer_table import Responses
from .arrays import Floats
from .fitted_model import Fitted
from .result import FittedPerson, Method

_NAMES = ("theta_eap", "se_eap", "theta_ml", "se_ml", "theta_wle", "se_wle")


def people(responses: Responses, fitted: Fitted | None) -> tuple[FittedPerson, ...]:
    """One for each person; without a model of answers only the raw scores."""
    answered = (~responses.missing).sum(1)
    raw = np.nansum(responses.values, axis=1)
    figures = np.full((len(_NAMES), len(raw)), np.nan) if fitted is None else _figures(fitted)
    return tuple(
        FittedPerson(
            responses.persons[place],
            responses.rows[place],
            int(answered[place]),
            float(raw[place]),
            *(None if np.isnan(value) else float(value) for value in figures[:, place]),
        )
        for place in range(len(raw))
    )


def _figures(fitted: Fitted) -> Floats:
    """(6, persons) in the order of `_NAMES`; EAP needs a population, which CML does not have."""
    likelihood, estimates = fitted.likelihood, fitted.estimates
    nothing = np.full(len(likelihood.design.matrix), np.nan)
    eap = Abilities(nothing, nothing)
    if fitted.test.method is Method.MML:
        eap = posterior_means(likelihood, estimates)
    ml, wle = maximum_likelihood(likelihood, estimates), weighted_likelihood(likelihood, estimates)
    table = np.array([part for found in (eap, ml, wle) for part in (found.theta, found.error)])
    result: Floats = table[:, likelihood.design.pattern]
    return result
