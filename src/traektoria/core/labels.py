"""What a choice is called, without asking what all the others are.

``get_kind_display`` of Django makes a new table of all labels at each look, and to compare them translates each: fifty
subjects for one row of a list. Here the table is made once a field and keeps labels that are not translated yet.
"""

from collections.abc import Iterable
from functools import lru_cache, partialmethod
from typing import Any

from django.db import models
from django.utils.translation import get_language


def label_of(row: models.Model, field: Any) -> Any:
    """As ``Model._get_FIELD_display``: the label in the language of the moment, the value itself where it has none."""
    value = getattr(row, field.attname)
    known = field.__dict__.get("_labels")
    if known is None:
        known = field.__dict__["_labels"] = dict(field.flatchoices)
    try:
        label = known.get(value, value)
    except TypeError:  # a value that is no key of anything
        return value
    return None if label is None else str(label)


def text_of(choices: type[models.TextChoices], value: str) -> str:
    """The label of a choice in a list that reads columns; the value itself where it is none of them."""
    return _texts(choices, get_language()).get(value, value)


def texts_of(choices: type[models.TextChoices], values: Iterable[str]) -> list[str]:
    """The labels of those that are choices."""
    known = _texts(choices, get_language())
    return [known[value] for value in values if value in known]


@lru_cache(maxsize=256)
def _texts(choices: type[models.TextChoices], _language: str | None) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


def install(found: Iterable[type[models.Model]]) -> None:
    """Give each of these models its ``get_…_display``, where it has not one of its own."""
    for model in found:
        for field in model._meta.local_fields:
            name = f"get_{field.name}_display"
            if field.choices and isinstance(model.__dict__.get(name), partialmethod):
                setattr(model, name, partialmethod(label_of, field=field))
