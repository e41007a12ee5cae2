"""Forms of an item that is being considered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.organisations.regulations.criteria import Judged
from traektoria.tutors.commission.enums import RecusalReason, VoteChoice
from traektoria.tutors.commission.models import Judgement
from traektoria.tutors.seats.models import CommissionMember

#: One sign each: the length of what is posted must not tell the choice (ADR 0010).
CODES = {"1": VoteChoice.FOR, "2": VoteChoice.AGAINST, "3": VoteChoice.ABSTAINED}


class JudgementForm(forms.Form):
    """Points by the descriptors and a note for each judged criterion; ``partial`` leaves some for later (autosave)."""

    def __init__(
        self, *args: Any, criteria: Sequence[Judged], mine: Mapping[str, Judgement] | None = None,
        partial: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            have = (mine or {}).get(one.slug)
            self.fields[f"points-{one.slug}"] = forms.TypedChoiceField(
                label=one.title, help_text=one.hint, coerce=int, required=not partial, widget=forms.RadioSelect,
                choices=[(step.points, f"{step.points} — {step.text}") for step in one.descriptors],
                initial=have.points if have else None,
            )  # fmt: skip
            self.fields[f"note-{one.slug}"] = forms.CharField(
                label=_("Note"), max_length=500, required=False, initial=have.note if have else ""
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each criterion with its two fields, for the page."""
        return [
            {"slug": one.slug, "points": self[f"points-{one.slug}"], "note": self[f"note-{one.slug}"]}
            for one in self.criteria
        ]

    def given(self) -> dict[str, tuple[int, str]]:
        """Points and notes of the criteria that have points. Call it on a valid form."""
        data = self.cleaned_data
        slugs = [one.slug for one in self.criteria if data[f"points-{one.slug}"] not in ("", None)]
        return {slug: (data[f"points-{slug}"], data[f"note-{slug}"]) for slug in slugs}


class VoteForm(forms.Form):
    """One choice of three."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=[("1", VoteChoice.FOR.label), ("2", VoteChoice.AGAINST.label), ("3", _("I abstain"))],
        widget=forms.RadioSelect({"autocomplete": "off"}),
    )

    @property
    def chosen(self) -> VoteChoice:
        return CODES[self.cleaned_data["choice"]]


class DiscussionForm(forms.Form):
    """What was said, for the protocol."""

    text = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Questions and answers in short: the protocol prints it."),
    )


class DecisionForm(forms.Form):
    """Reasons of the decision; the day from which a granted status is counted."""

    reasons = forms.CharField(label=_("Reasons"), max_length=5000, widget=forms.Textarea({"rows": 3}))
    start = forms.DateField(label=_("The status begins on"), widget=DayInput, initial=timezone.localdate)

    def __init__(self, *args: Any, granted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if granted:
            self.fields["reasons"].required = False
            self.fields["reasons"].help_text = _("May be empty. The candidate reads them.")
        else:
            del self.fields["start"]
            self.fields["reasons"].help_text = _("The candidate reads them and may appeal.")


class RecusalForm(forms.Form):
    """A conflict of interest that the system can't see: one's own, or for who leads with the choice of whose it is."""

    member = forms.ModelChoiceField(
        CommissionMember.objects.none(), label=_("Who"), empty_label=_("choose a member of the commission")
    )
    reason = forms.ChoiceField(
        label=_("Conflict of interest"),
        choices=[(one.value, one.label) for one in (RecusalReason.RELATIVE, RecusalReason.OTHER)],
    )
    note = forms.CharField(label=_("In a few words"), max_length=300, help_text=_("The protocol names it."))

    def __init__(
        self, *args: Any, members: Sequence[CommissionMember], own: CommissionMember | None = None, **kwargs: Any
    ) -> None:
        """``own`` is the seat of who recuses themselves: nobody else is to be chosen then."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        chosen = [own.pk] if own else [one.pk for one in members]
        field.queryset = CommissionMember.objects.filter(pk__in=chosen).select_related("person")
        if own:
            field.widget, field.initial = forms.HiddenInput(), own.pk


class OpinionForm(forms.Form):
    """A dissenting opinion."""

    text = forms.CharField(label=_("Dissenting opinion"), max_length=5000, widget=forms.Textarea({"rows": 3}))
