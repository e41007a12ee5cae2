"""One form of an hour, made for a telephone: what is known already is filled in."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.hours.actions.giving import GivenHour
from traektoria.consultations.hours.enums import LENGTHS, HourWay
from traektoria.consultations.hours.policies import MOST_PUPILS
from traektoria.consultations.hours.readers import seen_by
from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.people.enums import Subject

TEXTS = ("recommendations", "materials", "shared_note", "private_note")
MOST_STEPS = 5


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
    meant = forms.TypedMultipleChoiceField(
        label=_("Who of them was there"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Several teachers are called so: tick who was there.")},
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
    materials = forms.CharField(
        label=_("Materials"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
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

    def __init__(
        self, *args: Any, offered: list[tuple[int, str]], namesakes: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        """``namesakes``: who may be meant by a surname that was typed, where several are."""
        super().__init__(*args, **kwargs)
        self.fields["meant"].choices = namesakes  # type: ignore[attr-defined]
        if not namesakes:
            del self.fields["meant"]
        self.fields["subject"].choices = [("", _("choose")), *choices_of(Subject)]  # type: ignore[attr-defined]
        self.fields["teachers"].choices = offered  # type: ignore[attr-defined]
        self.fields["teachers"].required = bool(offered) and not self.data.get("others", "").strip()
        if not offered:
            self.fields["teachers"].widget = forms.MultipleHiddenInput()
        for name in TEXTS:
            self.fields[name].help_text = _("Read by: %(readers)s.") % {"readers": seen_by(f"hour.{name}")}
        also = _("Names or links, one a line.")
        self.fields["materials"].help_text = f"{also} {self.fields['materials'].help_text}"
        length = self.initial.get("minutes")
        if length and length not in LENGTHS:
            self.fields["minutes"].choices = [(n, n) for n in sorted((*LENGTHS, length))]  # type: ignore[attr-defined]

    @property
    def given(self) -> GivenHour:
        """Call it on a valid form; days and hours are by the clock of the centre, which the page goes by."""
        data = self.cleaned_data
        start = timezone.make_aware(datetime.combine(data["day"], data["began"]))
        return GivenHour(
            start=start, end=start + timedelta(minutes=data["minutes"]), way=data["way"], subject=data["subject"],
            topic=squash(data["topic"]), pupils=data["pupils"] or 0, next_day=data["next_day"],
            **{name: data[name].strip() for name in TEXTS},
        )  # fmt: skip


class NewHourForm(HourForm):
    """May close the request from which it comes; of a slot, who was booked and did not come; lines for the routes."""

    missed = forms.TypedMultipleChoiceField(
        label=_("Did not come"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only who was booked and did not come. Of whom you say nothing, nothing is counted."),
    )  # fmt: skip
    steps = forms.CharField(
        label=_("Into the route"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 2})
    )
    closes = forms.BooleanField(label=_("The request is met by this"), required=False, initial=True)

    def __init__(
        self, *args: Any, has_request: bool, booked: list[tuple[int, str]], led: Collection[str], **kwargs: Any
    ) -> None:
        """``led``: names of the teachers whose routes can take lines."""
        super().__init__(*args, **kwargs)
        self.fields["steps"].help_text = _(
            "What you have agreed, one a line: it goes into the route of %(names)s. A draft takes it, of an agreed "
            "route the teacher is asked."
        ) % {"names": ", ".join(led)}
        if not led:
            del self.fields["steps"]
        self.fields["missed"].choices = booked  # type: ignore[attr-defined]
        if not booked:
            del self.fields["missed"]
        if not has_request:
            del self.fields["closes"]

    def clean_steps(self) -> list[str]:
        lines = [squash(line) for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > MOST_STEPS:
            raise forms.ValidationError(_("At most %(most)s lines at once."), params={"most": MOST_STEPS})
        return lines

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
