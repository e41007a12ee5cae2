"""Forms of the status and of the list of tutors."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.people.enums import Subject
from traektoria.tutors.profiles.enums import Format
from traektoria.tutors.statuses.policies import within_soon

ALL = _("all")
SHOWN = [
    ("", _("in force")),
    ("ending", format_lazy(_("ends {soon}"), soon=lazy(within_soon, str)())),
    ("suspended", _("suspended")),
    ("ended", _("the status is over")),
]


class TutorFilterForm(forms.Form):
    """Filters of the list, in the address. ``keeps``: the person also looks through what is not in force; ``terms``:
    by the regulation a status ends."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    form = forms.ChoiceField(label=_("Format"), required=False)
    shown = forms.ChoiceField(label=_("Status of a tutor"), required=False)
    free = forms.BooleanField(label=_("Has free places"), required=False)

    def __init__(self, *args: Any, keeps: bool, terms: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("subject", [("", ALL), *choices_of(Subject)])
        self._offer("form", [("", ALL), *choices_of(Format)])
        if keeps:
            self._offer("shown", [choice for choice in SHOWN if terms or choice[0] != "ending"])
        else:
            del self.fields["shown"]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class StatusReasonForm(forms.Form):
    """Why a status is suspended or ended: the person reads it, so it must be said."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Seen by the tutor and by everybody who keeps statuses."),
    )


class EntryForm(forms.Form):
    """From what day somebody is in the community."""

    start = forms.DateField(label=_("A tutor from"), widget=DayInput)


class EarlierForm(forms.Form):
    """The paper that an earlier status rests on."""

    basis_text = forms.CharField(
        label=_("Document"), max_length=300, help_text=_("For example: order of 1 September 2024 No. 45")
    )
    start = forms.DateField(label=_("A tutor from"), widget=DayInput)
    end = forms.DateField(
        label=_("To"), widget=DayInput, required=False, help_text=_("Leave empty where the document names no term.")
    )
