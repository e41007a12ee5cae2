"""What was reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput, FileArea
from traektoria.core.labels import choices_of
from traektoria.events.results.actions import Result
from traektoria.events.results.models import Place
from traektoria.events.results.policies import SCANS

KEEPERS_ONLY = ("others", "meant", "own")


class ResultForm(forms.Form):
    """``others`` and ``own``: only for who keeps the results, who may write them down for several at once and says
    whose they are; ``meant``: of those who are called as was typed."""

    others = forms.CharField(
        label=_("Whose result"), max_length=500, error_messages={"required": _("Say whose result it is.")},
        help_text=_("By surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    meant = forms.TypedMultipleChoiceField(
        label=_("Who is meant"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    own = forms.BooleanField(label=_("My own result"), required=False)
    place = forms.ChoiceField(label=_("Result"), choices=choices_of(Place), widget=forms.RadioSelect)
    day = forms.DateField(label=_("Day of the result"), widget=DayInput)
    words = forms.CharField(label=_("Nomination or work"), max_length=200, required=False)
    file = forms.FileField(
        label=_("Scan of the diploma"), required=False,
        widget=FileArea({"accept": SCANS.accept}),
        help_text=_("If you change the result, the earlier scan goes: attach the new one."),
    )  # fmt: skip

    def __init__(self, *args: Any, keeps: bool, namesakes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meant"].choices = namesakes  # type: ignore[attr-defined]
        for name in () if keeps else KEEPERS_ONLY:
            del self.fields[name]
        if keeps and not namesakes:
            del self.fields["meant"]
        if keeps and self.data.get("own"):
            self.fields["others"].required = False

    @property
    def result(self) -> Result:
        data = self.cleaned_data
        return Result(data["place"], data["day"], data["words"], data["file"])
