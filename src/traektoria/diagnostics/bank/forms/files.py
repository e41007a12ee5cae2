"""Forms of files of questions: one to load, and which to save."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.figures import file_size
from traektoria.core.forms import FileArea
from traektoria.core.text import squash
from traektoria.diagnostics.bank.forms.items import FILES
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.people.enums import Subject


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
