"""Fields of which the forms of the kinds of items are made."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.text import TEXT
from traektoria.diagnostics.items.pieces.content import ANY_NUMBER
from traektoria.engines.questionbanks.gift_answers import read_range
from traektoria.engines.questionbanks.numbers import read_percent, write_decimal, write_fraction
from traektoria.organisations.regulations.fields import LinesField, WordsField

FORMATS = [
    ("plain", gettext_lazy("plain text")),
    ("moodle", gettext_lazy("text with simple tags: <b>, <i>, <sup>, <sub>, <table>")),
    ("html", gettext_lazy("HTML")),
    ("markdown", gettext_lazy("Markdown")),
]
ANYTHING = "*"


def words(label: Any, *, rows: int = 2, required: bool = True, most: int = 20_000, hint: Any = "") -> WordsField:
    """A text of several lines."""
    widget = forms.Textarea({"rows": rows})
    return WordsField(label=label, required=required, max_length=most, widget=widget, help_text=hint)


def line(label: Any, *, required: bool = True, most: int = 500, hint: Any = "") -> WordsField:
    return WordsField(label=label, required=required, max_length=most, widget=forms.TextInput(), help_text=hint)


def lines(label: Any, *, rows: int = 4, required: bool = True, hint: Any = "") -> LinesField:
    """A text on each line."""
    return LinesField(
        line_length=500,
        max_length=TEXT,
        label=label,
        required=required,
        widget=forms.Textarea({"rows": rows}),
        help_text=hint,
    )


def points(label: Any, *, least: Decimal = Decimal("0.01"), most: int = 100, hint: Any = "") -> forms.DecimalField:
    """«1,5» is written as people write it."""
    return forms.DecimalField(
        label=label,
        min_value=least,
        max_value=most,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "class": "short"}),
        help_text=hint,
    )


class PercentField(forms.CharField):
    """A share of the points in percent; cleaned to an exact «100/3», "" where nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "class": "short"})
        super().__init__(required=False, max_length=12, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).removesuffix("%").strip()
        if not text:
            return ""
        percent = read_percent(text)
        if percent is None:
            raise ValidationError(_("Write a number from −100 to 100, for example 50 or 33.3."))
        return str(percent.limit_denominator(999))


class RangeField(forms.CharField):
    """«3,14», «3,14 ± 0,01», «3..5», «*» for any number; cleaned to (low, high)."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if text == ANYTHING:
            return -ANY_NUMBER, ANY_NUMBER
        ends = read_range(text)
        if ends is None or max(map(abs, ends)) > ANY_NUMBER:
            raise ValidationError(
                _("“%(text)s” is not a number. Write 3.14, or 3.14 ± 0.01, or a range: 3..5.") % {"text": text[:40]}
            )
        return min(ends), max(ends)


def written_range(low: Decimal, high: Decimal) -> str:
    """What one would type for the range."""
    if (low, high) == (-ANY_NUMBER, ANY_NUMBER):
        return ANYTHING
    ends = [write_decimal(low)] if low == high else [write_decimal(low), write_decimal(high)]
    return "..".join(ends).replace(".", ",").replace(",,", "..")


def written_points(number: Decimal) -> str:
    return write_decimal(number).replace(".", ",")


def written_percent(weight: str) -> str:
    """«33,33333» for 100/3."""
    return write_fraction(Fraction(weight)).replace(".", ",")


def share() -> PercentField:
    return PercentField(label=gettext_lazy("Share of the points, %"))


def feedback() -> WordsField:
    return words(gettext_lazy("Explanation to this answer"), rows=1, required=False, most=5_000)


class TextRow(forms.Form):
    text = words(gettext_lazy("Text"), rows=1)
