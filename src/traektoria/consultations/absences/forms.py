"""Forms of an absence: who and when, what becomes of each date, the day of coming back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.absences.actions.absences import Away, DateDecision
from traektoria.consultations.absences.enums import Step
from traektoria.consultations.absences.queries.alternatives import LEAVE, TouchedDate
from traektoria.consultations.slots.enums import AbsenceKind
from traektoria.core.forms import DayInput
from traektoria.core.text import whole_number

NUMBER = 12
"""Digits of an edition, at most."""


class AbsenceForm(forms.Form):
    """``tutors``: whom the coordinator chooses of; a tutor writes of themselves."""

    tutor = forms.TypedChoiceField(label=_("Tutor"), coerce=int)
    kind = forms.ChoiceField(label=_("Why"), choices=AbsenceKind.choices)
    start = forms.DateField(label=_("First day"), widget=DayInput)
    end = forms.DateField(label=_("Last day"), widget=DayInput)
    note = forms.CharField(
        label=_("Note for the coordinator"), required=False, max_length=300,
        help_text=_("The coordinator alone reads why and the note; others read only that nobody is there."),
    )  # fmt: skip

    def __init__(self, *args: Any, tutors: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tutors:
            self.fields["tutor"].choices = [("", _("choose")), *tutors]  # type: ignore[attr-defined]
        else:
            del self.fields["tutor"]

    @property
    def away(self) -> Away:
        """Call it on a valid form."""
        data = self.cleaned_data
        return Away(data["start"], data["end"], data["kind"], data["note"])


class DecisionForm(forms.Form):
    """A choice for each date, the proposed one filled in; ``seen`` is the edition of the date that was shown."""

    def __init__(self, *args: Any, dates: Sequence[TouchedDate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in dates:
            choices = [(choice.value, choice.label) for choice in one.choices]
            self.fields[one.name] = forms.ChoiceField(
                label=_("What becomes of it"), choices=choices, initial=one.proposed
            )
            self.fields[f"seen_{one.date.pk}"] = forms.CharField(
                widget=forms.HiddenInput, initial=str(one.date.number), max_length=NUMBER
            )
        self.dates = dates

    @property
    def rows(self) -> list[tuple[TouchedDate, Any, Any]]:
        """(date, field of its choice, hidden field)."""
        return [(one, self[one.name], self[f"seen_{one.date.pk}"]) for one in self.dates]

    @property
    def decisions(self) -> list[DateDecision]:
        """Call it on a valid form."""
        found = [(one, self.cleaned_data[one.name], self.cleaned_data[f"seen_{one.date.pk}"]) for one in self.dates]
        return [_decision(one.date.pk, said, seen) for one, said, seen in found if said != LEAVE]


def _decision(pk: int, said: str, seen: str) -> DateDecision:
    what, _mark, rest = said.partition(":")
    number, step = whole_number(seen), Step(what)
    if step == Step.SUBSTITUTE:
        return DateDecision(pk, number, step, other=int(rest))
    return DateDecision(pk, number, step, start=datetime.fromisoformat(rest) if rest else None)


class BackForm(forms.Form):
    """The tutor is back earlier."""

    last_day = forms.DateField(
        label=_("Last day of the absence"), widget=DayInput,
        help_text=_("A day before the first one means: there was no absence."),
    )  # fmt: skip


class SubstituteForm(forms.Form):
    """Who of ``there`` is replaced by whom of ``others``."""

    tutor_id = forms.TypedChoiceField(label=_("Instead of whom"), coerce=int)
    other_id = forms.TypedChoiceField(label=_("Who receives"), coerce=int)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Stands in the history of the date."))

    def __init__(
        self, *args: Any, there: Sequence[tuple[int, str]], others: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tutor_id"].choices = there  # type: ignore[attr-defined]
        self.fields["other_id"].choices = [("", _("choose")), *others]  # type: ignore[attr-defined]
        self.is_possible = bool(others)
