"""A fit as plain data for JSON: the schema of docs/psychometrics.md. Figures that do not exist are null."""

from dataclasses import asdict
from typing import Any

from .dif import Dif
from .errors import FitRefused
from .result import Fit, FittedItem, FittedPerson, TestModel

SCHEMA = 1
DIGITS = 6
SMALL = 1e-3


def as_data(fit: Fit, *, persons: bool) -> dict[str, Any]:
    """Keys in a fixed order; numbers to six digits after the point, small ones to six figures."""
    data = {
        "schema": SCHEMA,
        "model": fit.model.value,
        "method": fit.test.method.value if fit.test else None,
        "n_persons": fit.n_persons,
        "n_items": len(fit.items),
        "loglik": fit.test.loglik if fit.test else None,
        "aic": fit.test.aic if fit.test else None,
        "bic": fit.test.bic if fit.test else None,
        "n_parameters": fit.test.n_parameters if fit.test else None,
        "iterations": fit.test.iterations if fit.test else None,
        "converged": True,
        "items": [_item(item) for item in fit.items],
        "test": _test(fit),
        "notes": [{"code": note.code.value, **note.parameters} for note in fit.notes],
    }
    if persons:
        data["persons"] = [_person(person) for person in fit.persons]
    rounded: dict[str, Any] = _rounded(data)
    return rounded


def refusal_as_data(refusal: FitRefused) -> dict[str, Any]:
    problems = [{"code": problem.code.value, **problem.parameters} for problem in refusal.problems]
    return {"schema": SCHEMA, "error": {"code": refusal.code.value, "problems": problems}}


def _item(fitted: FittedItem) -> dict[str, Any]:
    classical, parameters = fitted.classical, fitted.parameters
    data: dict[str, Any] = {
        "item": classical.item,
        "n": _count(classical.n),
        "n_missing": _count(classical.n_missing),
        "p": classical.p,
        "mean": classical.mean,
        "sd": classical.sd,
        "min": classical.minimum,
        "max": classical.maximum,
        "item_total": classical.item_total,
        "item_rest": classical.item_rest,
        "alpha_if_deleted": classical.alpha_if_deleted,
        "d27": classical.d27,
        "flags": [flag.value for flag in classical.flags],
    }
    if parameters is not None:
        single = len(parameters.intercepts) == 1
        data |= {
            "a": parameters.a,
            "se_a": parameters.se_a,
            "b": parameters.b,
            "se_b": parameters.se_b,
            "d": parameters.intercepts[0] if single else None,
            "se_d": parameters.se_intercepts[0] if single else None,
            "thresholds": list(parameters.thresholds),
            "se_thresholds": list(parameters.se_thresholds),
            "intercepts": list(parameters.intercepts),
            "se_intercepts": list(parameters.se_intercepts),
            "categories": list(parameters.levels),
            "infit": parameters.infit,
            "outfit": parameters.outfit,
        }
    if fitted.dif is not None:
        data["dif"] = _dif(fitted.dif)
    if fitted.options:
        data["options"] = [asdict(option) for option in fitted.options]
    return data


def _count(number: float) -> float:
    """A number of people: whole unless people weigh otherwise."""
    return int(number) if number == int(number) else number


def _dif(dif: Dif) -> dict[str, Any]:
    return {
        "mh_chi2": dif.chi2,
        "p": dif.p_value,
        "mh_alpha": dif.odds_ratio,
        "mh_delta": dif.delta,
        "se_delta": dif.se,
        "ets": dif.ets.value,
    }


def _test(fit: Fit) -> dict[str, Any]:
    figures = fit.reliability
    data: dict[str, Any] = {} if figures is None else asdict(figures)
    if figures is not None:
        data["n_complete"] = _count(figures.n_complete)
        data["alpha_ci95"] = [data.pop("alpha_low"), data.pop("alpha_high")]
    if fit.test is not None:
        data |= _model(fit.test)
    if fit.andersen is not None:
        data["andersen"] = {
            "lr": fit.andersen.statistic,
            "df": fit.andersen.df,
            "p": fit.andersen.p_value,
            "split_score": fit.andersen.split_score,
            "items_left_out": [fit.items[place].classical.item for place in fit.andersen.left_out],
        }
    if fit.comparison is not None:
        data["comparison"] = {
            "simpler": fit.comparison.simpler.value,
            "loglik": fit.comparison.loglik,
            "chi2": fit.comparison.statistic,
            "df": fit.comparison.df,
            "p": fit.comparison.p_value,
        }
    return data


def _model(test: TestModel) -> dict[str, Any]:
    return {
        "theta_variance": test.theta_variance,
        "se_theta_variance": test.se_theta_variance,
        "empirical_reliability": test.empirical_reliability,
        "marginal_reliability": test.marginal_reliability,
    }


def _person(person: FittedPerson) -> dict[str, Any]:
    return dict(vars(person))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0 if abs(value) >= SMALL or value == 0 else float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
