"""A model of answers for all people of a part, both forms on one scale: the forms fall to people by chance, so one
distribution of abilities serves them all, and items that both forms have tie them besides.

Difficulty and discrimination are in the scale of the 2PL: abilities are standard normal, a·(θ − b).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.engines import psychometrics as p
from traektoria.engines.lazy_imports import np
from traektoria.engines.psychometrics import Model

if TYPE_CHECKING:
    from traektoria.engines.psychometrics.arrays import Floats

Figures = dict[str, Any]
ENOUGH = {Model.TWO_PL: 250, Model.RASCH: 50, Model.GPCM: 300, Model.PCM: 100}
"""People from which a model is tried. The engine takes fewer; items of a bank are not marked by such figures."""

MOST_CATEGORY = 20
SCALES = (1, 2, 3, 4, 6, 12)
CLOSE = 0.01


def model_figures(sheet: ScoreSheet) -> Figures:
    """«model»: its name or None with «reason» («few_people», «few_items», «refused»); «items» by version."""
    judged = [place for place, column in enumerate(sheet.columns) if column.judged]
    whole, _tops = whole_points(sheet, judged)
    rows = np.flatnonzero(~np.isnan(whole).all(1)) if judged else np.array([], dtype=int)
    varied = [at for at in range(len(judged)) if len(np.unique(whole[rows, at][~np.isnan(whole[rows, at])])) > 1]
    found: Figures = {"model": None, "n": len(rows), "reason": "", "notes": [], "refused": [], "items": {}}
    found["constant"] = [sheet.columns[judged[at]].version for at in range(len(judged)) if at not in varied]
    if len(varied) < 2:
        return {**found, "reason": "few_items"}
    values = whole[rows][:, varied]
    models = _candidates(len(rows), values)
    found["needed"] = min(ENOUGH[model] for model in _family(values))
    names = tuple(str(sheet.columns[judged[at]].version) for at in varied)
    return {**found, "reason": "few_people"} if not models else _first_that_fits(models, values, names, found)


def whole_points(sheet: ScoreSheet, columns: Sequence[int]) -> tuple[Floats, list[int]]:
    """Scores (rows, columns) in whole points, and the most of each item.

    Points between whole ones are multiplied by the smallest number that makes them whole (halves by 2); without one,
    they are rounded.
    """
    values, tops = [], []
    for place in columns:
        own, most = sheet.scores[:, place], float(sheet.columns[place].most)
        scale = next((k for k in SCALES if _whole(own * k) and _whole(np.array([most * k]))), 1)
        tops.append(max(1, round(most * scale)))
        values.append(np.clip(np.round(own * scale), 0, tops[-1]))
    return (np.array(values).T if columns else np.empty((len(sheet.rows), 0))), tops


def _whole(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return bool((np.abs(known - np.round(known)) < CLOSE).all())


def _family(values: Floats) -> tuple[Model, Model]:
    """The richer model first: of right and wrong answers, or of points."""
    right_wrong = np.isin(values[~np.isnan(values)], (0.0, 1.0)).all()
    return (Model.TWO_PL, Model.RASCH) if right_wrong else (Model.GPCM, Model.PCM)


def _candidates(people: int, values: Floats) -> list[Model]:
    return [model for model in _family(values) if people >= ENOUGH[model]]


def _first_that_fits(models: Sequence[Model], values: Floats, names: tuple[str, ...], found: Figures) -> Figures:
    refused: list[Figures] = []
    for model in models:
        try:
            data = p.as_data(p.fit(p.responses(values, names), p.FitSettings(model, high=MOST_CATEGORY)), persons=False)
        except p.FitRefused as refusal:
            refused += p.refusal_as_data(refusal)["error"]["problems"]
            continue
        spread = float(np.sqrt(data["test"]["theta_variance"] or 1.0))
        items = {int(item["item"]): _parameters(item, spread) for item in data["items"]}
        test = {key: data["test"].get(key) for key in ("empirical_reliability", "marginal_reliability")}
        return {**found, "model": model.value, "items": items, "notes": data["notes"], "refused": refused, **test}
    return {**found, "reason": "refused", "refused": refused}


def _parameters(item: Figures, spread: float) -> Figures:
    """In the scale of standard normal abilities: a Rasch model has one slope, the spread of its people."""
    known = {"difficulty": item["b"] / spread, "discrimination": item["a"] * spread, "se": item["se_b"] / spread}
    rounded = {key: round(value, 6) for key, value in known.items()}
    return {**rounded, "infit": item["infit"], "outfit": item["outfit"]}
