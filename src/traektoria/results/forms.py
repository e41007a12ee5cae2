"""Forms of the room: short, and nothing is asked that the file says itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.forms import FileArea, FilesField
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.results.models import Procedure
from traektoria.results.specifications import Work
from traektoria.results.wording import FIELDS

GRADES = [(grade, str(grade)) for grade in range(1, 12)]
SUBJECTS = [(slug, name) for slug, name in Subject.choices if slug != Subject.PRIMARY]
"""Subjects that are examined: «primary school» is what a teacher teaches, no work is written in it."""
TABLE_FILES = ".xlsx, .csv"


class UploadForm(forms.Form):
    """Files of results, several at once."""

    file = FilesField(
        label=gettext_lazy("Files with results"),
        help_text=gettext_lazy("As they were downloaded: exports, collection forms, Ф1, Ф3, CSV. Nothing to rename."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = TABLE_FILES

    def clean_file(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["file"]
        large = next((file.name for file in files if file.size > settings.UPLOAD_LIMIT), None)
        if large:
            facts = {"file": large, "limit": filesizeformat(settings.UPLOAD_LIMIT)}
            raise forms.ValidationError(_("«%(file)s» is larger than %(limit)s.") % facts)
        return files


class AnswersForm(forms.Form):
    """Only what the file does not say; nothing is chosen in advance, for a wrong year would pass unseen."""

    procedure = forms.ChoiceField(label=FIELDS["procedure"], choices=Procedure.choices)
    year = forms.TypedChoiceField(label=FIELDS["year"], coerce=int)
    subject = forms.ChoiceField(label=FIELDS["subject"], choices=SUBJECTS)
    grade = forms.TypedChoiceField(label=FIELDS["grade"], coerce=int, choices=GRADES)
    school = forms.ChoiceField(label=FIELDS["school"])

    def __init__(
        self, data: Any, *, missing: Sequence[str], centre: TutorCentre, suggestions: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(suggestions))
        for name in set(self.fields) - set(missing):
            del self.fields[name]
        if "year" in self.fields:
            this = timezone.localdate().year
            self.fields["year"].choices = [(year, str(year)) for year in range(this, this - 12, -1)]  # type: ignore[attr-defined]
        if "school" in self.fields:
            schools = centre.schools().values_list("digits", "name")
            self.fields["school"].choices = [(f"sch{digits}", name) for digits, name in schools]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.choices = [("", gettext_lazy("choose")), *field.choices]  # type: ignore[attr-defined]


class SpecificationForm(forms.Form):
    """One file of a specification; the work is asked only where the name of the file does not say it."""

    file = forms.FileField(
        label=gettext_lazy("File of the specification"),
        help_text=gettext_lazy("Tasks with skills and planned results, or a list of КЭС or КТ codes with their names."),
        widget=FileArea({"accept": ".xlsx"}),
    )
    procedure = forms.ChoiceField(
        label=FIELDS["procedure"], required=False, choices=[("", gettext_lazy("as the name says")), *Procedure.choices]
    )
    year = forms.IntegerField(label=FIELDS["year"], required=False, min_value=2000, max_value=2100)
    subject = forms.ChoiceField(
        label=FIELDS["subject"], required=False, choices=[("", gettext_lazy("as the name says")), *SUBJECTS]
    )
    grade = forms.TypedChoiceField(
        label=FIELDS["grade"],
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext_lazy("as the name says")), *GRADES],
    )

    @property
    def work(self) -> Work:
        data = self.cleaned_data
        return Work(data["procedure"] or None, data["year"], data["subject"] or None, data["grade"])
