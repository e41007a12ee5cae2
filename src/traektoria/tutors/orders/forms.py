"""Forms of the head's orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.tutors.orders.enums import OrderKind
from traektoria.tutors.orders.models import StaffOrder

APPOINTMENT_ONLY = ("end", "duties")


class OrderForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of a draft. An order of release has a reason, an appointment has duties and may have an end."""

    class Meta:
        model = StaffOrder
        fields = ("effective", "end", "position", "reason", "grounds", "duties", "control")
        widgets = {
            "effective": DayInput,
            "end": DayInput,
            "reason": forms.Textarea(attrs={"rows": 2}),
            "grounds": forms.Textarea(attrs={"rows": 4}),
            "duties": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"effective": _("In force from"), "end": _("Until"), "position": _("Position of the tutor")}
        help_texts = {
            "end": _("Only where the appointment is for a time, for example while a project site works."),
            "position": _("As in the staff list, in the nominative: it is declined by itself."),
            "grounds": _("Each ground on a line of its own: they are printed under the text of the order."),
            "duties": _("Each duty on a line of its own."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        releases = self.instance.kind == OrderKind.RELEASE
        for name in APPOINTMENT_ONLY if releases else ("reason",):
            del self.fields[name]
        if releases:
            self.fields["reason"].required = True


class ReleaseForm(forms.Form):
    """The beginning of an order of release."""

    effective = forms.DateField(
        label=_("Released from"), widget=DayInput, help_text=_("From this day the person is no longer a tutor.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As it is printed: «at the tutor's own application of 5 September 2026»."),
    )  # fmt: skip


class SignForm(forms.Form):
    """Number, date and who signs."""

    number = forms.CharField(label=_("Number of the order"), max_length=40, help_text=_("As in the book of orders."))
    day = forms.DateField(label=_("Date of the order"), widget=DayInput)
    signer_position = forms.CharField(label=_("Position of the one who signs"), max_length=300)
    signer_name = forms.CharField(
        label=_("Surname and initials of the one who signs"), max_length=300, help_text=_("As under the order.")
    )
