"""The form of a visitor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.labels import choices_of
from traektoria.events.observing.criteria import SeenInLesson


class ObservationForm(forms.Form):
    """A line for each thing to look at, called by its slug with ``see_``."""

    def __init__(self, *args: Any, criteria: tuple[tuple[str, Any], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slugs = [slug for slug, _title in criteria]
        for slug, title in criteria:
            self.fields[f"see_{slug}"] = forms.ChoiceField(
                label=title, choices=choices_of(SeenInLesson), widget=forms.RadioSelect
            )
        for name, label in (("takes", _("What I take for my lessons")), ("asks", _("A question or a piece of advice"))):
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
            )

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        marks = {slug: data[f"see_{slug}"] for slug in self.slugs}
        return {"marks": marks, "takes": data["takes"], "asks": data["asks"]}


class CountForm(forms.Form):
    """For which item of the own route."""

    item = forms.TypedChoiceField(label=_("Item of my route"), coerce=int)

    def __init__(self, *args: Any, items: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items  # type: ignore[attr-defined]
