"""What was reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput, FileArea
from traektoria.core.labels import choices_of
from traektoria.events.results.actions import KINDS, Result
from traektoria.events.results.models import Place


class ResultForm(forms.Form):
    """``others``: only for who keeps the results, who may write them down for several at once."""

    others = forms.CharField(
        label=_("Whose result"), required=False, max_length=500,
        help_text=_("By surname, with the name if there are several; separated by commas. Empty: your own."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Result"), choices=choices_of(Place), widget=forms.RadioSelect)
    day = forms.DateField(label=_("Day of the result"), widget=DayInput)
    words = forms.CharField(label=_("Nomination or work"), max_length=200, required=False)
    file = forms.FileField(
        label=_("Scan of the diploma"), required=False,
        widget=FileArea({"accept": ",".join(f".{kind}" for kind in sorted(KINDS))}),
    )  # fmt: skip

    def __init__(self, *args: Any, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not keeps:
            del self.fields["others"]

    @property
    def result(self) -> Result:
        data = self.cleaned_data
        return Result(data["place"], data["day"], data["words"], data["file"])
