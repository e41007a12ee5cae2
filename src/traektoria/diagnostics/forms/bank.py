"""Forms of the bank: the filter of the list, the tags of an item, words for a picture, a file to load."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import file_size
from traektoria.core.forms import FileArea
from traektoria.core.text import squash
from traektoria.diagnostics.enums import CompetenceBlock, ItemKind, Level
from traektoria.people.enums import Subject

ANY = gettext_lazy("any")
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
        self._offer("subject", Subject.choices)
        self._offer("kind", ItemKind.choices)
        self._offer("level", [choice for choice in Level.choices if choice[0]])
        self._offer("topic", [(value, value) for value in topics])
        self._offer("source", [(value, value) for value in sources])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", ANY), *choices]  # type: ignore[attr-defined]

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


class BankFileForm(forms.Form):
    """A file of questions."""

    file = forms.FileField(
        label=gettext_lazy("File with questions"),
        help_text=gettext_lazy("GIFT, Moodle XML, Aiken, QTI (XML or ZIP), a table XLSX or CSV"),
        widget=FileArea({"accept": FILES}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s. Split it into several.")
                % {"limit": file_size(settings.UPLOAD_LIMIT)}
            )
        return file


class TakeForm(forms.Form):
    """What the questions of a file do not say themselves."""

    subject = forms.ChoiceField(
        label=gettext_lazy("Subject"), required=False, help_text=gettext_lazy("Of all questions of this file.")
    )
    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        help_text=gettext_lazy("For questions without a topic of their own."),
        required=False,
        max_length=300,
    )
    block = forms.ChoiceField(
        label=gettext_lazy("Competence block"),
        help_text=gettext_lazy("For questions without a block of their own."),
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("For questions without a source of their own."),
        required=False,
        max_length=300,
    )
    changed = forms.ChoiceField(
        label=gettext_lazy("Questions whose code is known and whose text is another one"),
        choices=[
            ("skip", gettext_lazy("leave out")),
            ("renew", gettext_lazy("write as new versions")),
            ("add", gettext_lazy("add as items of their own")),
        ],
        initial="skip",
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("subject", Subject.choices), ("block", CompetenceBlock.choices)):
            self.fields[name].choices = [("", gettext_lazy("not stated")), *choices]  # type: ignore[attr-defined]

    def clean_changed(self) -> str:
        return self.cleaned_data["changed"] or "skip"

    @property
    def defaults(self) -> dict[str, str]:
        names = ("subject", "topic", "block", "source")
        return {name: squash(self.cleaned_data[name]) for name in names if self.cleaned_data[name]}
