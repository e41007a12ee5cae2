"""Labels of choices are those of Django, in each language, for a fraction of the calls."""

from cProfile import Profile
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.encoding import force_str

from traektoria.people.enums import Subject
from traektoria.results.models import Dataset

FIELDS = [(model, field) for model in apps.get_models() for field in model._meta.concrete_fields if field.choices]


def _djangos(field: Any, value: Any) -> Any:
    return force_str(dict(field.flatchoices).get(value, value), strings_only=True)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_label_is_djangos(language: str) -> None:
    assert len(FIELDS) > 50
    with translation.override(language):
        for model, field in FIELDS:
            if model._meta.app_label not in ("mfa", "account"):
                for value in [*(key for key, _label in field.flatchoices), "unheard of", None]:
                    row = model(**{field.attname: value})
                    assert getattr(row, f"get_{field.name}_display")() == _djangos(field, value), (model, field)


def test_the_language_is_that_of_the_moment() -> None:
    row = Dataset(subject=Subject.MATH)
    with translation.override("en"):
        english = row.get_subject_display()
    with translation.override("ru"):
        assert row.get_subject_display() != english == "mathematics"


def test_one_label_does_not_cost_all_of_them() -> None:
    row = Dataset(subject=Subject.MATH)
    row.get_subject_display()
    profile = Profile()
    profile.enable()
    row.get_subject_display()
    profile.disable()
    assert sum(entry.callcount for entry in profile.getstats()) < 40
