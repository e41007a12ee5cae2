"""Forms about what was done: under a minute each."""

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput, FileArea
from traektoria.planning.fulfilment.actions.doing import DeedText
from traektoria.planning.fulfilment.policies import FILES


class DeedForm(forms.Form):
    """Something was done; evidence is a link or a few words."""

    what = forms.CharField(label=_("What was done"), max_length=300)
    day = forms.DateField(label=_("Day"), widget=DayInput)
    note = forms.CharField(
        label=_("Result"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("How many came, what came of it. No names of pupils, please."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https",
        help_text=_("To materials, a page, a photo in your cloud."),
    )  # fmt: skip

    file = forms.FileField(
        label=_("File"), required=False, widget=FileArea(attrs={"accept": FILES.accept}),
        help_text=_("A list of those who came, a programme, a photo without pupils. More can be attached later."),
    )  # fmt: skip

    @property
    def told(self) -> DeedText:
        """Call it on a valid form."""
        return DeedText(**self.cleaned_data)


class DeedFileForm(forms.Form):
    """One more file for what was done."""

    file = forms.FileField(label=_("File"), widget=FileArea(attrs={"accept": FILES.accept}))


class MoveForm(forms.Form):
    """Another last day."""

    day = forms.DateField(label=_("Until which day"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=300)
