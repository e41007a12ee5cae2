"""Forms of bookings: what is known already is not asked."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.bookings.actions.wishing import WaitedFor
from traektoria.consultations.bookings.enums import OUTCOMES, BookingState
from traektoria.consultations.bookings.policies import MOST_TOPIC
from traektoria.consultations.bookings.readers import seen_by
from traektoria.consultations.slots.enums import SlotWay
from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.people.enums import Subject


class FreeForm(forms.Form):
    """Filters of the free hours, in the address."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    tutor = forms.TypedChoiceField(label=_("Tutor"), required=False, coerce=int, empty_value=None)
    way = forms.ChoiceField(label=_("How"), required=False)
    point = forms.TypedChoiceField(label=_("Point of consultation"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, tutors: dict[int, str], points: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {"subject": choices_of(Subject), "tutor": tutors.items(), "way": choices_of(SlotWay)}
        for name, choices in (offered | {"point": points}).items():
            self.fields[name].choices = [("", _("any")), *choices]  # type: ignore[attr-defined]
        if not points:
            del self.fields["point"]


class TopicForm(forms.Form):
    """A place for who is known already."""

    topic = forms.CharField(label=_("What about, if you like"), required=False, max_length=MOST_TOPIC)

    def __init__(self, *args: Any, for_school: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = "booking.topic, of a school" if for_school else "booking.topic"
        self.fields["topic"].help_text = _("Read by: %(readers)s.") % {"readers": seen_by(field)}

    @property
    def topic_said(self) -> str:
        return squash(self.cleaned_data["topic"])


class PlaceForm(TopicForm):
    """A place for somebody: for whom, unless it is known."""

    people = forms.TypedMultipleChoiceField(
        label=_("For whom"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Other teachers"), required=False, max_length=500,
        help_text=_("By surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    field_order = ["people", "others", "topic"]

    def __init__(self, *args: Any, offered: list[tuple[int, str]], others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["people"]
        if not others:
            del self.fields["others"]


class LeaveForm(forms.Form):
    reason = forms.CharField(label=_("Why, if you like"), max_length=300, required=False)


class WishForm(forms.Form):
    """A place in the waiting list: for what, on which days."""

    tutor = forms.TypedChoiceField(label=_("Tutor"), required=False, coerce=int, empty_value=None)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    first_day = forms.DateField(label=_("From"), widget=DayInput)
    last_day = forms.DateField(label=_("Until"), widget=DayInput)
    topic = forms.CharField(label=_("What about, if you like"), required=False, max_length=MOST_TOPIC)

    def __init__(self, *args: Any, tutors: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tutor"].choices = [("", _("any")), *tutors.items()]  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", _("any")), *choices_of(Subject)]  # type: ignore[attr-defined]
        self.fields["topic"].help_text = _("Read by: %(readers)s.") % {"readers": seen_by("booking.topic")}

    def wanted(self, centre_id: int) -> WaitedFor:
        """Call it on a valid form."""
        given = self.cleaned_data
        return WaitedFor(
            centre_id, given["first_day"], given["last_day"], given["tutor"], given["subject"], squash(given["topic"])
        )


def a_month() -> dict[str, date]:
    today = timezone.localdate()
    return {"first_day": today, "last_day": today + timedelta(days=30)}


WORDS = [(state.value, state.label) for state in BookingState if state in OUTCOMES]
"""The four words of absence."""
