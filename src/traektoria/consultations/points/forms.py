"""The form of a point, and that of its closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.points.actions.keeping import PointFacts
from traektoria.consultations.points.enums import PointKind
from traektoria.consultations.points.models import ConsultationPoint
from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Subject


class PointForm(forms.Form):
    """What everybody in the centre reads of it."""

    name = forms.CharField(
        label=_("Name of the point"), max_length=200, help_text=_("For example: mathematics and physics, school No. 5.")
    )
    kind = forms.ChoiceField(label=_("Where it receives"), choices=PointKind.choices)
    school = forms.ModelChoiceField(
        label=_("School of the point"), queryset=School.objects.none(), required=False, empty_label=_("not at a school")
    )
    rooms = forms.CharField(
        label=_("Rooms"), required=False, max_length=500,
        help_text=_("Separated by commas: room 12, methodical room. Two Hours are never in one room at once."),
    )  # fmt: skip
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    contacts = forms.CharField(
        label=_("Contacts"),
        required=False,
        max_length=300,
        help_text=_("Telephone and mail of the point."),
    )
    tutors = forms.TypedMultipleChoiceField(
        label=_("Who receives there"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    subjects = forms.MultipleChoiceField(label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple)
    about = forms.CharField(
        label=_("What one comes with"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    published = forms.BooleanField(
        label=_("Show the point to the centre"), required=False,
        help_text=_("Until then only the coordinators of the centre see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, centre: TutorCentre, offered: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = centre.schools()  # type: ignore[attr-defined]
        self.fields["tutors"].choices = list(offered.items())  # type: ignore[attr-defined]
        self.fields["subjects"].choices = choices_of(Subject)  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """Call it on a valid form: what the actions take."""
        data = self.cleaned_data
        texts = {name: squash(data[name]) for name in ("name", "address", "contacts")}
        facts = PointFacts(
            kind=data["kind"], school=data["school"], about=data["about"].strip(), subjects=tuple(data["subjects"]),
            published=data["published"], **texts,
        )  # fmt: skip
        rooms = [squash(one) for one in data["rooms"].split(",")]
        return {"facts": facts, "rooms": [one for one in rooms if one], "tutors": data["tutors"]}


class ClosePointForm(forms.Form):
    on = forms.DateField(label=_("Closed from"), widget=DayInput)
    reason = forms.CharField(label=_("Why it closes"), max_length=300, help_text=_("Read by everybody of the centre."))


def initial_of(point: ConsultationPoint) -> dict[str, Any]:
    """What the form shows of a point that is there already."""
    own = {name: getattr(point, name) for name in ("name", "kind", "address", "contacts", "about", "subjects")}
    rooms = ", ".join(room.name for room in point.rooms.all())
    tutors = [one.person_id for one in point.receives.all()]
    return {**own, "school": point.school_id, "published": point.published, "rooms": rooms, "tutors": tutors}
