"""Raw choices: scoring by a key, and how the options of an item behave."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from .answer_table import Responses
from .arrays import Floats
from .classical import upper_and_lower
from .errors import FitCode, FitProblem, FitRefused, Note, NoteCode, refused
from .kinds import Flag
from .reader import ABSENT, Layout, Sheet, lines_of

ENOUGH = 5


@dataclass(frozen=True)
class Option:
    """One option: chosen by `n` (`share` of all who answered), by shares `upper`/`lower` of the strongest and weakest
    27 %; `rest_r` is the correlation of choosing it with the score on the other items.
    """

    option: str
    is_key: bool
    n: float
    share: float
    upper: float | None
    lower: float | None
    rest_mean: float | None
    rest_r: float | None


Key = Mapping[str, frozenset[str]]
Choices = Mapping[str, tuple[str, ...]]


def read_key(content: bytes, columns: Collection[str] = ()) -> Key:
    """A file of two columns, item and key; several right options are joined with «|». The first row is a heading unless
    it names one of `columns`. Raises EMPTY_FILE, KEY_TWICE and BLANK_KEY, with all their rows.
    """
    rows = [(number, cells) for number, cells in lines_of(content) if cells and cells[0]]
    if rows and rows[0][1][0] not in columns:
        rows = rows[1:]
    if not rows:
        raise refused(FitCode.EMPTY_FILE)
    key: dict[str, frozenset[str]] = {}
    problems = []
    for number, (item, *right) in rows:
        options = frozenset(_plain(option) for option in (right or [""])[0].split("|") if option.strip())
        if item in key:
            problems.append(FitProblem(FitCode.KEY_TWICE, {"row": number, "item": item}))
        elif not options:
            problems.append(FitProblem(FitCode.BLANK_KEY, {"row": number, "item": item}))
        key.setdefault(item, options)
    if problems:
        raise FitRefused(problems)
    return key


def _plain(option: str) -> str:
    return option.strip().casefold()


def choices_of(sheet: Sheet, layout: Layout, key: Key) -> Choices:
    """The chosen options of each item. Raises KEY_WITHOUT_ITEM and ITEM_WITHOUT_KEY, all of them at once."""
    problems = [FitProblem(FitCode.KEY_WITHOUT_ITEM, {"item": item}) for item in key if item not in sheet.columns]
    problems += [FitProblem(FitCode.ITEM_WITHOUT_KEY, {"item": item}) for item in layout.items if item not in key]
    if problems:
        raise FitRefused(problems)
    return {item: sheet.column(item) for item in layout.items}


def score(choices: Choices, key: Key) -> dict[str, list[float]]:
    """1 for the right option, 0 for another, NaN for none."""
    scored = {}
    for item, chosen in choices.items():
        values = {cell: np.nan if cell in ABSENT else float(_plain(cell) in key[item]) for cell in set(chosen)}
        scored[item] = [values[cell] for cell in chosen]
    return scored


def never_chosen(choices: Choices, key: Key) -> list[Note]:
    """Items whose key nobody has chosen: most likely it is written otherwise than the answers are."""
    items = tuple(
        item for item, chosen in choices.items() if not any(_plain(cell) in key[item] for cell in set(chosen))
    )
    return [Note(NoteCode.KEY_NEVER_CHOSEN, {"items": items})] if items else []


def options_of(responses: Responses, choices: Choices, key: Key) -> dict[str, tuple[Option, ...]]:
    """The options of all items, the most frequent first; a missing answer counts as 0 in the score of the others."""
    scores = np.nan_to_num(responses.values)
    return {
        item: _options(np.array(choices[item]), scores.sum(1) - scores[:, place], responses.weights, key[item])
        for place, item in enumerate(responses.items)
    }


def _options(chosen: np.ndarray, rest: Floats, weights: Floats, right: frozenset[str]) -> tuple[Option, ...]:
    answered = ~np.isin(chosen, list(ABSENT))
    chosen, rest, weights = chosen[answered], rest[answered], weights[answered]
    if not len(chosen):
        return ()
    upper, lower = upper_and_lower(rest, weights)
    found = []
    for name in np.unique(chosen):
        picked = (chosen == name).astype(float)
        n = float(weights @ picked)
        found.append(
            Option(
                option=str(name),
                is_key=_plain(str(name)) in right,
                n=n,
                share=n / float(weights.sum()),
                upper=float(np.average(picked[upper], weights=weights[upper])),
                lower=float(np.average(picked[lower], weights=weights[lower])),
                rest_mean=float(weights @ (picked * rest) / n),
                rest_r=_correlation(picked, rest, weights),
            )
        )
    return tuple(sorted(found, key=lambda option: (-option.n, option.option)))


def _correlation(one: Floats, other: Floats, weights: Floats) -> float | None:
    one, other = one - np.average(one, weights=weights), other - np.average(other, weights=weights)
    spread = float(weights @ one**2) * float(weights @ other**2)
    return float(weights @ (one * other) / np.sqrt(spread)) if spread > 1e-12 else None


def option_flags(options: tuple[Option, ...]) -> tuple[Flag, ...]:
    """STRONG_DISTRACTOR: a wrong option that strong people choose more than weak ones, and more than the key."""
    of_key = max((option.rest_r or 0.0 for option in options if option.is_key), default=0.0)
    strong = any(
        not option.is_key and option.n >= ENOUGH and (option.rest_r or 0.0) > max(of_key, 0.0) for option in options
    )
    return (Flag.STRONG_DISTRACTOR,) if strong else ()
