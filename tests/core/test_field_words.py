"""Every field of every form, when it is left empty, says in Russian what to write."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.forms import BaseForm
from django.utils import translation

import traektoria
from traektoria.core.field_words import DJANGO_SAYS, HouseField, asks

_SENTENCE = re.compile(r"(?:Напишите|Выберите|Отметьте|Укажите)(?: [а-яёА-ЯЁ]|, [а-яё]|: «).*\.")
_NOMINATIVE = re.compile(r"^\w+ (?:\w+(?:ая|яя)|школа|фамилия|почта|дата|роль и|тема|причина|должности)\b")


def _forms(kind: type = BaseForm) -> Iterator[type[BaseForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from _forms(one)


def _all() -> list[type[BaseForm]]:
    for module in pkgutil.walk_packages(traektoria.__path__, "traektoria."):
        if ".migrations" not in module.name and re.search(r"form|gallery|picking|adaptive|orders", module.name):
            import_module(module.name)
    own = {one for one in _forms() if one.__module__.startswith(("traektoria.", "allauth.account", "allauth.mfa"))}
    return sorted(own, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def _fields() -> Iterator[tuple[str, str, forms.Field]]:
    for form in _all():
        for name, field in getattr(form, "base_fields", {}).items():
            yield f"{form.__module__}.{form.__qualname__}.{name}", name, field


def test_every_field_asks_in_russian_for_what_it_lacks() -> None:
    wrong, seen = [], 0
    with translation.override("ru"):
        for place, _name, field in _fields():
            label = str(field.label or "")
            if not re.search("[а-яё]", label):
                continue  # allauth's, whose labels a page of ours replaces
            seen += 1
            said = asks(field, label)
            quoted = ": «" in said and field.required and not isinstance(field, forms.BooleanField)
            if not _SENTENCE.fullmatch(said) or _NOMINATIVE.match(said) or quoted:
                wrong.append(f"{place}: {said}")
    assert seen > 200
    assert not wrong, "\n".join(wrong)


def test_every_bound_form_says_so_and_not_that_a_field_is_obligatory() -> None:
    class Sample(forms.Form):
        region = forms.CharField(label="Номер региона")
        subject = forms.ChoiceField(label="Предмет", choices=[("1", "Русский")])
        begins = forms.DateField(label="Действует с")
        own = forms.CharField(label="Вид", error_messages={"required": "Скажите своими словами."})
        free = forms.CharField(required=False)

    with translation.override("ru"):
        form = Sample({})
        assert form.errors == {
            "region": ["Напишите номер региона."],
            "subject": ["Выберите предмет."],
            "begins": ["Укажите, с какого дня действует."],
            "own": ["Скажите своими словами."],
        }
        assert isinstance(form["region"], HouseField)
        assert 'aria-required="true"' in str(form["region"])
        assert not re.search(r"\srequired\b", str(form))


@pytest.mark.parametrize("said", DJANGO_SAYS, ids=str)
def test_what_django_says_is_said_in_the_words_of_the_house(said: object) -> None:
    numbers = dict.fromkeys(("max", "limit_value", "show_value"), 1)
    with translation.override("ru"):
        words = translation.gettext(said) if isinstance(said, str) else str(said % numbers)  # type: ignore[operator]
    assert re.match("[А-ЯЁ]", words)
    assert not re.search("корректн|Убедитесь|значение|Введите", words)
