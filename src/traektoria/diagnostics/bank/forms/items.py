"""Forms of the bank: the filter of the list, the tags of an item, words for a picture, a file to load."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.forms import Offered
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.diagnostics.items.enums import CompetenceBlock, ItemKind, Level
from traektoria.people.enums import Subject

STATES = [
    ("", gettext_lazy("in use")),
    ("archived", gettext_lazy("in the archive")),
    ("all", gettext_lazy("all")),
]
FILES = ".gift,.txt,.xml,.xlsx,.csv,.zip"


class FilterForm(forms.Form):
    """Which items to show; values of tags are those that occur."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "placeholder": gettext_lazy("words of the item, КЭС, source")}),
    )
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of item"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Show"), required=False, choices=STATES)
    loaded = forms.RegexField(regex=r"\d{1,18}-\d{1,18}", max_length=37, required=False, widget=forms.HiddenInput)
    suspicious = forms.BooleanField(label=gettext_lazy("only those with a doubtful key"), required=False)

    def __init__(self, *args: Any, topics: list[str], sources: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("any"))
        choices = {
            "subject": choices_of(Subject),
            "kind": choices_of(ItemKind),
            "level": [choice for choice in choices_of(Level) if choice[0]],
            "topic": [(value, value) for value in topics],
            "source": [(value, value) for value in sources],
        }
        for name, options in choices.items():
            self.fields[name].choices = Offered([everything, *options])  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What is filtered by; a value that is not offered counts as none."""
        self.is_valid()
        return dict(self.cleaned_data)

    @property
    def narrows(self) -> bool:
        return any(self.asked.values())


class TagsForm(forms.Form):
    """What the item is about: nothing must be filled in, everything helps to find it and to balance forms."""

    name = forms.CharField(
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Seen by you in lists only. Left empty, it is the beginning of the text."),
        required=False,
        max_length=200,
    )
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        help_text=gettext_lazy("Results are read by topics: call the same topic the same."),
        required=False,
        max_length=300,
        widget=forms.TextInput({"list": "topics", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False, choices=Level.choices)
    block = forms.ChoiceField(label=gettext_lazy("Competence block"), required=False)
    kes = forms.CharField(
        label=gettext_lazy("КЭС"), help_text=gettext_lazy("Several with “;”"), required=False, max_length=100
    )
    kt = forms.CharField(
        label=gettext_lazy("КТ"), help_text=gettext_lazy("Several with “;”"), required=False, max_length=100
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"list": "sources", "autocomplete": "off"}),
    )
    labels = forms.CharField(
        label=gettext_lazy("Other tags"), help_text=gettext_lazy("Several with “;”"), required=False, max_length=500
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("subject", Subject.choices), ("block", CompetenceBlock.choices)):
            self.fields[name].choices = [("", gettext_lazy("not stated")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {name: squash(value) for name, value in cleaned.items()}


class PictureForm(forms.Form):
    """What a picture shows."""

    alt = forms.CharField(
        label=gettext_lazy("What the picture shows"),
        help_text=gettext_lazy("Read aloud to those who do not see it. Do not give the answer away."),
        max_length=500,
        widget=forms.TextInput,
    )

    def clean_alt(self) -> str:
        return squash(self.cleaned_data["alt"])
