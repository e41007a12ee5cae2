"""Forms of Hours of methodical help: what is usual is filled in, what is rare is folded away."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.points.enums import PointKind
from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.actions.editing import Edit, Where
from traektoria.consultations.slots.enums import HourRepeat, SlotWay, Which
from traektoria.consultations.slots.models import HelpDate
from traektoria.consultations.slots.policies import MOST_PLACES
from traektoria.consultations.slots.queries.new_hour import BY_VIDEO
from traektoria.consultations.slots.wanted_hour import WantedHour
from traektoria.consultations.slots.wording import place_words
from traektoria.core.forms import DayInput
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class ClockInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class HelpHourForm(forms.Form):
    """Who, where, when. ``place`` is «video», a point («p7»), or a room of it («r12»)."""

    tutors = forms.TypedMultipleChoiceField(
        label=_("Who receives"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who receives.")},
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where"))
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    start = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    end = forms.TimeField(label=_("Ends at"), widget=ClockInput)
    repeat = forms.ChoiceField(label=_("Comes again"), choices=HourRepeat.choices)
    topic = forms.CharField(
        label=_("Topic"), max_length=200, required=False, help_text=_("If it is always about one thing.")
    )
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None marked: any.")
    )
    last_day = forms.DateField(label=_("Last day"), widget=DayInput, required=False)
    by_hand = forms.CharField(
        label=_("Dates by hand"), required=False, max_length=2000,
        help_text=_("For “on dates by hand”: 14.01.2027, 28.01.2027. The first day counts too."),
    )  # fmt: skip
    slot_minutes = forms.IntegerField(label=_("A meeting lasts, minutes"), min_value=5, max_value=480)
    break_minutes = forms.IntegerField(label=_("Break between meetings, minutes"), min_value=0, max_value=120)
    places = forms.IntegerField(
        label=_("Places in a meeting"), min_value=1, max_value=MOST_PLACES, help_text=_("1: one teacher at a time.")
    )
    together = forms.BooleanField(
        label=_("All tutors lead one group"), required=False,
        help_text=_("Else each receives alone, at the same time."),
    )  # fmt: skip
    MORE = (
        "topic", "subjects", "last_day", "by_hand", "slot_minutes", "break_minutes", "places", "together",
    )  # fmt: skip

    def __init__(self, *args: Any, centre: TutorCentre, tutors: Mapping[int, str], places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre
        self.fields["tutors"].choices = list(tutors.items())  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["subjects"].choices = choices_of(Subject)  # type: ignore[attr-defined]

    def clean_by_hand(self) -> tuple[date, ...]:
        """Days as people write them; what is none is said."""
        text = self.cleaned_data["by_hand"]
        days = []
        for word in re.split(r"[,;\s]+", text.strip()):
            if not word:
                continue
            found = _DAY.fullmatch(word)
            try:
                day, month, year = (int(part) for part in found.groups()) if found else (0, 0, 0)
                days.append(date(year, month, day))
            except ValueError:
                raise forms.ValidationError(_("“%(word)s” is no date."), params={"word": word}) from None
        return tuple(sorted(set(days)))

    @property
    def wanted(self) -> WantedHour:
        """Call it on a valid form."""
        data = self.cleaned_data
        days = (data["first_day"], *data["by_hand"]) if data["repeat"] == HourRepeat.BY_HAND else ()
        point, room = self._place()
        last = max(days) if days else data["last_day"] or self.initial["last_day"]
        return WantedHour(
            centre=self.centre, way=_way(point),
            tutors=tuple(sorted(data["tutors"])), repeat=data["repeat"], first_day=min(days, default=data["first_day"]),
            last_day=last, start=data["start"], end=data["end"], slot_minutes=data["slot_minutes"],
            break_minutes=data["break_minutes"], places=data["places"], point=point, room=room,
            topic=squash(data["topic"]), subjects=tuple(data["subjects"]), together=data["together"], days=days,
        )  # fmt: skip

    def _place(self) -> tuple[ConsultationPoint | None, PointRoom | None]:
        return place_of(self.cleaned_data["place"])


def place_of(word: str) -> tuple[ConsultationPoint | None, PointRoom | None]:
    """What a choice of the field means. One query."""
    if word == BY_VIDEO:
        return None, None
    if word[0] == "r":
        room = PointRoom.objects.select_related("point__school").get(pk=word[1:])
        return room.point, room
    return ConsultationPoint.objects.select_related("school").get(pk=word[1:]), None


def word_of(point: ConsultationPoint | None, room: PointRoom | None) -> str:
    """The choice of the field that means it."""
    if room is not None:
        return f"r{room.pk}"
    return f"p{point.pk}" if point is not None else BY_VIDEO


def _way(point: ConsultationPoint | None) -> SlotWay:
    return SlotWay.VIDEO if point is None or point.kind == PointKind.VIDEO else SlotWay.IN_PERSON


class DropForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Read by who had booked."))


class MoveForm(forms.Form):
    """The date keeps its length and its bookings."""

    day = forms.DateField(label=_("New day"), widget=DayInput)
    start = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Read by who had booked."))

    @property
    def moment(self) -> datetime:
        """By the clock of the centre, which the page goes by."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["start"]))


class EditForm(forms.Form):
    """What a date is: its topic, place, places and times; this one alone, the following ones too, or all of them."""

    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    place = forms.ChoiceField(label=_("Where"))
    places = forms.IntegerField(label=_("Places in a meeting"), min_value=1, max_value=MOST_PLACES)
    start = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    end = forms.TimeField(label=_("Ends at"), widget=ClockInput)
    scope = forms.ChoiceField(label=_("What to change"), widget=forms.RadioSelect, initial=Which.THIS)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Read by who had booked."))
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, date: HelpDate, series: bool, places: Sequence[tuple[str, str]], **kw: Any) -> None:
        """``places`` are offered; where the date is stays possible, also what is out of use now."""
        self.here = word_of(date.point, date.room)
        super().__init__(*args, **kw)
        own = [] if self.here in dict(places) else [(self.here, place_words(date.way, date.point, date.room))]
        self.fields["place"].choices = [*own, *places]  # type: ignore[attr-defined]
        self.fields["scope"].choices = choices_of(Which)[: None if series else 1]  # type: ignore[attr-defined]

    @property
    def edit(self) -> Edit:
        """Call it on a valid form. One query where the place is another one."""
        facts = {name: self.cleaned_data[name] for name in ("topic", "places", "start", "end")}
        if self.cleaned_data["place"] == self.here:
            return Edit(**facts)
        point, room = place_of(self.cleaned_data["place"])
        return Edit(**facts, where=Where(_way(point), point, room))


class EndForm(forms.Form):
    after = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Read by who had booked."))
