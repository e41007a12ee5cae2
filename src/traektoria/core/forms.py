"""Forms of the house: one column, label above, hint under it, the error at the field and in a summary.

``FORM_RENDERER`` makes ``{{ form }}`` and ``{{ form.field.as_field_group }}`` look so in every room.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.translation import gettext_lazy as _

from traektoria.core.field_words import HouseField
from traektoria.core.painting import PAINTERS

_HOUSE = Path(__file__).resolve().parent.parent / "templates"
_DJANGO = Path(django.forms.__file__).parent / "templates"


class HouseRenderer(DjangoTemplates):
    """Field groups and plain widgets of ``core.painting``; others as Django has them, or of ``components/widgets``."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = HouseField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        painter = PAINTERS.get(template_name)
        return painter(context) if painter else super().render(template_name, context, request)

    @cached_property
    def engine(self) -> Backend:
        return Backend(
            {
                "NAME": "house_forms",
                "DIRS": [_HOUSE, _DJANGO],
                "APP_DIRS": False,
                "OPTIONS": {
                    "builtins": settings.COMPONENTS,
                    "loaders": [
                        ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
                    ],
                },
            }
        )


class DayInput(forms.DateInput):
    """The browser's own calendar; the value travels as 2026-09-05."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class FileArea(forms.FileInput):
    """An area to drop files on; ``accept`` lists the kinds («.xlsx,.csv»)."""

    template_name = "components/widgets/file_area.html"


class FilesArea(FileArea):
    """The same for several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


class FilesField(forms.FileField):
    """Several uploaded files; cleaned to a list."""

    widget = FilesArea
    default_error_messages = {"required": _("Choose at least one file.")}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]
