"""The whole way from answers to a fit: checks, classical analysis, a model of answers, DIF, people."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from .answer_table import Responses
from .arrays import Bools
from .checks import MOST_SHOWN, NEEDED, check, code, far_values, fractions, present
from .classical import ItemAnalysis, analyse
from .dif import Dif, mantel_haenszel
from .errors import FitCode, Note, NoteCode, refused
from .fitted_model import Fitted, fit_model
from .kinds import Model
from .persons import people
from .result import Fit, FittedItem
from .scoring import Option, option_flags
from .settings import FitSettings
from .threads import one_thread_inside


def fit(responses: Responses, settings: FitSettings, options: Mapping[str, tuple[Option, ...]] | None = None) -> Fit:
    """Raises FitRefused. `options` are those of raw choices (`scoring.options_of`), put beside the items."""
    with one_thread_inside():
        return _fit(responses, settings, options or {})


def _fit(responses: Responses, settings: FitSettings, options: Mapping[str, tuple[Option, ...]]) -> Fit:
    responses, notes = present(responses)
    needed = NEEDED[settings.model] if settings.needed is None else settings.needed
    notes += check(responses, settings.model, needed, settings.low, settings.high)
    notes += _of_missing(responses, settings.model)
    fitted: Fitted | None = None
    if settings.model is not Model.CTT:
        coded = code(responses, settings.model)
        fitted = fit_model(coded, responses.weights, responses.items, settings)
        notes += [*coded.notes, *fitted.notes]
    classical = analyse(responses)
    difs, dif_notes = _dif(responses, settings.reference)
    return Fit(
        model=settings.model,
        n_persons=len(responses.persons),
        items=tuple(
            _item(item, place, fitted, difs.get(place), options.get(item.item, ()))
            for place, item in enumerate(classical.items)
        ),
        reliability=classical.test,
        test=fitted.test if fitted else None,
        andersen=fitted.andersen if fitted else None,
        comparison=fitted.comparison if fitted else None,
        persons=people(responses, fitted) if settings.persons else (),
        notes=(*notes, *dif_notes),
    )


def _item(
    item: ItemAnalysis, place: int, fitted: Fitted | None, dif: Dif | None, options: tuple[Option, ...]
) -> FittedItem:
    flagged = replace(item, flags=item.flags + option_flags(options))
    return FittedItem(flagged, fitted.items[place] if fitted else None, dif, options)


def _of_missing(responses: Responses, model: Model) -> list[Note]:
    """What becomes of missing answers, and of answers that are no whole numbers (classical analysis takes them)."""
    notes = []
    broken = fractions(responses)
    if broken.any():
        rows = tuple(str(responses.rows[row]) for row in np.flatnonzero(broken.any(1))[:MOST_SHOWN])
        notes.append(Note(NoteCode.NOT_WHOLE_VALUES, {"n": int(broken.sum()), "rows": rows}))
    notes += far_values(responses)
    missing = responses.missing
    left = int(missing.any(1).sum())
    if left:
        complete = len(responses.persons) - left
        kind = NoteCode.INCOMPLETE_ROWS_LEFT_OUT if complete >= 2 else NoteCode.NO_COMPLETE_ROWS
        notes.append(Note(kind, {"n": left, "complete": complete}))
        if model is not Model.CTT:
            notes.append(Note(NoteCode.MISSING_MARGINALISED, {"n": int(missing.sum())}))
    return notes


def _dif(responses: Responses, reference: str | None) -> tuple[dict[int, Dif], list[Note]]:
    """DIF of each item between two groups, of the people who answered everything and whose group is known."""
    if responses.groups is None:
        return {}, []
    labels = sorted({label for label in responses.groups if label})
    if reference is not None and reference not in labels:
        raise refused(FitCode.UNKNOWN_GROUP, group=reference, groups=tuple(labels))
    if len(labels) != 2:
        return {}, [Note(NoteCode.DIF_NEEDS_TWO_GROUPS, {"n": len(labels)})]
    first = reference or labels[0]
    second = labels[1] if labels[0] == first else labels[0]
    groups = np.array(responses.groups)
    used: Bools = ~responses.missing.any(1) & (groups != "")
    right = responses.values[used]
    if not np.isin(right, (0.0, 1.0)).all():
        return {}, [Note(NoteCode.DIF_NEEDS_RIGHT_WRONG)]
    found = mantel_haenszel(right, (groups[used] == second).astype(float), responses.weights[used])
    note = Note(NoteCode.DIF_GROUPS, {"reference": first, "focal": second, "n": int(used.sum())})
    return {place: dif for place, dif in enumerate(found) if dif is not None}, [note]
