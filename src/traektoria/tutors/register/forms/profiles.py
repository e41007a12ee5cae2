"""Forms of a tutor's profile: words, capacity, rows of the week."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from traektoria.core.text import squash, whole_number
from traektoria.people.enums import Subject
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.policies import WeeklySlot, slots_of
from traektoria.tutors.profiles.week import WEEKDAYS

GRADES = [(number, str(number)) for number in range(1, 12)]
MOST_SLOTS, EMPTY_SLOTS = 42, 2


class CapacityForm(forms.Form):
    """How many teachers a tutor takes."""

    teachers_at_once = forms.IntegerField(
        label=_("Teachers at once"),
        min_value=0,
        max_value=200,
        help_text=_("More are never given to the tutor; 0 stops new ones."),
    )
    hours_a_month = forms.IntegerField(label=_("Hours a month"), min_value=0, max_value=400)


class ProfileForm(CapacityForm):
    """What a tutor offers."""

    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), choices=Subject.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("Classes"), choices=GRADES, coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    formats = forms.MultipleChoiceField(
        label=_("How I work with teachers"),
        choices=Format.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.CharField(
        label=_("Languages"), max_length=300, required=False, help_text=_("With commas: Russian, Ossetian")
    )
    about = forms.CharField(
        label=_("About me as a tutor"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What colleagues may come to you with. Everybody in the centre reads it."),
    )
    field_order = ("about", "subjects", "grades", "formats", "languages", "teachers_at_once", "hours_a_month")

    def clean_languages(self) -> list[str]:
        """Each language once, in the order written."""
        given = (squash(one)[:60] for one in self.cleaned_data["languages"].split(","))
        return list(dict.fromkeys(filter(None, given)))


def initial_of(profile: TutorProfile) -> dict[str, Any]:
    """The form's values of a kept profile."""
    names = ("about", "subjects", "grades", "formats", "teachers_at_once", "hours_a_month")
    return {**{name: getattr(profile, name) for name in names}, "languages": ", ".join(profile.languages)}


class SlotForm(forms.Form):
    """Some hours of a day of the week; an empty day takes the row away."""

    weekday = forms.TypedChoiceField(
        label=_("Day"), choices=[("", "—"), *enumerate(WEEKDAYS)], coerce=int, empty_value=None, required=False
    )
    start = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("weekday") is not None and not self.errors:
            for name in ("start", "end"):
                if given.get(name) is None:
                    self.add_error(name, _("Write the hours of this day."))
        return given

    @property
    def slot(self) -> WeeklySlot | None:
        """The row of a valid form; None for an empty one."""
        given = self.cleaned_data
        if given.get("weekday") is None:
            return None
        return WeeklySlot(given["weekday"], f"{given['start']:%H:%M}", f"{given['end']:%H:%M}")


Slots = formset_factory(SlotForm, extra=EMPTY_SLOTS, max_num=MOST_SLOTS, absolute_max=MOST_SLOTS)


def slots_form(profile: TutorProfile, posted: QueryDict | None) -> "BaseFormSet[SlotForm]":
    """The rows of the week: the kept ones and two empty; «more rows» adds two to what is posted."""
    if posted is None:
        kept = [slot.kept() for slot in slots_of(profile.availability)]
        return Slots(prefix="slots", initial=kept)
    return Slots(prefix="slots", data=with_more(posted) if "more" in posted else posted)


def with_more(posted: QueryDict) -> QueryDict:
    """The posted rows and two empty ones more."""
    data = posted.copy()
    total = whole_number(data.get("slots-TOTAL_FORMS"))
    data["slots-TOTAL_FORMS"] = str(min(MOST_SLOTS, total + EMPTY_SLOTS))
    return data


def chosen_slots(rows: "BaseFormSet[SlotForm]") -> Sequence[WeeklySlot]:
    """The rows of a valid formset that are filled in."""
    return [row.slot for row in rows.forms if row.slot is not None]
