"""The form of an announcement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.events.announcements.actions import AnnouncementFacts
from traektoria.events.event.enums import Level
from traektoria.people.enums import Subject


class AnnouncementForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(
        label=_("Who holds it"), max_length=200, help_text=_("The ministry, an institute, a publisher.")
    )
    deadline = forms.DateField(
        label=_("Apply until"), widget=DayInput, help_text=_("The day after, the announcement ends by itself.")
    )
    held = forms.CharField(label=_("When it is held"), max_length=200, required=False)
    link = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    for_whom = forms.CharField(label=_("For whom"), max_length=300, required=False)
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None marked: any.")
    )
    about = forms.CharField(
        label=_("What it is about"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["subjects"].choices = choices_of(Subject)  # type: ignore[attr-defined]

    @property
    def facts(self) -> AnnouncementFacts:
        """Call it on a valid form."""
        data = self.cleaned_data
        return AnnouncementFacts(
            data["kind"], squash(data["title"]), squash(data["source"]), data["deadline"], data["link"], data["level"],
            tuple(data["subjects"]), squash(data["for_whom"]), squash(data["held"]), data["about"].strip(),
        )  # fmt: skip
