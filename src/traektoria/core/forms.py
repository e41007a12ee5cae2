"""Forms of the house: one column, label above, hint under it, the error at the field and in a summary.

``FORM_RENDERER`` makes ``{{ form }}`` and ``{{ form.field.as_field_group }}`` look so in every room.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from traektoria.core.components.fields import DRAWN, offered
from traektoria.core.field_words import HouseField


class HouseRenderer(BaseRenderer):
    """Field groups and plain widgets of ``core.components.fields``; others are templates of the house or of Django."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = HouseField

    def get_template(self, template_name: str) -> Any:
        from traektoria.core.templating import environment  # knows the components, these know forms

        return environment().get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return mark_safe(draw(context) if draw else self.get_template(template_name).render(context))


class Offered(BaseChoiceIterator):
    """Options that are pairs already, and their labels words: whatever else it is given, Django looks at option by
    option, for the field and once more for its widget."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = list(pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)


class ManyOptions(forms.Select):
    """A select of ``Offered`` options, drawn at once: the schools of a district are five hundred."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        options: Any = self.choices
        return offered(name, self.build_attrs(self.attrs, attrs), options, self.format_value(value))


class DayInput(forms.DateInput):
    """The browser's own calendar; the value travels as 2026-09-05."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class FileArea(forms.FileInput):
    """An area to drop files on; ``accept`` lists the kinds («.xlsx,.csv»), of which people read the endings."""

    template_name = "components/widgets/file_area.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        kinds = context["widget"]["attrs"].get("accept", "").split(",")
        context["widget"]["endings"] = ",".join(one for one in kinds if one.startswith("."))
        return context


class FilesArea(FileArea):
    """The same for several files at once."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})


class WhyForm(forms.Form):
    """One word of why, read by everybody whom it concerns."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class FilesField(forms.FileField):
    """Several uploaded files; cleaned to a list."""

    widget = FilesArea
    default_error_messages = {"required": _("Choose at least one file.")}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]
