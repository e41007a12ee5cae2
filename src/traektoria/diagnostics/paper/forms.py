"""Forms of paper: the table, the day of a signature."""

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput, FileArea


class PaperTableForm(forms.Form):
    """One file with answers."""

    file = forms.FileField(
        label=_("The filled table"),
        help_text=_("XLSX or CSV, up to 8 MB. You will see everything before it is written."),
        widget=FileArea({"accept": ".xlsx, .csv"}),
    )


class SignedForm(forms.Form):
    """When the consent was signed."""

    signed = forms.DateField(label=_("Signed on"), widget=DayInput)
