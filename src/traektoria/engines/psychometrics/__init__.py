"""Items and people from answers: classical analysis and item response models. Pure NumPy and SciPy, deterministic.

`read_sheet`, `lay_out` and `take` make `Responses` of a file (or `responses` of an array), `fit` makes a `Fit`, and
`as_data` the JSON of docs/psychometrics.md. Whatever cannot be computed honestly is refused with `FitRefused`.
The names are loaded on first use.
"""

from typing import TYPE_CHECKING

from traektoria.engines.lazy_imports import loaded_on_use

if TYPE_CHECKING:
    from .answer_table import Responses, responses
    from .dif import EtsClass
    from .errors import FitCode, FitProblem, FitRefused, Note, NoteCode
    from .full_fit import fit
    from .kinds import Flag, Model
    from .reader import Columns, lay_out, read_sheet, take
    from .report import as_data, refusal_as_data
    from .result import Fit, FittedItem, FittedPerson, ItemParameters, Method
    from .scoring import choices_of, never_chosen, options_of, read_key, score
    from .settings import FitSettings
    from .values import check_signs, turned_round, without_signs

__all__ = [
    "Columns",
    "EtsClass",
    "Fit",
    "FitCode",
    "FitProblem",
    "FitRefused",
    "FitSettings",
    "FittedItem",
    "FittedPerson",
    "Flag",
    "ItemParameters",
    "Method",
    "Model",
    "Note",
    "NoteCode",
    "Responses",
    "as_data",
    "check_signs",
    "choices_of",
    "fit",
    "lay_out",
    "never_chosen",
    "options_of",
    "read_key",
    "read_sheet",
    "refusal_as_data",
    "responses",
    "score",
    "take",
    "turned_round",
    "without_signs",
]

__getattr__ = loaded_on_use(
    __name__,
    {
        "kinds": ("Flag", "Model"),
        "dif": ("EtsClass",),
        "errors": ("FitCode", "FitRefused", "Note", "NoteCode", "FitProblem"),
        "full_fit": ("fit",),
        "reader": ("Columns", "lay_out", "read_sheet", "take"),
        "report": ("as_data", "refusal_as_data"),
        "answer_table": ("Responses", "responses"),
        "result": ("Fit", "FittedItem", "FittedPerson", "ItemParameters", "Method"),
        "scoring": ("choices_of", "never_chosen", "options_of", "read_key", "score"),
        "settings": ("FitSettings",),
        "values": ("check_signs", "turned_round", "without_signs"),
    },
)
