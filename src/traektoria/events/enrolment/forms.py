"""Forms of registration: what is known already is not asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.requests.queries.who import by_surnames


class PeopleForm(forms.Form):
    """Teachers of the school to tick, or any of the centre by surname; of a series, on which dates."""

    people = forms.TypedMultipleChoiceField(
        label=_("Teachers"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Whom to register"), max_length=1000,
        help_text=_("Teachers of the centre by surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    dates = forms.TypedMultipleChoiceField(
        label=_("On which dates"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: all."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, offered: list[tuple[int, str]], by_name: bool, dates: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = offered  # type: ignore[attr-defined]
        self.fields["dates"].choices = dates  # type: ignore[attr-defined]
        del self.fields["people" if by_name else "others"]
        if len(dates) < 2:
            del self.fields["dates"]

    def chosen(self, centre_id: int) -> set[int]:
        """Call it on a valid form. Raises ``Invalid`` for a surname that is nobody's."""
        if "others" in self.fields:
            return by_surnames(self.cleaned_data["others"], centre_id)
        return set(self.cleaned_data["people"])
