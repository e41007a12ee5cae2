"""Which list, of which year, from which document; its table; its schools."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.core.forms import FileArea, Offered
from traektoria.core.text import TEXT
from traektoria.organisations.enums import HelpReason

MOST_BYTES = 2**20
"""A list of a whole region is a tenth of it: it is read while one waits."""


class ListForm(forms.Form):
    """A file, a pasted table, or neither: then schools are ticked by hand on the next page."""

    reason = forms.ChoiceField(
        label=_("List"), choices=[(one.value, f"{one.short}: {one.label}") for one in HelpReason]
    )
    year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The document of the list: who issued it, its number and day.")
    )
    file = forms.FileField(
        label=_("File with the list"), required=False, widget=FileArea({"accept": ".xlsx, .csv"}),
        help_text=_("XLSX or CSV, up to 1 MB. A list of the whole region will do: yours are found in it."),
        validators=[FileExtensionValidator(["xlsx", "xlsm", "csv", "txt"])],
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the list"), required=False, max_length=5 * TEXT, widget=forms.Textarea({"rows": 5}),
        help_text=_("A table, or a school on each line. Leave both empty to tick schools by hand."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = school_year.this_year()
        years = [(one, school_year.label(one)) for one in (this + 1, this, this - 1, this - 2)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["year"].initial = this

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB. Leave the sheet with the list alone in it."))
        return file

    @property
    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "year", "source")}


class TickForm(forms.Form):
    """The schools of a list. ``seen`` is the edition that the page showed."""

    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The document of the list: who issued it, its number and day.")
    )
    schools = forms.TypedMultipleChoiceField(
        label=_("Schools of the list"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one school, or take the list out.")},
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schools"].choices = Offered([(str(pk), name) for pk, name in choices])  # type: ignore[attr-defined]
