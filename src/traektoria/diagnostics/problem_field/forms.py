"""Forms of the problem field: short, with nothing asked that is known already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.text import squash
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.enums import DropReason
from traektoria.people.enums import Subject


class DropForm(forms.Form):
    """Why the hypothesis does not hold: all of it optional."""

    reason_kind = forms.ChoiceField(label=_("Why?"), choices=DropReason.of_people, required=False)
    reason = forms.CharField(
        label=_("In your words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class BlockForm(forms.Form):
    """Where the difficulty lies."""

    block = forms.ChoiceField(label=_("Where the difficulty lies"), choices=CompetenceBlock.choices)


class AddForm(forms.Form):
    """A hypothesis without figures."""

    topic = forms.CharField(
        label=_("What is hard or what you would like to do better"),
        help_text=_("For example: how to ask questions so that the whole class thinks, not only three pupils."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    block = forms.ChoiceField(
        label=_("Where the difficulty lies"), choices=CompetenceBlock.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("How you noticed it"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, subjects: list[str], others: bool = True, **kwargs: Any) -> None:
        """``subjects`` stand first, or alone."""
        super().__init__(*args, **kwargs)
        own = [choice for choice in Subject.choices if choice[0] in subjects]
        rest = [choice for choice in Subject.choices if others and choice[0] not in subjects]
        self.fields["subject"].choices = own + rest  # type: ignore[attr-defined]

    def clean_topic(self) -> str:
        return squash(self.cleaned_data["topic"])
