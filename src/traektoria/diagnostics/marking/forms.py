"""Points by criterion for one extended answer."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from traektoria.core.figures import figure
from traektoria.diagnostics.campaigns.forms import MarkersChoice
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.items.kinds.extended import Extended
from traektoria.diagnostics.items.pieces.content import Criterion
from traektoria.diagnostics.marking.policies import steps_of
from traektoria.people.models import Person

MOST_NOTE = 500


class MarkingForm(forms.Form):
    """A row of circles for each criterion, and a note; ``partial`` leaves some for later (autosave)."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=MOST_NOTE, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the third marker, if one is asked; nobody else reads this."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, content: Extended, points: Mapping[str, str], partial: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        for place, criterion in enumerate(content.criteria):
            self.fields[f"k{place}"] = forms.TypedChoiceField(
                label=f"{criterion.code}. {criterion.title}",
                help_text=" · ".join(criterion.descriptors),
                choices=[(str(step), figure(step, _places(step))) for step in steps_of(criterion)],
                coerce=Decimal,
                empty_value=None,
                required=not partial,
                widget=forms.RadioSelect(attrs={"class": "points"}),
                initial=_known(criterion, points),
            )
        self.order_fields([*(f"k{place}" for place in range(len(content.criteria))), "note"])

    @property
    def criteria(self) -> Iterator[forms.BoundField]:
        return (self[f"k{place}"] for place in range(len(self.content.criteria)))

    @property
    def points(self) -> dict[str, Decimal | None]:
        """What was given, by the code of the criterion."""
        codes = enumerate(one.code for one in self.content.criteria)
        return {code: self.cleaned_data.get(f"k{place}") for place, code in codes}


def _places(step: Decimal) -> int:
    return 0 if step == int(step) else 1


def _known(criterion: Criterion, points: Mapping[str, str]) -> str | None:
    given = points.get(criterion.code)
    return None if given is None else next((str(s) for s in steps_of(criterion) if s == Decimal(given)), None)


class MarkersForm(forms.Form):
    """Who marks a work, also after the closing."""

    markers = MarkersChoice(label=_("Who marks"), queryset=Person.objects.none())

    def __init__(self, *args: Any, part: CampaignPart, tutors: QuerySet[Person], **kwargs: Any) -> None:
        kwargs |= {"initial": {"markers": part.markers.all()}, "auto_id": f"part-{part.pk}-%s"}
        super().__init__(*args, **kwargs)
        self.fields["markers"].queryset = tutors  # type: ignore[attr-defined]
