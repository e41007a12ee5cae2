"""Whose calendar, and of what."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.engagements import kinds
from traektoria.core.text import whole_number
from traektoria.desk.calendar.scopes import ScopeGroup
from traektoria.engines.intervals import Interval

MOST = 60


class ChoiceForm(forms.Form):
    """Only what may be looked at is offered."""

    who = forms.ChoiceField(label=_("Whose"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    day = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: list[ScopeGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(slug, kind.label) for slug, kind in kinds().items()]
        self.fields["kind"].choices = [("", _("everything")), *known]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["who"]
            return
        offered = [(group.label, [(one.word, one.label) for one in group.scopes]) for group in groups]
        self.fields["who"].choices = [("", _("My calendar")), *offered]  # type: ignore[attr-defined]


class ClashForm(forms.Form):
    """The fields of other rooms' forms in which a time is named: ``began`` or ``hour``, ``minutes`` where it is asked;
    ``teachers`` and ``who`` are people."""

    day = forms.DateField()
    began = forms.TimeField(required=False)
    hour = forms.TimeField(required=False)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=24 * 60)
    teachers = forms.TypedMultipleChoiceField(coerce=int, required=False)
    who = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name in ("teachers", "who"):
            asked = [value for value in data.getlist(name) if whole_number(value)][:MOST]
            self.fields[name].choices = [(value, value) for value in asked]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("began") or given.get("hour")):
            raise forms.ValidationError("")
        return given

    @property
    def besides(self) -> tuple[str, str] | None:
        """What is being moved, «tutors.session:5»."""
        kind, _colon, number = self.data.get("not", "").partition(":")
        return (kind, number) if number else None

    @property
    def people(self) -> set[int]:
        return {*self.cleaned_data["teachers"], *self.cleaned_data["who"]}

    @property
    def interval(self) -> Interval:
        """By the clock of the page."""
        given = self.cleaned_data
        start = timezone.make_aware(datetime.combine(given["day"], given["began"] or given["hour"]))
        return Interval(start, start + timedelta(minutes=given["minutes"] or 60))
