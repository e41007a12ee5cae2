"""Whether a model can be fitted at all, and answers as category codes. All the reasons against it are named at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .answer_table import Responses
from .arrays import Bools, Codes, Floats, Ints
from .design import MISSING
from .errors import FitCode, FitProblem, FitRefused, Note, NoteCode, refused
from .kinds import Model
from .reader import MOST_PROBLEMS

HIGHEST = 20
RARE = 5
LEAST_ANSWERS = 10
STRAY, FEW = 0.02, 3
MOST_SHOWN = 5
RIGHT_WRONG = (0.0, 1.0)


DICHOTOMOUS = frozenset({Model.RASCH, Model.TWO_PL})
NEEDED = {Model.CTT: 5, Model.RASCH: 20, Model.TWO_PL: 50, Model.PCM: 30, Model.GPCM: 50, Model.GRM: 50}
SLOPED = frozenset({Model.TWO_PL, Model.GPCM, Model.GRM})
FOR_SLOPES = 3  # of two items only the product of their slopes is determined
ADVISED = {Model.CTT: 30, Model.RASCH: 100, Model.TWO_PL: 250, Model.PCM: 150, Model.GPCM: 300, Model.GRM: 300}


@dataclass(frozen=True)
class Coded:
    """`codes` (persons, items) 0 … K−1, −1 missing; `levels` are the values that the codes of an item stand for."""

    codes: Codes
    categories: Ints
    levels: tuple[tuple[float, ...], ...]
    notes: tuple[Note, ...]


def present(responses: Responses) -> tuple[Responses, list[Note]]:
    """Without the people who answered nothing, and what is to be said about the table."""
    notes = []
    empty: Bools = np.asarray(responses.missing.all(1))
    if empty.any():
        notes.append(Note(NoteCode.EMPTY_ROWS_LEFT_OUT, {"n": int(empty.sum())}))
        responses = responses.only(np.logical_not(empty))
    repeated = len(responses.persons) - len(set(responses.persons))
    if repeated:
        notes.append(Note(NoteCode.REPEATED_PERSONS, {"n": repeated}))
    if responses.weighted:
        notes.append(Note(NoteCode.WEIGHTS_USED, {"total": float(responses.weights.sum())}))
    return responses, notes


def check(responses: Responses, model: Model, needed: int, low: float | None, high: float | None) -> list[Note]:
    """Raises ONE_ITEM, TOO_FEW_ITEMS, TOO_FEW_PEOPLE, UNANSWERED_ITEM, FEW_ANSWERS, OUT_OF_RANGE; returns notes."""
    if len(responses.items) == 1:
        raise refused(FitCode.ONE_ITEM, item=responses.items[0])
    if model in SLOPED and len(responses.items) < FOR_SLOPES:
        raise refused(FitCode.TOO_FEW_ITEMS, n=len(responses.items), needed=FOR_SLOPES, model=model.value)
    people = len(responses.persons)
    if people < needed:
        raise refused(FitCode.TOO_FEW_PEOPLE, n=people, needed=needed)
    silent = np.flatnonzero(responses.missing.all(0))
    if len(silent):
        raise FitRefused([FitProblem(FitCode.UNANSWERED_ITEM, {"item": responses.items[item]}) for item in silent])
    bottom, top = -np.inf if low is None else low, np.inf if high is None else high
    outside = (responses.values < bottom) | (responses.values > top)
    if outside.any():
        raise FitRefused(_cells(responses, outside, FitCode.OUT_OF_RANGE, low=bottom, high=top))
    notes = _few_answers(responses, model)
    if people < ADVISED[model]:
        return [Note(NoteCode.FEW_PEOPLE, {"n": people, "advised": ADVISED[model]}), *notes]
    return notes


def _few_answers(responses: Responses, model: Model) -> list[Note]:
    """An item that hardly anybody has answered. Raises FEW_ANSWERS where a model could only make its figures up."""
    answers = (~responses.missing).sum(0)
    if model is not Model.CTT:
        problems = [
            FitProblem(
                FitCode.FEW_ANSWERS, {"item": responses.items[item], "n": int(answers[item]), "needed": LEAST_ANSWERS}
            )
            for item in np.flatnonzero(answers < LEAST_ANSWERS)
        ]
        if problems:
            raise FitRefused(problems)
    few = np.flatnonzero(answers < min(NEEDED[model], len(responses.persons)))
    return [Note(NoteCode.FEW_ANSWERS, {"item": responses.items[item], "n": int(answers[item])}) for item in few]


def fractions(responses: Responses) -> Bools:
    """Answers (persons, items) that are not whole numbers."""
    values = np.nan_to_num(responses.values)
    result: Bools = values != np.floor(values)
    return result


def far_values(responses: Responses) -> list[Note]:
    """Answers further from the middle 99 % of their item than that is wide: most likely slips of a hand."""
    notes = []
    for item, name in enumerate(responses.items):
        column = responses.values[:, item]
        low, high = np.nanquantile(column, [0.005, 0.995])
        width = high - low
        far = np.flatnonzero((column < low - width) | (column > high + width))
        if width > 0 and len(far):
            values = tuple(_shown(value) for value in column[far[:MOST_SHOWN]])
            rows = tuple(str(responses.rows[row]) for row in far[:MOST_SHOWN])
            notes.append(Note(NoteCode.FAR_VALUES, {"item": name, "values": values, "rows": rows, "n": len(far)}))
    return notes


def _cells(responses: Responses, where: Bools, code: FitCode, **parameters: float) -> list[FitProblem]:
    """A problem for each of the first cells that are wrong."""
    return [
        FitProblem(
            code,
            {
                "row": responses.rows[person],
                "column": responses.items[item],
                "value": _shown(responses.values[person, item]),
                **parameters,
            },
        )
        for person, item in np.argwhere(where)[:MOST_PROBLEMS]
    ]


def _shown(value: float) -> str:
    return f"{value:g}"


def code(responses: Responses, model: Model) -> Coded:
    """Raises NOT_WHOLE, OUT_OF_RANGE, NOT_DICHOTOMOUS, CONSTANT_ITEM."""
    broken = fractions(responses)
    if broken.any():
        raise FitRefused(_cells(responses, broken, FitCode.NOT_WHOLE))
    dichotomous = model in DICHOTOMOUS
    problems = _not_dichotomous(responses) if dichotomous else _far(responses)
    problems = problems or _constant(responses)
    if problems:
        raise FitRefused(problems[:MOST_PROBLEMS])
    return _recode(responses, dichotomous)


def _levels(responses: Responses, item: int | np.intp) -> Floats:
    column = responses.values[:, item]
    levels: Floats = np.unique(column[~np.isnan(column)])
    return levels


def _not_dichotomous(responses: Responses) -> list[FitProblem]:
    """A stray value is a wrong cell; an item with more categories is another kind of item."""
    strange = ~np.isin(responses.values, RIGHT_WRONG) & ~responses.missing
    shares = strange.sum(0) / np.maximum(1, (~responses.missing).sum(0))
    problems = [
        FitProblem(
            FitCode.NOT_DICHOTOMOUS,
            {"item": responses.items[item], "values": tuple(_shown(v) for v in _levels(responses, item)[:HIGHEST])},
        )
        for item in np.flatnonzero((shares > STRAY) & (strange.sum(0) > FEW))
    ]
    return problems or _cells(responses, strange, FitCode.OUT_OF_RANGE, low=0, high=1)


def _far(responses: Responses) -> list[FitProblem]:
    with np.errstate(invalid="ignore"):
        far = (responses.values < 0) | (responses.values > HIGHEST)
    return _cells(responses, far, FitCode.OUT_OF_RANGE, low=0, high=HIGHEST)


def _constant(responses: Responses) -> list[FitProblem]:
    lowest, highest = np.nanmin(responses.values, axis=0), np.nanmax(responses.values, axis=0)
    return [
        FitProblem(FitCode.CONSTANT_ITEM, {"item": responses.items[item], "value": _shown(lowest[item])})
        for item in np.flatnonzero(lowest == highest)
    ]


def _recode(responses: Responses, dichotomous: bool) -> Coded:
    codes = np.where(responses.missing, MISSING, responses.values).astype(np.int8)
    if dichotomous:
        items = len(responses.items)
        return Coded(codes, np.full(items, len(RIGHT_WRONG)), (RIGHT_WRONG,) * items, ())
    answered = ~responses.missing
    all_levels: list[tuple[float, ...]] = []
    notes: list[Note] = []
    for item, name in enumerate(responses.items):
        levels = _levels(responses, item)
        codes[answered[:, item], item] = np.searchsorted(levels, responses.values[answered[:, item], item])
        all_levels.append(tuple(float(level) for level in levels))
        notes += _category_notes(name, levels, codes[:, item])
    return Coded(codes, np.array([len(levels) for levels in all_levels]), tuple(all_levels), tuple(notes))


def _category_notes(name: str, levels: Floats, codes: Codes) -> Sequence[Note]:
    notes: list[Note] = []
    skipped = sorted(set(range(int(levels[0]), int(levels[-1]))) - set(levels.astype(int).tolist()))
    if skipped:
        values = tuple(str(value) for value in skipped)
        notes.append(Note(NoteCode.CATEGORIES_COLLAPSED, {"item": name, "values": values}))
    for level, number in zip(levels, np.bincount(codes[codes != MISSING], minlength=len(levels)), strict=True):
        if number < RARE:
            notes.append(Note(NoteCode.RARE_CATEGORY, {"item": name, "value": _shown(level), "n": int(number)}))
    return notes
