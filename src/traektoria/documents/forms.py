"""The form of the verification page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.documents.codes import LENGTH, normalised


class VerificationForm(forms.Form):
    """A code as it stands at the foot of a document."""

    code = forms.CharField(
        label=_("Code of the document"),
        max_length=40,
        help_text=_("Twelve characters at the foot of each page, like 7KQM-2XAB-94TZ."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = normalised(self.cleaned_data["code"])
        if len(code.replace("-", "")) != LENGTH:
            raise forms.ValidationError(_("The code has twelve letters and digits: look at the foot of the page."))
        return code
