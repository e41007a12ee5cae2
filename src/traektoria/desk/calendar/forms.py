"""Whose calendar, and of what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.engagements import kinds
from traektoria.desk.calendar.scopes import Group


class ChoiceForm(forms.Form):
    """Only what may be looked at is offered."""

    who = forms.ChoiceField(label=_("Whose"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    day = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(slug, kind.label) for slug, kind in kinds().items()]
        self.fields["kind"].choices = [("", _("everything")), *known]  # type: ignore[attr-defined]
        if not groups:
            del self.fields["who"]
            return
        offered = [(group.label, [(one.word, one.label) for one in group.scopes]) for group in groups]
        self.fields["who"].choices = [("", _("My calendar")), *offered]  # type: ignore[attr-defined]
