"""A model fitted to coded answers: parameters of items, figures of the test, and what abilities are computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from .abilities import posterior_means, quick_likelihood
from .arrays import Floats
from .checks import Coded
from .conditional import Andersen, andersen, fit_conditional
from .design import design
from .errors import FitCode, FitProblem, FitRefused, Note, NoteCode, refused
from .estimation import Estimate, estimate
from .itemfit import ItemFit, item_fit
from .itemmodels import Graded, ItemModel, PartialCredit
from .kinds import Model
from .likelihood import Likelihood
from .model_reliability import empirical, marginal
from .parameters import Figures, figures
from .result import ItemParameters, LikelihoodRatio, Method, TestModel
from .settings import FitSettings

MODELS: dict[Model, ItemModel] = {
    Model.RASCH: PartialCredit(free_slope=False),
    Model.TWO_PL: PartialCredit(free_slope=True),
    Model.PCM: PartialCredit(free_slope=False),
    Model.GPCM: PartialCredit(free_slope=True),
    Model.GRM: Graded(),
}
SIMPLER = {Model.TWO_PL: Model.RASCH, Model.GPCM: Model.PCM}


EDGE, NO_SPREAD = 0.05, 0.01


@dataclass(frozen=True)
class Fitted:
    """Abilities are computed from `likelihood` and `estimates`; after CML the population in them means nothing."""

    likelihood: Likelihood
    estimates: Floats
    items: tuple[ItemParameters, ...]
    test: TestModel
    andersen: Andersen | None = None
    comparison: LikelihoodRatio | None = None
    notes: tuple[Note, ...] = ()


def fit_model(coded: Coded, weights: Floats, names: Sequence[str], settings: FitSettings) -> Fitted:
    """Raises NOT_CONVERGED, NOT_DETERMINED, ILL_CONDITIONED, TOO_MANY_ITEMS, NO_INFORMATIVE_PERSON,
    METHOD_NOT_OFFERED."""
    if settings.method is Method.CML and settings.model is not Model.RASCH:
        raise refused(FitCode.METHOD_NOT_OFFERED, model=settings.model.value, method=settings.method.value)
    answers = design(coded.codes, coded.categories, weights)
    likelihood = Likelihood(answers, MODELS[settings.model], settings.grid)
    fitting = _conditional if settings.method is Method.CML else _marginal
    try:
        return fitting(coded, weights, names, likelihood, settings)
    except FitRefused as refusal:
        raise FitRefused([_named(names, problem) for problem in refusal.problems]) from refusal


def _named(names: Sequence[str], problem: FitProblem) -> FitProblem:
    """The inner parts know an item by its number only."""
    number = problem.parameters.get("item_number")
    if not isinstance(number, int):
        return problem
    others = {name: value for name, value in problem.parameters.items() if name != "item_number"}
    return FitProblem(problem.code, {**others, "item": names[number]})


def _marginal(
    coded: Coded, weights: Floats, names: Sequence[str], likelihood: Likelihood, settings: FitSettings
) -> Fitted:
    found = _upright(likelihood, estimate(likelihood, settings.max_iterations))
    own = figures(likelihood, found.parameters, found.covariance)
    fit = _fit_of_items(coded, weights, likelihood, found.parameters, settings)
    if likelihood.prior(found.parameters)[0] > EDGE * likelihood.prior(found.parameters).max():
        raise refused(FitCode.GRID_TOO_NARROW, reach=settings.reach)
    variance = likelihood.variance(found.parameters)
    means = posterior_means(likelihood, found.parameters)
    test = TestModel(
        method=Method.MML,
        loglik=found.loglik,
        n_parameters=likelihood.size,
        **_criteria(found.loglik, likelihood.size, likelihood.design.total),
        iterations=found.iterations,
        theta_variance=variance,
        se_theta_variance=None if likelihood.model.free_slope else variance * sqrt(found.covariance[-1, -1]),
        empirical_reliability=empirical(means, likelihood.design.weights),
        marginal_reliability=marginal(likelihood, found.parameters),
    )
    return Fitted(
        likelihood,
        found.parameters,
        _items(own, fit, coded),
        test,
        comparison=_compare(found.loglik, likelihood, settings),
        notes=(*_notes(names, own, variance), *_without_fit(names, fit)),
    )


def _notes(names: Sequence[str], own: Sequence[Figures], variance: float) -> tuple[Note, ...]:
    negative = [Note(NoteCode.NEGATIVE_SLOPE, {"item": n}) for n, f in zip(names, own, strict=True) if f.a < 0]
    return tuple(negative + [Note(NoteCode.NO_SPREAD)] * (variance < NO_SPREAD))


def _without_fit(names: Sequence[str], fit: ItemFit) -> list[Note]:
    """Items whose infit or outfit does not exist: nobody with an ability between the ends has answered them."""
    lacking = ~(np.isfinite(fit.infit) & np.isfinite(fit.outfit))
    items = tuple(name for name, none in zip(names, lacking, strict=True) if none)
    return [Note(NoteCode.NO_ITEM_FIT, {"items": items})] if items else []


def _upright(likelihood: Likelihood, found: Estimate) -> Estimate:
    """The scale could as well run the other way: most slopes are to be positive, if half of them, the larger ones."""
    if not likelihood.model.free_slope:
        return found
    slopes = likelihood.starts[:-1]
    own = found.parameters[slopes]
    if (np.sign(own).sum(), own.sum()) >= (0, 0):
        return found
    signs = np.ones(likelihood.size)
    signs[slopes] = -1
    return Estimate(found.parameters * signs, found.covariance * np.outer(signs, signs), found.loglik, found.iterations)


def _criteria(loglik: float, parameters: int, people: float) -> dict[str, float]:
    return {"aic": 2 * parameters - 2 * loglik, "bic": parameters * log(people) - 2 * loglik}


def _fit_of_items(
    coded: Coded, weights: Floats, likelihood: Likelihood, estimates: Floats, settings: FitSettings
) -> ItemFit:
    """Of the Rasch model at conditional estimates where they exist, as in eRm: the same for both methods."""
    if settings.model is Model.RASCH:
        try:
            found = fit_conditional(coded.codes, weights, settings.max_iterations, errors=False)
            estimates = np.append(-found.difficulties, 0.0)
        except FitRefused:
            pass
    return item_fit(likelihood, estimates, quick_likelihood(likelihood, estimates))


def _compare(loglik: float, likelihood: Likelihood, settings: FitSettings) -> LikelihoodRatio | None:
    from scipy.special import chdtrc

    simpler = SIMPLER.get(settings.model)
    if simpler is None or not settings.compare:
        return None
    small = Likelihood(likelihood.design, MODELS[simpler], likelihood.points)
    found = estimate(small, settings.max_iterations)
    statistic, df = 2 * (loglik - found.loglik), likelihood.size - small.size
    return LikelihoodRatio(simpler, found.loglik, statistic, df, float(chdtrc(df, max(statistic, 0.0))))


def _conditional(
    coded: Coded, weights: Floats, names: Sequence[str], likelihood: Likelihood, settings: FitSettings
) -> Fitted:
    found = fit_conditional(coded.codes, weights, settings.max_iterations)
    estimates = np.append(-found.difficulties, 0.0)
    size = len(found.difficulties) - 1
    test = TestModel(
        method=Method.CML,
        loglik=found.loglik,
        n_parameters=size,
        **_criteria(found.loglik, size, found.n_used),
        iterations=found.iterations,
        theta_variance=None,
        se_theta_variance=None,
        empirical_reliability=None,
        marginal_reliability=None,
    )
    fit = item_fit(likelihood, estimates, quick_likelihood(likelihood, estimates))
    split = andersen(coded.codes, weights, found, settings.max_iterations)
    extremes = len(coded.codes) - found.people
    notes = [Note(NoteCode.EXTREME_SCORES, {"n": extremes})] if extremes else []
    if split is None:
        notes.append(Note(NoteCode.ANDERSEN_IMPOSSIBLE))
    elif split.left_out:
        left = tuple(names[place] for place in split.left_out)
        notes.append(Note(NoteCode.ANDERSEN_WITHOUT_ITEMS, {"items": left, "n": len(names) - len(left)}))
    notes += _without_fit(names, fit)
    return Fitted(
        likelihood,
        estimates,
        _items(figures(likelihood, estimates, found.covariance), fit, coded),
        test,
        andersen=split,
        notes=tuple(notes),
    )


def _items(own: Sequence[Figures], fit: ItemFit, coded: Coded) -> tuple[ItemParameters, ...]:
    return tuple(
        ItemParameters(
            a=item.a,
            se_a=item.se_a,
            b=item.b,
            se_b=item.se_b,
            intercepts=_tuple(item.d),
            se_intercepts=_tuple(item.se_d),
            thresholds=_tuple(item.thresholds),
            se_thresholds=_tuple(item.se_thresholds),
            levels=coded.levels[place],
            infit=_known(fit.infit[place]),
            outfit=_known(fit.outfit[place]),
        )
        for place, item in enumerate(own)
    )


def _tuple(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
