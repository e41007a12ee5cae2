"""Forms of the room: short, and nothing is asked that the file says itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.core.figures import file_size
from traektoria.core.forms import FileArea, FilesField
from traektoria.engines.results import Condition
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.results.models import WORK, Dataset, Procedure
from traektoria.results.scales import BOUNDARIES, MOST, check_scale, check_tasks, named_source, named_tasks, scale_of
from traektoria.results.specifications import Work
from traektoria.results.wording import BASES, FIELDS

GRADES = [(grade, str(grade)) for grade in range(1, 12)]
SUBJECTS = [(slug, name) for slug, name in Subject.choices if slug != Subject.PRIMARY]
"""Subjects that are examined: «primary school» is what a teacher teaches, no work is written in it."""
CONDITIONS, CONDITION = 3, ("mark", "points", "tasks", "name")
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
            facts = {"file": large, "limit": file_size(settings.UPLOAD_LIMIT)}
            raise forms.ValidationError(_("«%(file)s» is larger than %(limit)s.") % facts)
        return files


class AnswersForm(forms.Form):
    """Only what the file does not say; nothing is chosen in advance, for a wrong year would pass unseen."""

    procedure = forms.ChoiceField(label=FIELDS["procedure"], choices=Procedure.choices)
    year = forms.TypedChoiceField(label=FIELDS["year"], coerce=int)
    subject = forms.ChoiceField(label=FIELDS["subject"], choices=SUBJECTS)
    grade = forms.TypedChoiceField(label=FIELDS["grade"], coerce=int, choices=GRADES)
    school = forms.ChoiceField(label=FIELDS["school"])
    basis = forms.ChoiceField(label=FIELDS["basis"], choices=BASES.items())

    def __init__(
        self, data: Any, *, missing: Sequence[str], centre: TutorCentre, suggestions: Mapping[str, Any], why: str = ""
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
        if "basis" in self.fields:
            advice = gettext_lazy("Marks and scores, in all tables and pictures, stand on what you choose.")
            self.fields["basis"].help_text = f"{why} {advice}"
        for field in self.fields.values():
            field.choices = [("", gettext_lazy("choose")), *field.choices]  # type: ignore[attr-defined]


class ScaleForm(forms.Form):
    """The scale of a dataset's work: three boundaries, and what a mark needs besides points."""

    min_3 = forms.IntegerField(label=gettext_lazy("«3» from, points"), min_value=1, max_value=MOST)
    min_4 = forms.IntegerField(label=gettext_lazy("«4» from, points"), min_value=1, max_value=MOST)
    min_5 = forms.IntegerField(label=gettext_lazy("«5» from, points"), min_value=1, max_value=MOST)
    max_primary = forms.IntegerField(
        label=gettext_lazy("Highest score of the work"), required=False, min_value=1, max_value=MOST
    )
    source = forms.CharField(
        label=gettext_lazy("Where the scale is from"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("An order, a letter, a specification: readers of the marks see it."),
    )

    def __init__(self, data: Any, *, dataset: Dataset, labels: Sequence[str]) -> None:
        self.dataset, self.labels = dataset, labels
        self.work = {name: getattr(dataset, name) for name in WORK}
        super().__init__(data, initial=self._known())
        for number in range(1, CONDITIONS + 1):
            self.fields |= {f"{name}_{number}": field for name, field in _condition_fields().items()}

    def _known(self) -> dict[str, Any]:
        """The scale in force, as the form shows it; the highest score where the file states it."""
        scale = scale_of(self.dataset.centre, **self.work)
        if scale is None or not scale.complete:
            return {"max_primary": self.dataset.max_primary if self.dataset.maximum_is_stated else None}
        found: dict[str, Any] = {name: getattr(scale, name) for name in (*BOUNDARIES, "max_primary")}
        found["source"] = named_source(scale.source)
        for number, condition in enumerate(scale.conditions[:CONDITIONS], 1):
            told = (condition.mark, condition.points, ", ".join(condition.tasks), condition.name)
            found |= dict(zip((f"{name}_{number}" for name in CONDITION), told, strict=True))
        return found

    @property
    def lines(self) -> list[list[Any]]:
        """Bound fields of the conditions, line by line."""
        return [[self[f"{name}_{number}"] for name in CONDITION] for number in range(1, CONDITIONS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                data["conditions"] = self._conditions(data)
                check_scale([data[name] for name in BOUNDARIES], data["max_primary"], data["conditions"])
                check_tasks(data["conditions"], self.labels)
            except Invalid as refusal:
                raise forms.ValidationError(refusal.sentence) from refusal
        return data

    def _conditions(self, data: Mapping[str, Any]) -> list[Condition]:
        found = []
        for number in range(1, CONDITIONS + 1):
            mark, points, tasks, name = (data.get(f"{field}_{number}") for field in CONDITION)
            if mark or points or tasks or name:
                found.append(Condition(int(mark or 0), points or 0, named_tasks(tasks or ""), name or ""))
        return found

    @property
    def scale(self) -> dict[str, Any]:
        """What was said, as ``enter_scale`` takes it."""
        data = self.cleaned_data
        boundaries = [data[name] for name in BOUNDARIES]
        said = {"maximum": data["max_primary"], "conditions": data["conditions"], "source": data["source"]}
        return {"work": self.work, "boundaries": boundaries, **said}


def _condition_fields() -> dict[str, forms.Field]:
    marks = [("", "–"), *((str(mark), f"«{mark}»") for mark in (3, 4, 5))]
    return {
        "mark": forms.ChoiceField(label=gettext_lazy("For the mark"), required=False, choices=marks),
        "points": forms.IntegerField(
            label=gettext_lazy("at least, points"), required=False, min_value=1, max_value=MOST
        ),
        "tasks": forms.CharField(label=gettext_lazy("for the tasks"), required=False, max_length=300),
        "name": forms.CharField(label=gettext_lazy("what they are"), required=False, max_length=100),
    }


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
