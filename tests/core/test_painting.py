"""Fields drawn in Python say what the templates say."""

import re
from typing import Any

import pytest
from django import forms

from traektoria.core import painting
from traektoria.core.forms import DayInput


class Sample(forms.Form):
    text = forms.CharField(label="A <b>", help_text="hint <b>x</b>")
    choice = forms.ChoiceField(
        choices=[("", "all"), ("1", "o&ne"), ("group", [("2", "two")])], required=False, initial="1"
    )
    tick = forms.BooleanField(required=False, initial=True)
    day = forms.DateField(widget=DayInput(attrs={"min": "2026-01-01"}), initial="2026-01-02")
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), initial="x < y")
    radio = forms.ChoiceField(choices=[("1", "x")], widget=forms.RadioSelect, help_text="hint")
    several = forms.MultipleChoiceField(choices=[(1, "x")], widget=forms.CheckboxSelectMultiple, required=False)
    hidden = forms.IntegerField(widget=forms.HiddenInput, initial=5)
    number = forms.IntegerField(min_value=3, initial=1000)


def drawn(data: dict[str, Any] | None) -> list[str]:
    return [
        re.sub(r">\s+<", "><", re.sub(r"\s+", " ", field.as_field_group())).strip()  # type: ignore[operator]
        for field in Sample(data)
    ]


@pytest.mark.parametrize(
    "data", [None, {"text": "", "choice": "9"}, {"text": 'q" <', "choice": "2", "several": ["1"], "number": 5}]
)
def test_painted_fields_are_those_of_templates(data: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    painted = drawn(data)
    monkeypatch.setattr(painting, "PAINTERS", {})
    monkeypatch.setattr("traektoria.core.forms.PAINTERS", {})
    assert painted == drawn(data)
