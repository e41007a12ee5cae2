"""Forms of certificates: who signs and on which background; who is named; why anew; number and word of a paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import FileArea
from traektoria.events.certificates.enums import NAMED
from traektoria.events.certificates.keywords import number_typed, word_typed
from traektoria.events.certificates.models import CertificateBackground
from traektoria.events.certificates.policies import SHEETS, Signed
from traektoria.events.event.surnames import by_surnames


class IssueForm(forms.Form):
    """Who signs, and the background where the centre has any."""

    post = forms.CharField(label=_("Post of who signs"), max_length=200)
    name = forms.CharField(label=_("Who signs"), max_length=120, help_text=_("As it is printed: “O. V. Kuznetsova”."))
    background = forms.TypedChoiceField(label=_("Background"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, backgrounds: Sequence[CertificateBackground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.backgrounds = {one.pk: one for one in backgrounds}
        if backgrounds:
            own = [(one.pk, one.name) for one in backgrounds]
            self.fields["background"].choices = [*own, ("", _("of the system, with a frame"))]  # type: ignore[attr-defined]
        else:
            del self.fields["background"]

    @property
    def signed(self) -> Signed:
        return Signed(self.cleaned_data["post"], self.cleaned_data["name"])

    @property
    def chosen(self) -> CertificateBackground | None:
        return self.backgrounds.get(self.cleaned_data.get("background") or 0)


class NamedForm(IssueForm):
    """For a talk, for organising: people of the centre by surname."""

    kind = forms.ChoiceField(
        label=_("What it is for"), choices=[(one.value, one.label) for one in NAMED], widget=forms.RadioSelect
    )
    others = forms.CharField(
        label=_("To whom"), max_length=1000,
        help_text=_("People of the centre by surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    field_order = ("kind", "others", "post", "name", "background")

    def people(self, centre_id: int) -> list[int]:
        return sorted(by_surnames(self.cleaned_data["others"], centre_id))


class ReviseForm(IssueForm):
    reason = forms.CharField(label=_("Why anew"), max_length=300, help_text=_("Read by the person."))
    field_order = ("reason", "post", "name", "background")


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is revoked"), max_length=300,
        help_text=_("Read by the person and by whoever checks the paper. No personal data."),
    )  # fmt: skip


class CheckForm(forms.Form):
    """What stands on the paper beside the QR."""

    number = forms.CharField(
        label=_("Number of the certificate"), max_length=40, help_text=_("As it is printed, like 3-2026-0015."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )  # fmt: skip
    word = forms.CharField(
        label=_("Control word"), max_length=40, help_text=_("Ten letters beside the QR."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_number(self) -> tuple[int, int, int]:
        found = number_typed(self.cleaned_data["number"])
        if found is None:
            raise forms.ValidationError(_("The number has three parts, like 3-2026-0015: write all of it."))
        return found

    def clean_word(self) -> str:
        return word_typed(self.cleaned_data["word"])


class BackgroundForm(forms.Form):
    """A picture that fills the sheet."""

    file = forms.FileField(
        label=_("File of the background"), widget=FileArea(attrs={"accept": SHEETS.accept}),
        help_text=_("A lying sheet A4: PNG or JPEG from 1200 points wide, or one page of PDF; to 15 MB."),
    )  # fmt: skip
    name = forms.CharField(label=_("What it is called"), max_length=120)
