"""What a form says of a field that is empty or filled in wrongly: what to write, not that something is obligatory.

``HouseField`` is the bound field of every form (``FORM_RENDERER`` says so), those of allauth too. A field that has a
sentence of its own for «required» keeps it; the others get one from their label and kind: «Напишите номер региона».
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField, Field
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, ngettext_lazy, pgettext

_CHOOSING = (forms.ChoiceField, forms.ModelChoiceField, forms.FileField)
_TICKING = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField, forms.BooleanField)
_SETTING = (forms.DateField, forms.TimeField, forms.DateTimeField)
DJANGO_SAYS = (
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Enter a valid integer."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid time."),
    gettext_noop("Enter a list of values."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("“%(pk)s” is not a valid value."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("The submitted file is empty."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        1,
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        1,
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        1,
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        1,
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        1,
    ),
)
"""Sentences of Django that stand in our catalogue, in the words of the house."""


def asks(field: Field, label: Any) -> str:
    """«Напишите номер региона.», «Выберите предмет.», «Укажите, с какого дня действует.»"""
    from traektoria.engines.declension import asked_for  # reads a dictionary: only where something is missing

    words = str(label or "").strip()
    what, verb = None if isinstance(field, forms.BooleanField) else asked_for(words), _verb(field)
    if what:
        return f"{verb}{what}."
    if words:
        return _("%(verb)s: «%(label)s».") % {"verb": verb, "label": words.rstrip("?:. ")}
    return _("%(verb)s an answer.") % {"verb": verb}


def _verb(field: Field) -> str:
    if isinstance(field, _TICKING):
        return pgettext("what a form asks", "Tick")
    if isinstance(field, _CHOOSING):
        return pgettext("what a form asks", "Choose")
    setting = isinstance(field, _SETTING)
    return pgettext("what a form asks", "Set") if setting else pgettext("what a form asks", "Write")


_asks: Callable[[Field, Any], Any] = lazy(asks, str)


class HouseField(BoundField):
    """A field of a form that says what it asks for; the browser says nothing in its own words."""

    def __init__(self, form: BaseForm, field: Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.required and field.error_messages["required"] is Field.default_error_messages["required"]:
            field.error_messages = {**field.error_messages, "required": _asks(field, self.label)}

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if built.pop("required", False) and not self.use_fieldset:
            built["aria-required"] = "true"
        return built

    @property
    def chosen_before(self) -> str:
        """Which files came with a form that is shown once more: a browser does not send them again by itself."""
        files: Any = self.form.files
        sent = files.getlist(self.html_name) if self.form.is_bound and hasattr(files, "getlist") else []
        if not sent:
            return ""
        words = ngettext("Choose the file once more: %(names)s.", "Choose the files once more: %(names)s.", len(sent))
        return words % {"names": ", ".join(str(file.name) for file in sent)}
