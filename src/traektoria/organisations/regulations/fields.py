"""Form fields made from the fields of the schema, and their values between content and what is typed."""

import re
from collections.abc import Callable
from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic.fields import FieldInfo

from traektoria.core.figures import shortest
from traektoria.organisations.regulations.labels import JOINED, LABELS
from traektoria.organisations.regulations.parts import FieldLook
from traektoria.organisations.regulations.shapes import Shape

LABELS_BY_NAME = {"title": gettext_lazy("Title"), "descriptors": gettext_lazy("Points and what they mean")}
MOST_DAYS = 3650


class WordsField(forms.CharField):
    """Text with the line ends of the server."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class LinesField(WordsField):
    """One text on each line; cleaned to a list without the empty ones."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        kept = [line for line in lines if line]
        long = next((line for line in kept if len(line) > self.line_length), None)
        if long:
            raise ValidationError(
                _("A line is longer than %(most)s characters: «%(line)s…».")
                % {"most": self.line_length, "line": long[:40]}
            )
        return kept

    def __init__(self, *, line_length: int, **kwargs: Any) -> None:
        self.line_length = line_length
        super().__init__(**kwargs)


class NumbersField(forms.CharField):
    """«60, 30, 7»; cleaned to whole numbers."""

    def clean(self, value: Any) -> Any:
        words = re.split(r"[\s,;]+", super().clean(value).strip())
        if not all(word.isdecimal() and int(word[:6]) <= MOST_DAYS for word in words if word):
            raise ValidationError(_("Write whole numbers with commas between them, for example: 60, 30, 7."))
        return [int(word) for word in words if word]


def shown(name: str, info: FieldInfo) -> FieldLook:
    """The label and hint of a field."""
    said = next((item for item in info.metadata if isinstance(item, FieldLook)), None)
    return said or FieldLook(LABELS_BY_NAME.get(name, name))


def limit(info: FieldInfo, name: str) -> Any:
    """A bound of the schema: ge, gt, le, min_length, max_length; None where there is none."""
    return next((found for item in info.metadata if (found := getattr(item, name, None)) is not None), None)


def field_of(name: str, info: FieldInfo, shape: Shape) -> forms.Field:
    """The form field in which people fill in this field of the schema."""
    said = shown(name, info)
    common = {"label": said.label, "help_text": said.hint}
    return _MADE[shape.kind](info, shape, said.lines, common)


def _text(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea({"rows": lines}) if lines > 1 else forms.TextInput()
    return WordsField(
        max_length=limit(info, "max_length"), required=bool(limit(info, "min_length")), widget=widget, **common
    )


def _lines(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    one = getattr(get_args(info.annotation)[0], "__metadata__", ())
    longest = next((item.max_length for item in one if getattr(item, "max_length", None)), 3000)
    return LinesField(line_length=longest, required=False, widget=forms.Textarea({"rows": lines}), **common)


def _yes(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(required=False, **common)


def _whole(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    return forms.IntegerField(min_value=limit(info, "ge"), max_value=limit(info, "le"), **common)


def _number(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    """«0,5» is written as people write it."""
    return forms.FloatField(
        min_value=limit(info, "ge"), max_value=limit(info, "le"), localize=True,
        validators=[more_than(bound)] if (bound := limit(info, "gt")) is not None else [],
        widget=forms.TextInput({"inputmode": "decimal"}), **common,
    )  # fmt: skip


def more_than(bound: float) -> Callable[[float], None]:
    """A validator: the bound itself is not enough."""

    def check(value: float) -> None:
        if value <= bound:
            raise ValidationError(_("Write a number greater than %(bound)s.") % {"bound": shortest(bound, 3)})

    return check


def _choice(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=choices_of(shape, ask=info.is_required()), **common)


def _choices(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    required = bool(limit(info, "min_length"))
    widget = forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(choices=choices_of(shape), required=required, widget=widget, **common)


def _numbers(info: FieldInfo, shape: Shape, lines: int, common: dict[str, Any]) -> forms.Field:
    return NumbersField(required=False, max_length=100, **common)


_MADE: dict[str, Callable[..., forms.Field]] = {
    "text": _text, "lines": _lines, "yes": _yes, "whole": _whole, "number": _number, "choice": _choice,
    "choices": _choices, "numbers": _numbers,
}  # fmt: skip


def choices_of(shape: Shape, *, ask: bool = False) -> list[tuple[str, Any]]:
    """The words of an enumeration with their labels; ``ask`` begins with an empty one."""
    if isinstance(shape.of, tuple):
        words = [(word, JOINED[word]) for word in shape.of]
    else:
        words = [(member.value, label) for member, label in LABELS[shape.of].items()]
    return [("", gettext_lazy("choose")), *words] if ask else words


def written(shape: Shape, value: Any) -> list[str]:
    """A value of the content as it would have been typed: what a browser would send."""
    if value is None:
        return []
    if shape.kind == "yes":
        return ["on"] if value else []
    if shape.kind == "choices":
        return [str(one) for one in value]
    if shape.kind == "lines":
        return ["\n".join(value)]
    if shape.kind == "numbers":
        return [", ".join(map(str, value))]
    if shape.kind == "number":
        return [str(formats.localize_input(int(value) if value == int(value) else value))]
    return [str(value)]


def initial_of(shape: Shape, typed: list[str]) -> Any:
    """What was typed as an initial value of the form field."""
    if shape.kind == "yes":
        return bool(typed)
    return typed if shape.kind == "choices" else "".join(typed[:1])
