"""What is taken away: which columns, as what file, of hours for which days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput

XLSX_FORM, CSV_FORM, PDF_FORM = "xlsx", "csv", "pdf"
FORMS = [(XLSX_FORM, _("a table (XLSX)")), (CSV_FORM, _("a text table (CSV)")), (PDF_FORM, _("on paper (PDF)"))]


class ListForm(forms.Form):
    columns = forms.MultipleChoiceField(
        label=_("Columns"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one column.")},
    )  # fmt: skip
    form = forms.ChoiceField(label=_("As what"), choices=FORMS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, columns: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = list(columns.items())  # type: ignore[attr-defined]


class PeriodForm(ListForm):
    first = forms.DateField(label=_("From the day"), widget=DayInput)
    last = forms.DateField(label=_("To the day"), widget=DayInput)
    field_order = ("first", "last", "columns", "form")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", _("The last day is before the first one."))
        return data
