"""The form of an association."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.people.enums import Subject


class AssociationForm(forms.Form):
    """People are typed by surnames: of the centre."""

    name = forms.CharField(
        label=pgettext_lazy("plan", "Name"), max_length=200, help_text=_("For example: teachers of mathematics.")
    )
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("several")), *Subject.choices], required=False)
    chair = forms.CharField(label=_("Who leads it"), max_length=120, required=False, help_text=_("The surname."))
    members = forms.CharField(
        label=_("Members"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Surnames with commas; people of the centre."),
    )  # fmt: skip
