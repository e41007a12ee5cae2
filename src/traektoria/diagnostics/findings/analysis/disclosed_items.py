"""Which figures of tasks may be shown: those from which nobody works out what a few people answered.

A task is a table of one row: who chose which option (or solved it, or did not), who left it out, whom time did not let
reach it. Its completion, and all that follows from it, is shown only where the parts it is made of are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from traektoria.diagnostics.findings.analysis.disclosed_topics import Crowd, answered, scored
from traektoria.diagnostics.findings.analysis.item_figures import key_of
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.engines.disclosure import both_sides
from traektoria.engines.psychometrics import FitCode, Flag, NoteCode

Figures = dict[str, Any]
Parts = Mapping[str, list[int]]
OMITTED, UNREACHED, RIGHT = "omitted", "unreached", "right"
_OPEN = (
    "mean", "sd", "facility", "item_rest", "alpha_if_deleted", "difficulty", "discrimination", "se", "infit", "outfit",
)  # fmt: skip
_FLAGS = {Flag.NEGATIVE_ITEM_REST, Flag.STRONG_DISTRACTOR, Flag.WEAK_ITEM_REST}
"""Not «all the same»: it says what everybody answered."""
_NOTES = {NoteCode.FEW_PEOPLE, NoteCode.NEGATIVE_SLOPE, NoteCode.NO_SPREAD}
_REFUSALS = {
    FitCode.TOO_FEW_PEOPLE, FitCode.TOO_MANY_ITEMS, FitCode.ONE_ITEM, FitCode.TOO_FEW_ITEMS, FitCode.NOT_CONVERGED,
    FitCode.NOT_DETERMINED, FitCode.GRID_TOO_NARROW,
}  # fmt: skip
"""Others count single people or name a task in which everybody is alike."""
_TEST = ("n_items", "alpha", "alpha_ci95", "sem", "total_mean")
TAIL = 0.27


def shown_work(sheet: ScoreSheet, figures: Figures, crowd: Crowd) -> Figures:
    """«forms», «items» and «model» of the figures, as they may be shown."""
    forms, items = {}, []
    for form, own in figures["forms"].items():
        rows, _columns = sheet.of_form(form)
        lines = [one for one in figures["items"] if one["form"] == form]
        if not lines:
            continue
        shown = [_item(sheet, rows, one, crowd) for one in lines] if crowd.is_enough(rows) else []
        forms[form] = _form(own, shown, enough=crowd.is_enough(rows))
        items += shown
    return {"forms": forms, "items": items, "model": _model(figures["model"])}


def _form(figures: Figures, items: Sequence[Figures], *, enough: bool) -> Figures:
    """The mean of all points is the sum of the tasks': beside them it would give away the one that is hidden."""
    test = {key: figures["test"].get(key) for key in _TEST} if figures["test"] and enough else None
    if test and not all(one["shown"] for one in items):
        test["total_mean"] = None
    told = {"notes": _told(figures["notes"], _NOTES), "refused": _told(figures["refused"], _REFUSALS)}
    return {"n": figures["n"], "few": not enough, "test": test, **told}


def _told(said: Sequence[Figures], allowed: set[Any]) -> list[Figures]:
    return [one for one in said if one["code"] in {code.value for code in allowed}]


def _model(found: Figures) -> Figures:
    kept = {key: found[key] for key in found if key not in ("items", "constant")}
    told = {"notes": _told(found["notes"], _NOTES), "refused": _told(found["refused"], _REFUSALS)}
    reason = "refused" if found["reason"] == "few_items" else found["reason"]
    return {**kept, **told, "reason": reason}


def _item(sheet: ScoreSheet, rows: Sequence[int], one: Figures, crowd: Crowd) -> Figures:
    place = next(at for at, column in enumerate(sheet.columns) if column.version == one["version"])
    parts = parts_of(sheet, rows, place)
    counted = scored(sheet, rows, place)
    counts = dict(zip(parts, crowd.cells(list(parts.values())), strict=True))
    shown = one["facility"] is not None and _is_shown(sheet, place, counts, counted, crowd)
    return {
        **{key: one[key] for key in ("form", "number", "version", "item")},
        **{key: one[key] if shown else None for key in _OPEN},
        "shown": shown,
        "n": len(counted) if counts[UNREACHED] is not None and crowd.is_enough(counted) else None,
        "few": _few(sheet, place, counted, crowd),
        "flags": [flag for flag in one["flags"] if Flag(flag) in _FLAGS and crowd.is_enough(counted)],
        "options": _options(sheet.columns[place].content, one["options"], counts, len(rows), crowd),
        "parts": counts,
        OMITTED: counts[OMITTED],
        UNREACHED: counts[UNREACHED],
    }


def parts_of(sheet: ScoreSheet, rows: Sequence[int], place: int) -> Parts:
    """Everybody in one part: by option chosen, or by what came out."""
    content = sheet.columns[place].content
    gave = set(answered(sheet, rows, place))
    reached = set(scored(sheet, rows, place))
    parts = _by_option(sheet, gave, place) if content.by_option else _by_outcome(sheet, gave, place)
    left_out = [row for row in rows if row in reached - gave]
    return {**parts, OMITTED: left_out, UNREACHED: [row for row in rows if row not in reached | gave]}


def _by_option(sheet: ScoreSheet, gave: set[int], place: int) -> dict[str, list[int]]:
    content = sheet.columns[place].content
    chosen: dict[str, list[int]] = {str(at): [] for at in range(len(content.option_texts()))}
    for row in sorted(gave):
        for at in content.picked(sheet.values[row, place]):
            chosen[str(at)].append(row)
    return chosen


def _by_outcome(sheet: ScoreSheet, gave: set[int], place: int) -> dict[str, list[int]]:
    """Right and wrong; where there are parts of points (or no marks yet), only who answered."""
    most = float(sheet.columns[place].most)
    points = {row: float(sheet.scores[row, place]) for row in sorted(gave)}
    if not set(points.values()) <= {0.0, most}:
        return {"answered": sorted(gave)}
    return {RIGHT: [row for row in points if points[row]], "wrong": [row for row in points if not points[row]]}


def _is_shown(
    sheet: ScoreSheet, place: int, counts: Mapping[str, int | None], counted: Sequence[int], crowd: Crowd
) -> bool:
    """Whether the completion may be said: as points, and by every part that makes it up."""
    content = sheet.columns[place].content
    needed = [UNREACHED, *([RIGHT] if RIGHT in counts else [])]
    needed += [str(at) for at, weight in enumerate(content.weights()) if weight]
    fresh = [row for row in counted if row not in crowd.known]
    enough = both_sides(_points(sheet, place, fresh), len(fresh), minimum=crowd.least)
    return enough and all(counts[name] is not None for name in needed)


def _points(sheet: ScoreSheet, place: int, rows: Sequence[int]) -> float:
    """Points as full answers."""
    most = float(sheet.columns[place].most) or 1.0
    return round(sum(float(sheet.scores[row, place]) / most for row in rows), 6)


def _few(sheet: ScoreSheet, place: int, counted: Sequence[int], crowd: Crowd) -> str:
    """«right»: fewer than the least number solved it; «wrong»: fewer did not; only where that says no more."""
    fresh = [row for row in counted if row not in crowd.known]
    if len(fresh) < 2 * crowd.least:
        return ""
    points = _points(sheet, place, fresh)
    return "right" if points < crowd.least else "wrong" if len(fresh) - points < crowd.least else ""


def _options(
    content: Kind, found: Sequence[Figures], counts: Mapping[str, int | None], people: int, crowd: Crowd
) -> list[Figures]:
    """Those of a task with one choice. Shares are of everybody who got it."""
    if not content.by_option:
        return []
    tails = {one["option"]: (one["upper"], one["lower"]) for one in found}
    keys = set(key_of(content))
    return [
        {
            "option": str(at),
            "is_key": at in keys,
            "n": (n := counts[str(at)]),
            "share": None if n is None else n / people,
            **_tails(tails.get(str(at)), int(TAIL * people), crowd, told=n is not None),
        }
        for at in range(len(content.option_texts()))
    ]


def _tails(found: tuple[float | None, float | None] | None, size: int, crowd: Crowd, *, told: bool) -> Figures:
    """Of the strongest and the weakest only where each of these groups could be shown by itself."""
    shares = found if told and found else (None, None)
    clear = all(share is not None and both_sides(share * size, size, minimum=crowd.least) for share in shares)
    return dict(zip(("upper", "lower"), shares if clear else (None, None), strict=True))
