"""Forms of the room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.core.forms import DayInput, FileArea
from traektoria.organisations import zones
from traektoria.organisations.column_guess import guessed
from traektoria.organisations.enums import PERIOD_CHOICES
from traektoria.organisations.imports import AskedColumn
from traektoria.organisations.models import CalendarPeriod, School, TutorCentre
from traektoria.organisations.queries import school_year as year_row
from traektoria.organisations.school_table import digits_of
from traektoria.organisations.sheets import LIMITS


class TableForm(forms.Form):
    """One file with a table."""

    file = forms.FileField(
        label=_("File with the table"),
        help_text=_("XLSX or CSV, up to 8 MB. You will see everything before it is written."),
        widget=FileArea({"accept": ".xlsx, .csv"}),
        validators=[FileExtensionValidator(["xlsx", "xlsm", "csv", "txt"])],
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.file_bytes:
            raise forms.ValidationError(_("The file is larger than 8 MB."))
        return file


NOT_NEEDED = "none"


class ColumnsForm(forms.Form):
    """«Which column is what?»: a question for each column of a table, with a guess filled in."""

    def __init__(
        self,
        data: Any,
        *,
        asked: Sequence[AskedColumn],
        choices: Sequence[tuple[str, Any]],
        guesses: Sequence[str] | None = None,
    ) -> None:
        super().__init__(data)
        if guesses is None:
            guesses = guessed([(one.title, one.samples) for one in asked], [key for key, _title in choices])
            guesses = [guess if one.guess is None else one.guess for one, guess in zip(asked, guesses, strict=True)]
        for one, guess in zip(asked, guesses, strict=True):
            self.fields[f"column_{one.letter}"] = forms.ChoiceField(
                label=one.title,
                choices=[(NOT_NEEDED, _("not needed")), *choices],
                initial=guess if guess in dict(choices) else NOT_NEEDED,
                help_text=self._samples(one),
            )

    @staticmethod
    def _samples(one: AskedColumn) -> str:
        if not one.samples:
            return _("Column %(letter)s, it is empty") % {"letter": one.letter}
        samples = ", ".join(f"«{sample[:40]}»" for sample in one.samples)
        return _("Column %(letter)s: %(samples)s") % {"letter": one.letter, "samples": samples}

    @property
    def meanings(self) -> dict[str, str]:
        """Letter → key, "" for not needed."""
        said = {name.removeprefix("column_"): key for name, key in self.cleaned_data.items()}
        return {letter: "" if key == NOT_NEEDED else key for letter, key in said.items()}


class SchoolForm(forms.ModelForm[School]):
    """A school by hand."""

    class Meta:
        model = School
        fields = ["name", "full_name", "digits"]
        help_texts = {
            "name": _("As you call it: «School No. 1»."),
            "full_name": _("For documents, as in the charter."),
            "digits": _("Six digits of the school's FIS OKO login: results are recognised by them."),
        }
        widgets = {"full_name": forms.Textarea({"rows": 3}), "digits": forms.TextInput({"inputmode": "numeric"})}

    def clean_digits(self) -> str:
        digits = digits_of(self.cleaned_data["digits"])
        if not digits:
            raise forms.ValidationError(_("Write the digits of the code, for example 220901."))
        return digits


class CentreForm(forms.ModelForm[TutorCentre]):
    """Settings of the centre."""

    class Meta:
        model = TutorCentre
        fields = ["name", "full_name", "founder"]
        help_texts = {"name": _("Stands in the header of every page."), "full_name": _("For documents.")}
        widgets = {"full_name": forms.Textarea({"rows": 3})}

    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False,
        help_text=_("Of the whole municipality: by it days begin and deadlines end."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            ("", _("as the installation: %(zone)s") % {"zone": zones.installation()}), *zones.choices()
        ]  # fmt: skip
        self.initial["time_zone"] = self.instance.municipality.time_zone


class PeriodForm(forms.Form):
    """A dated period; ``school`` empty means all schools of the centre."""

    year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    school = forms.ModelChoiceField(
        School.objects.none(), label=_("School"), required=False, empty_label=_("all schools of the centre")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=PERIOD_CHOICES)
    name = forms.CharField(label=_("Title"), max_length=100)
    start = forms.DateField(label=_("First day"), widget=DayInput)
    end = forms.DateField(label=_("Last day"), widget=DayInput)
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Order, letter or address of a page.")
    )
    confirmed = forms.BooleanField(label=_("Confirmed: the dates are settled"), required=False)

    def __init__(self, *args: Any, centre: TutorCentre, period: CalendarPeriod | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {**_initial(period), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        this = school_year.this_year()
        years = {*range(this - 2, this + 3), *([period.year.start_year] if period else [])}
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (year, school_year.label(year)) for year in sorted(years, reverse=True)
        ]
        self.fields["school"].queryset = centre.schools()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """Arguments of ``actions.save_period``."""
        return {**self.cleaned_data, "year": year_row(self.cleaned_data["year"])}


def _initial(period: CalendarPeriod | None) -> dict[str, Any]:
    if period is None:
        return {}
    names = ("school", "kind", "name", "start", "end", "source", "confirmed")
    return {**{name: getattr(period, name) for name in names}, "year": period.year.start_year}
