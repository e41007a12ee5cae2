"""What a choice is called, without asking what all the others are.

``get_kind_display`` of Django makes a new table of all labels at each look, and to compare them translates each: fifty
subjects for one row of a list. Here the table is made once for a field and a language.
"""

from collections.abc import Iterable
from functools import lru_cache, partialmethod
from typing import Any

from django.db import models
from django.utils.translation import get_language


def label_of(row: models.Model, field: Any) -> Any:
    """As ``Model._get_FIELD_display``: the label in the language of the moment, the value itself where it has none."""
    value, language = getattr(row, field.attname), get_language()
    labels = field.__dict__.setdefault("_labels", {})
    known = labels.get(language)
    if known is None:
        known = labels[language] = {one: str(label) for one, label in field.flatchoices}
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


def choices_of(choices: type[models.TextChoices]) -> list[tuple[str, str]]:
    """``choices.choices`` in words: a filter of fifty subjects translates none of them anew."""
    return list(_texts(choices, get_language()).items())


def install(found: Iterable[type[models.Model]]) -> None:
    """Give each of these models its ``get_…_display``, where it has not one of its own."""
    for model in found:
        for field in model._meta.local_fields:
            name = f"get_{field.name}_display"
            if field.choices and isinstance(model.__dict__.get(name), partialmethod):
                setattr(model, name, partialmethod(label_of, field=field))
