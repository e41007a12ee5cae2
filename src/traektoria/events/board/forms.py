"""Filters of the list of events, in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.labels import choices_of
from traektoria.events.board.queries.events import Wanted, chosen_month
from traektoria.people.enums import Subject


class FilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"kind": kinds, "subject": choices_of(Subject), "month": months}
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("any")), *offered]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What is no choice is not looked for."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Wanted(data.get("kind", ""), data.get("subject", ""), chosen_month(data.get("month", "")))
