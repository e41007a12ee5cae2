"""A questionnaire in figures: steps chosen, scales with their alpha, levels, choices, difficulties named by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, assert_never

from traektoria.core.text import search_key
from traektoria.diagnostics.findings.analysis.item_figures import LEAST
from traektoria.diagnostics.findings.analysis.sheet import Column, Sheet
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.answers import scale_value
from traektoria.diagnostics.items.markup import plain_text
from traektoria.engines import psychometrics as p
from traektoria.engines.lazily import np

if TYPE_CHECKING:
    from traektoria.engines.psychometrics.arrays import Floats

Figures = dict[str, Any]
MOST_TOPIC = 300


def survey_figures(sheet: Sheet, scales: Sequence[str] = ()) -> Figures:
    """«questions» in their order (nothing said of one that fewer than ten answered), «scales» in the order given."""
    questions = [one for place in range(len(sheet.columns)) for one in _question(sheet, place)]
    named = [one.content.scale for one in sheet.columns if isinstance(one.content, c.Likert) and one.content.scale]
    order = dict.fromkeys([*(scale for scale in scales if scale in named), *named])
    return {"questions": questions, "scales": [_scale(sheet, scale) for scale in order]}


def named_topics(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """(participant, topic) of what was ticked or written as a difficulty, each once."""
    seen = set()
    for (row, place), value in sheet.values.items():
        content = sheet.columns[place].content
        if isinstance(content, c.Choice) and content.difficulties:
            options = [plain_text(content.options[at].text, content.text_format) for at in value.get("choices", [])]
            for topic in [*options, *filter(None, [value.get("other", "")])]:
                person, said = sheet.rows[row].participant, " ".join(topic.split())[:MOST_TOPIC]
                if (person, search_key(said)) not in seen:
                    seen.add((person, search_key(said)))
                    yield person, said


def _question(sheet: Sheet, place: int) -> Iterator[Figures]:
    column = sheet.columns[place]
    given = [value for row in range(len(sheet.rows)) if (value := sheet.values.get((row, place)))]
    if column.judged or isinstance(column.content, c.Description):
        return
    common = {"version": column.version, "number": min(column.places.values()), "kind": column.content.kind}
    counts, extra = _counts(column, given) if len(given) >= LEAST else ([], {})
    yield {**common, "n": len(given), "counts": counts, **extra}


def _counts(column: Column, given: Sequence[dict[str, Any]]) -> tuple[list[int], Figures]:
    """How many chose each step or option; a mean for a scale of agreement, people with their own words for a choice."""
    match column.content:
        case c.Likert() as content:
            values = [scale_value(content, value) or 0 for value in given]
            return _tally([value["step"] - 1 for value in given], len(content.steps)), {"mean": _mean(values)}
        case c.LevelMark() as content:
            return _tally([value["step"] - 1 for value in given], len(content.descriptors)), {}
        case c.Choice() as content:
            chosen = [place for value in given for place in value.get("choices", [])]
            return _tally(chosen, len(content.options)), {"other": sum(1 for value in given if value.get("other"))}
        case (
            c.Single()
            | c.Multiple()
            | c.Short()
            | c.Numeric()
            | c.Matching()
            | c.Ordering()
            | c.Extended()
            | c.Open()
            | c.Description()
            | c.Unreadable()
        ):
            return [], {}
        case _:
            assert_never(column.content)


def _tally(places: Sequence[int], count: int) -> list[int]:
    found = Counter(places)
    return [found[place] for place in range(count)]


def _mean(values: Sequence[int]) -> float:
    return round(float(np.mean(values)), 6)


def _scale(sheet: Sheet, scale: str) -> Figures:
    """Mean of people's means, with alpha of the people who answered every question of it."""
    columns = [
        place for place, one in enumerate(sheet.columns)
        if isinstance(one.content, c.Likert) and one.content.scale == scale
    ]  # fmt: skip
    values = _likert(sheet, columns)
    answered = ~np.isnan(values).all(1)
    found: Figures = {"name": scale, "items": len(columns), "n": int(answered.sum()), "mean": None, "sd": None}
    found["steps"] = max(len(sheet.columns[place].content.steps) for place in columns)  # type: ignore[union-attr]
    if answered.sum() < LEAST:
        return {**found, "alpha": None, "alpha_ci95": [None, None]}
    means = np.nanmean(values[answered], axis=1)
    return {**found, "mean": round(float(means.mean()), 6), "sd": round(float(means.std(ddof=1)), 6), **_alpha(values)}


def _likert(sheet: Sheet, columns: Sequence[int]) -> Floats:
    values = np.full((len(sheet.rows), len(columns)), np.nan)
    for at, place in enumerate(columns):
        content = sheet.columns[place].content
        for row in range(len(sheet.rows)):
            value = sheet.values.get((row, place))
            if value and isinstance(content, c.Likert):
                values[row, at] = scale_value(content, value) or np.nan
    return values


def _alpha(values: Floats) -> Figures:
    try:
        test = p.fit(p.responses(values), p.Settings(p.Model.CTT)).reliability
    except p.FitRefused:
        test = None
    if test is None or test.alpha is None:
        return {"alpha": None, "alpha_ci95": [None, None]}
    interval = [None if one is None else round(one, 6) for one in (test.alpha_low, test.alpha_high)]
    return {"alpha": round(test.alpha, 6), "alpha_ci95": interval}
