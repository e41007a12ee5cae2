"""Forms of a protocol: what is begun, and the words around its items."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.text import squash
from traektoria.diagnostics.instruments.models import InstrumentVersion


def _titled(version: Any) -> str:
    """A form by its title and kind."""
    title, kind = version.instrument.title, version.instrument.get_kind_display()
    return title if kind.casefold() in title.casefold() else f"{title} ({kind})"


class _Occasion(forms.Form):
    held_on = forms.DateField(label=_("Day"), widget=DayInput())
    about = forms.CharField(
        label=_("Lesson or occasion"),
        required=False,
        max_length=300,
        help_text=_("For example: «5А, addition of fractions» or «first talk»."),
    )

    def clean_about(self) -> str:
        return squash(self.cleaned_data["about"])

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        if day.year < 2000:
            raise forms.ValidationError(_("Check the year."))
        return day


class BeginForm(_Occasion):
    """Which form, when, on what occasion."""

    version = forms.ModelChoiceField(
        label=_("What do you keep?"),
        queryset=InstrumentVersion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("version", "held_on", "about")

    def __init__(self, *args: Any, versions: QuerySet[InstrumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = _titled  # type: ignore[attr-defined]


class WordsForm(_Occasion):
    """The day and the occasion above the items, the conclusion under them."""

    conclusion = forms.CharField(
        label=_("Conclusion"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What works well, what to try next. The teacher reads it when you share the protocol."),
    )

    def clean_conclusion(self) -> str:
        return str(self.cleaned_data["conclusion"]).replace("\0", "").strip()
