"""No text without a limit: every form and every column of words says how long it may be, every number how large."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

import traektoria
from traektoria.core.kept_columns import KeptText

SKIPPED = (".migrations", ".config.", ".management.", ".preset")


def _forms(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("traektoria."):
            yield one
        yield from _forms(one)


def _unlimited(field: forms.Field) -> bool:
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return field.max_value is None and getattr(field, "max_digits", None) is None
    if isinstance(field, forms.IntegerField):
        return field.max_value is None
    return isinstance(field, forms.CharField) and field.max_length is None


def _is_a_librarys(form: type[forms.BaseForm], name: str) -> bool:
    """A field as allauth has it: for those the gate's own limit stands."""
    others = [base for base in form.__mro__[1:] if not base.__module__.startswith("traektoria.")]
    field = form.base_fields[name]  # type: ignore[attr-defined]
    return any(getattr(base, "base_fields", {}).get(name) is field for base in others)


@pytest.fixture(scope="module")
def every_form() -> list[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(traektoria.__path__, "traektoria."):
        if not any(part in module.name for part in SKIPPED):
            importlib.import_module(module.name)
    return sorted(set(_forms()), key=lambda one: (one.__module__, one.__qualname__))


def test_every_field_of_a_form_has_a_limit(every_form: list[type[forms.BaseForm]]) -> None:
    assert len(every_form) > 50
    found = [
        f"{one.__module__}.{one.__qualname__}.{name}"
        for one in every_form
        for name, field in one.base_fields.items()  # type: ignore[attr-defined]
        if _unlimited(field) and not _is_a_librarys(one, name)
    ]
    assert not found, "give each a max_length (core.text.TEXT, WORDS) or a max_value: " + ", ".join(found)


def test_every_column_of_words_has_a_limit() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("traektoria.")]
    names = {
        field.attname for field in AbstractBaseSession._meta.fields
    }  # Django's: the server writes them, nobody types
    plain = [
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField) and not isinstance(field, KeptText)
        if not (issubclass(model, AbstractBaseSession) and field.attname in names)
    ]
    assert not plain, "make each a core.kept_columns.KeptText: " + ", ".join(plain)
