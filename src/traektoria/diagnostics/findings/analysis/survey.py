"""A questionnaire in figures: steps chosen, scales with their alpha, levels, choices, difficulties named by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from traektoria.core.text import search_key
from traektoria.diagnostics.findings.analysis.item_figures import LEAST_PEOPLE
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet, SheetColumn
from traektoria.engines import psychometrics as p
from traektoria.engines.lazy_imports import np

if TYPE_CHECKING:
    from traektoria.engines.psychometrics.arrays import Floats

Figures = dict[str, Any]
MOST_TOPIC = 300


def survey_figures(sheet: ScoreSheet, scales: Sequence[str] = ()) -> Figures:
    """«questions» in their order (nothing said of one that fewer than ten answered), «scales» in the order given."""
    questions = [one for place in range(len(sheet.columns)) for one in _question(sheet, place)]
    named = [one.content.scale_name for one in sheet.columns if one.content.scale_name]
    order = dict.fromkeys([*(scale for scale in scales if scale in named), *named])
    return {"questions": questions, "scales": [_scale(sheet, scale) for scale in order]}


def named_topics(sheet: ScoreSheet) -> Iterator[tuple[int, str]]:
    """(participant, topic) of what was ticked or written as a difficulty, each once."""
    seen = set()
    for (row, place), value in sheet.values.items():
        for topic in sheet.columns[place].content.difficulties_in(value):
            person, said = sheet.rows[row].participant, " ".join(topic.split())[:MOST_TOPIC]
            if (person, search_key(said)) not in seen:
                seen.add((person, search_key(said)))
                yield person, said


def _question(sheet: ScoreSheet, place: int) -> Iterator[Figures]:
    column = sheet.columns[place]
    given = [value for row in range(len(sheet.rows)) if (value := sheet.values.get((row, place)))]
    if column.judged or not column.content.asks:
        return
    common = {"version": column.version, "number": min(column.places.values()), "kind": column.content.kind}
    counts, extra = (_tally(column, given), column.content.counted(given)) if len(given) >= LEAST_PEOPLE else ([], {})
    yield {**common, "n": len(given), "counts": counts, **extra}


def _tally(column: SheetColumn, given: Sequence[dict[str, Any]]) -> list[int]:
    """How many chose each step or option."""
    found = Counter(place for value in given for place in column.content.picked(value))
    return [found[place] for place in range(len(column.content.option_texts()))]


def _scale(sheet: ScoreSheet, scale: str) -> Figures:
    """Mean of people's means, with alpha of the people who answered every question of it."""
    columns = [place for place, one in enumerate(sheet.columns) if one.content.scale_name == scale]
    values = _steps(sheet, columns)
    answered = ~np.isnan(values).all(1)
    found: Figures = {"name": scale, "items": len(columns), "n": int(answered.sum()), "mean": None, "sd": None}
    found["steps"] = max(len(sheet.columns[place].content.option_texts()) for place in columns)
    if answered.sum() < LEAST_PEOPLE:
        return {**found, "alpha": None, "alpha_ci95": [None, None]}
    means = np.nanmean(values[answered], axis=1)
    return {**found, "mean": round(float(means.mean()), 6), "sd": round(float(means.std(ddof=1)), 6), **_alpha(values)}


def _steps(sheet: ScoreSheet, columns: Sequence[int]) -> Floats:
    values = np.full((len(sheet.rows), len(columns)), np.nan)
    for at, place in enumerate(columns):
        content = sheet.columns[place].content
        for row in range(len(sheet.rows)):
            value = sheet.values.get((row, place))
            if value:
                values[row, at] = content.scale_value(value) or np.nan
    return values


def _alpha(values: Floats) -> Figures:
    try:
        test = p.fit(p.responses(values), p.FitSettings(p.Model.CTT)).reliability
    except p.FitRefused:
        test = None
    if test is None or test.alpha is None:
        return {"alpha": None, "alpha_ci95": [None, None]}
    interval = [None if one is None else round(one, 6) for one in (test.alpha_low, test.alpha_high)]
    return {"alpha": round(test.alpha, 6), "alpha_ci95": interval}
