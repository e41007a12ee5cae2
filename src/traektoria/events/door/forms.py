"""Who came without a registration, as it is typed at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 120


class GuestForm(forms.Form):
    name = forms.CharField(
        label=_("Surname and name"), max_length=LONGEST, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("A teacher of the centre is recognised, anybody else is a guest."),
        error_messages={"required": _("Write who came: surname and name.")},
    )  # fmt: skip
    work = forms.CharField(
        label=_("School (if you know it)"), required=False, max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
