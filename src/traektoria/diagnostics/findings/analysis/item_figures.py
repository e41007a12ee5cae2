"""Classical analysis of each form and a model of answers of all people together, as plain data for JSON."""

from collections.abc import Sequence
from typing import Any

from traektoria.diagnostics.findings.analysis.item_models import model_figures
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet
from traektoria.diagnostics.items.kinds.protocol import Kind
from traektoria.engines import psychometrics as p
from traektoria.engines.disclosure import MINIMUM
from traektoria.engines.lazy_imports import np
from traektoria.engines.psychometrics import NoteCode

Figures = dict[str, Any]
LEAST_PEOPLE = MINIMUM
"""With fewer people of a form nothing is computed of it: figures of items would speak of single persons."""

_TEST = (
    "n_complete", "n_items", "total_mean", "total_sd", "total_min", "total_max", "alpha", "alpha_ci95", "kr20",
    "lambda6", "sem",
)  # fmt: skip
_ITEM = ("n", "mean", "sd", "item_rest", "alpha_if_deleted", "d27", "flags")
_MODEL = ("difficulty", "discrimination", "se", "infit", "outfit")
_SELF_SAID = {NoteCode.NOT_WHOLE_VALUES.value}
"""Points between whole ones are no slip here."""


def item_figures(sheet: ScoreSheet) -> Figures:
    """«forms»: reliability and notes by form; «items»: a row for each item of each form; «model»: see ``models``."""
    forms: Figures = {}
    items: list[Figures] = []
    model = model_figures(sheet)
    for form in sheet.forms:
        rows, columns = sheet.of_form(form)
        found: dict[int, Figures] = {}
        forms[form] = {"n": len(rows), **_form(sheet, rows, columns, found)}
        items += [_item(sheet, form, column, found.get(column, {}), model["items"]) for column in columns]
    return {"forms": forms, "items": items, "model": {key: model[key] for key in model if key != "items"}}


def _form(sheet: ScoreSheet, rows: Sequence[int], columns: Sequence[int], found: dict[int, Figures]) -> Figures:
    """The test as a whole; figures of its items go into ``found`` by column."""
    if len(rows) < LEAST_PEOPLE or not columns:
        return {"test": None, "notes": [], "refused": []}
    values = sheet.scores[np.ix_(rows, columns)]
    reached = [place for place in range(len(columns)) if not np.isnan(values[:, place]).all()]
    names = [str(sheet.columns[columns[place]].version) for place in reached]
    table = p.responses(values[:, reached], tuple(names))
    options = p.options_of(table, *_choices(sheet, rows, [columns[place] for place in reached], names))
    try:
        data = p.as_data(p.fit(table, p.FitSettings(p.Model.CTT), options), persons=False)
    except p.FitRefused as refusal:
        return {"test": None, "notes": [], "refused": p.refusal_as_data(refusal)["error"]["problems"]}
    found.update({columns[place]: one for place, one in zip(reached, data["items"], strict=True)})
    notes = [note for note in data["notes"] if note["code"] not in _SELF_SAID]
    return {"test": {key: data["test"].get(key) for key in _TEST}, "notes": notes, "refused": []}


def _choices(
    sheet: ScoreSheet, rows: Sequence[int], columns: Sequence[int], names: Sequence[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, frozenset[str]]]:
    """Chosen options of items with one choice, by their places («0», «1» …), and the key; other items have none."""
    choices, key = {}, {}
    for name, column in zip(names, columns, strict=True):
        content = sheet.columns[column].content
        given = [sheet.values.get((row, column)) if content.by_option else None for row in rows]
        choices[name] = tuple(str(content.picked(value)[0]) if value else "" for value in given)
        key[name] = frozenset(map(str, key_of(content)))
    return choices, key


def key_of(content: Kind) -> list[int]:
    """Places of the options that earn the most, where figures are told by option."""
    weights = content.weights()
    return [place for place, weight in enumerate(weights) if weight == max(weights) > 0]


def _item(sheet: ScoreSheet, form: str, place: int, found: Figures, parameters: dict[int, Figures]) -> Figures:
    column = sheet.columns[place]
    figures = {key: found.get(key) for key in _ITEM}
    figures["n"] = found.get("n", 0)
    figures["facility"] = None if not found else round(found["mean"] / (float(column.most) or 1), 6)
    return {
        "form": form,
        "number": column.places[form],
        "version": column.version,
        "item": column.item,
        **figures,
        "flags": found.get("flags", []),
        "options": found.get("options", []),
        "omitted": sheet.omitted[place],
        "unreached": sheet.unreached[place],
        **dict.fromkeys(_MODEL),
        **parameters.get(column.version, {}),
    }
