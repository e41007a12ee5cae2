"""Which figures of a questionnaire may be shown. Shares are of everybody who was asked; «no answer» is a part too."""

from collections.abc import Mapping, Sequence
from typing import Any

from traektoria.diagnostics.findings.analysis.disclosed_topics import Crowd, answered, rows_with
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet, SheetColumn

Figures = dict[str, Any]


def shown_survey(sheet: ScoreSheet, figures: Figures, crowd: Crowd) -> Figures:
    """«questions» and «scales» of the figures, as they may be shown."""
    places = {column.version: place for place, column in enumerate(sheet.columns)}
    questions = [_question(sheet, places[one["version"]], one, crowd) for one in figures["questions"]]
    shown = {one["version"] for one in questions if one["mean"] is not None}
    return {"questions": questions, "scales": [_scale(one, _of_scale(sheet, one), shown) for one in figures["scales"]]}


def _question(sheet: ScoreSheet, place: int, one: Figures, crowd: Crowd) -> Figures:
    asked = rows_with(sheet, place)
    gave = answered(sheet, asked, place)
    silent = [row for row in asked if row not in set(gave)]
    enough = crowd.is_enough(gave)
    parts = _chosen(sheet, gave, sheet.columns[place])
    if sheet.columns[place].content.excludes:
        *counts, left = crowd.cells([*parts.values(), silent])
    else:
        counts, left = [crowd.one(part, asked) for part in parts.values()], crowd.one(silent, asked)
    left = left if silent else 0
    numbers: Mapping[str, int | None] = dict(zip(parts, counts, strict=True)) if enough else {}
    steps = [numbers[name] for name in numbers if name != "other"]
    whole = enough and left is not None and None not in steps
    return {
        **{key: one[key] for key in ("version", "number", "kind")},
        "people": len(asked),
        "n": None if left is None else len(gave),
        "enough": enough,
        "counts": steps,
        "other": numbers.get("other"),
        "silent": left,
        "excludes": sheet.columns[place].content.excludes,
        "mean": one.get("mean") if whole else None,
    }


def _chosen(sheet: ScoreSheet, gave: Sequence[int], column: SheetColumn) -> dict[str, list[int]]:
    """People by what they chose; nothing of own words but who has any."""
    place, content = sheet.columns.index(column), column.content
    told = {row: sheet.values[row, place] for row in gave}
    picked = {row: content.picked(value) for row, value in told.items()}
    parts = {str(at): [row for row in gave if at in picked[row]] for at in range(len(content.option_texts()))}
    return {**parts, "other": [row for row in gave if told[row].get("other")]} if content.offers_other else parts


def _of_scale(sheet: ScoreSheet, one: Figures) -> set[int]:
    """Versions of the questions of a scale."""
    return {column.version for column in sheet.columns if column.content.scale_name == one["name"]}


def _scale(one: Figures, versions: set[int], shown: set[int]) -> Figures:
    """The mean of a scale is made of its questions: shown where all of them are. Alpha says nothing of numbers."""
    hidden = {} if versions <= shown else dict.fromkeys(("n", "mean", "sd"))
    return {**one, **hidden}
