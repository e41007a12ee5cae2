"""One form of an hour, made for a telephone: what is known already is filled in."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.hours.actions.giving import Given
from traektoria.consultations.hours.enums import LENGTHS, HourWay
from traektoria.consultations.hours.policies import MOST_PUPILS
from traektoria.consultations.hours.readers import seen_by
from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.people.enums import Subject


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class HourForm(forms.Form):
    """Who was there, when, about what; the rest may stay empty."""

    teachers = forms.TypedMultipleChoiceField(
        label=_("Who was there"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say who was there.")},
    )
    others = forms.CharField(
        label=_("Other teachers"), required=False, max_length=500,
        help_text=_("By surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    topic = forms.CharField(label=_("What about"), max_length=200)
    subject = forms.ChoiceField(label=_("Subject"))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    began = forms.TimeField(label=_("Began at"), widget=TimeInput)
    minutes = forms.TypedChoiceField(label=_("How long, minutes"), coerce=int, choices=[(n, n) for n in LENGTHS])
    way = forms.ChoiceField(label=_("How"), choices=HourWay.choices)
    recommendations = forms.CharField(
        label=_("Recommendations"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    shared_note = forms.CharField(
        label=_("Note for both"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    private_note = forms.CharField(
        label=_("Note for myself"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    pupils = forms.IntegerField(
        label=_("Pupils, if there were any"), required=False, min_value=0, max_value=MOST_PUPILS,
        help_text=_("Only their number."),
    )  # fmt: skip
    next_day = forms.DateField(label=_("Next time"), required=False, widget=DayInput)

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("choose")), *choices_of(Subject)]  # type: ignore[attr-defined]
        self.fields["teachers"].choices = offered  # type: ignore[attr-defined]
        self.fields["teachers"].required = bool(offered) and not self.data.get("others", "").strip()
        if not offered:
            self.fields["teachers"].widget = forms.MultipleHiddenInput()
        for name in ("recommendations", "shared_note", "private_note"):
            self.fields[name].help_text = _("Read by: %(readers)s.") % {"readers": seen_by(f"hour.{name}")}
        length = self.initial.get("minutes")
        if length and length not in LENGTHS:
            self.fields["minutes"].choices = [(n, n) for n in sorted((*LENGTHS, length))]  # type: ignore[attr-defined]

    @property
    def given(self) -> Given:
        """Call it on a valid form; days and hours are by the clock of the centre, which the page goes by."""
        data = self.cleaned_data
        start = timezone.make_aware(datetime.combine(data["day"], data["began"]))
        return Given(
            start=start, end=start + timedelta(minutes=data["minutes"]), way=data["way"], subject=data["subject"],
            topic=squash(data["topic"]), pupils=data["pupils"] or 0, next_day=data["next_day"],
            **{name: data[name].strip() for name in ("recommendations", "shared_note", "private_note")},
        )  # fmt: skip


class NewHourForm(HourForm):
    """May close the request from which it comes; of a slot, who was booked and did not come."""

    missed = forms.TypedMultipleChoiceField(
        label=_("Did not come"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only who was booked and did not come. Of whom you say nothing, nothing is counted."),
    )  # fmt: skip
    closes = forms.BooleanField(label=_("The request is met by this"), required=False, initial=True)

    def __init__(self, *args: Any, has_request: bool, booked: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missed"].choices = booked  # type: ignore[attr-defined]
        if not booked:
            del self.fields["missed"]
        if not has_request:
            del self.fields["closes"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if set(data.get("missed") or ()) & set(data.get("teachers") or ()):
            self.add_error("missed", _("Somebody is marked as there and as absent: leave one of the two."))
        return data


class CorrectionForm(HourForm):
    """``seen`` is the mark of the hour that was shown."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class WithdrawHourForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


def on_form(start: datetime, minutes: int, **facts: Any) -> dict[str, Any]:
    """Initial values of a form."""
    return {"day": timezone.localdate(start), "began": timezone.localtime(start).time(), "minutes": minutes, **facts}
