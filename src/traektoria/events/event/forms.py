"""Forms of an event: what is usual is filled in, what is rare is folded away."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.forms import ClockInput
from traektoria.core.forms import DayInput, FileArea
from traektoria.core.text import squash
from traektoria.core.typography import counted
from traektoria.engines.intervals import Interval
from traektoria.engines.recurrence import interval_on
from traektoria.events.event.enums import Level, MaterialTime, Readers, Scope, Way
from traektoria.events.event.facts import FACTS, EventFacts
from traektoria.events.event.models import Event
from traektoria.events.event.policies import FILES, as_long
from traektoria.events.event.queries.form_choices import ELSEWHERE, VIDEO, Offers, schools_named
from traektoria.events.event.surnames import by_surnames
from traektoria.events.event.time_and_place import zone_of
from traektoria.organisations import zones
from traektoria.organisations.models import School

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
USUAL_START, USUAL_END = time(15), time(16, 30)


class EventForm(forms.Form):
    """What, when, where, who leads: the fields of ``facts`` and those below. ``where`` is «video», a point («p7»), a
    room of it («r12»), a school («s3»), or elsewhere, in words. Dates are asked of what is not announced yet."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    start = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    end = forms.TimeField(label=_("Ends at"), widget=ClockInput)
    where = forms.ChoiceField(label=_("Where"))
    others = forms.CharField(
        label=_("Other leaders"), required=False, max_length=500,
        help_text=_("People of the centre by surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    more_days = forms.CharField(
        label=_("Further dates"), required=False, max_length=1000,
        help_text=_("At the same hours: 14.01.2027, 28.01.2027."),
    )  # fmt: skip
    SEEN = ("kind", "title", "day", "start", "end", "where", "place", "places", "leaders", "others")
    DATED = ("day", "start", "end", "more_days")

    def __init__(
        self, *args: Any, offers: Offers, dated: bool = True, kept: Sequence[Interval] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.kept = offers, sorted(kept)
        self.fields |= {name: one.form() for name, one in FACTS.items() if one.form}
        for name, choices in offers.choices.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not offers.choices["categories"]:
            del self.fields["categories"]
        for name in () if dated else self.DATED:
            del self.fields[name]
        self.order_fields([*self.SEEN, *self.folded])

    def clean_more_days(self) -> tuple[date, ...]:
        """Days as people write them; what is none is said."""
        return tuple(sorted({_day(word) for word in re.split(r"[,;\s]+", self.cleaned_data["more_days"]) if word}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["start"] >= data["end"]:
            self.add_error("end", _("It ends before it begins."))
        if data.get("where") == VIDEO and squash(data.get("place", "")):
            self.add_error(
                "where", _("“By video” is chosen, but a place is written: choose where, or clear the place.")
            )
        return data

    @property
    def folded(self) -> list[str]:
        """What is rare, in the order of the facts; further dates after the programme."""
        found = [name for name, one in FACTS.items() if one.folded]
        found.insert(found.index("programme") + 1, "more_days")
        return [name for name in found if name in self.fields]

    @property
    def facts(self) -> EventFacts:
        """Call it on a valid form. Raises ``Invalid`` for a surname that is nobody's."""
        data = self.cleaned_data
        point, room, school = self._where()
        named = by_surnames(data["others"], self.offers.centre.pk)
        said = {name: one.read(data[name]) for name, one in FACTS.items() if one.form and name in data}
        by_video = data["where"] == VIDEO
        said |= {
            "leaders": tuple(dict.fromkeys([*data["leaders"], *sorted(named)])),
            "way": Way.VIDEO if by_video else Way.IN_PERSON, "point": point, "room": room, "school": school,
            "place": "" if by_video else said["place"], "schools": schools_named(data["schools"], self.offers.centre),
        }  # fmt: skip
        return EventFacts(**said)

    def _where(self) -> tuple[ConsultationPoint | None, PointRoom | None, School | None]:
        where = self.cleaned_data["where"]
        if where in (VIDEO, ELSEWHERE):
            return None, None, None
        if where[0] == "s":
            return None, None, School.objects.get(pk=where[1:])
        if where[0] == "p":
            return ConsultationPoint.objects.get(pk=where[1:]), None, None
        room = PointRoom.objects.select_related("point").get(pk=where[1:])
        return room.point, room, None

    @property
    def dates(self) -> list[Interval]:
        """By the clock of the centre. What stood before keeps its length by place: the first says how much longer or
        shorter all of them are. Raises ``Invalid``."""
        data, zone = self.cleaned_data, zones.zone(self.offers.centre.municipality.time_zone)
        days = sorted({data["day"], *data["more_days"]})
        found = [interval_on(day, data["start"], data["end"], zone) for day in days]
        lengths = [one.length for one in self.kept]
        return [
            as_long(one, length + (one.length - lengths[0])) for one, length in zip(found, lengths, strict=False)
        ] + found[len(lengths) :]

    @property
    def redated(self) -> bool:
        """Something was said of the dates: else they stay as they are."""
        return any(name in self.changed_data for name in self.DATED)


def _day(word: str) -> date:
    found = _DAY.fullmatch(word)
    try:
        day, month, year = (int(part) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise forms.ValidationError(_("“%(word)s” is no date."), params={"word": word}) from None


def usual(offers: Offers, me: int | None, today: date) -> dict[str, Any]:
    """What stands in the form at first: a week ahead, after lessons, led by who writes it."""
    day = today + timedelta(days=14)
    leads = [me] if me in dict(offers.choices["leaders"]) else []
    first = offers.choices["where"][0][0]
    return {
        "where": ELSEWHERE if first == VIDEO else first,
        "day": day, "start": USUAL_START, "end": USUAL_END, "places": 30, "leaders": leads, "level": Level.MUNICIPAL,
    }  # fmt: skip


def initial_of(event: Event, facts: EventFacts) -> dict[str, Any]:
    """As the event stands. Its dates are asked for anew at the hours of the first."""
    found = {name: getattr(facts, name) for name in EventFacts.__dataclass_fields__}
    schools = ", ".join(one.school.name for one in event.answers.all())
    found |= {"where": _chosen(facts), "leaders": list(facts.leaders), "others": "", "schools": schools}
    zone, dates = zone_of(event), list(event.dates.all())
    if dates:
        first, *more = [(timezone.localtime(one.start, zone), timezone.localtime(one.end, zone)) for one in dates]
        found |= {"day": first[0].date(), "start": first[0].time(), "end": first[1].time()}
        found["more_days"] = ", ".join(f"{start:%d.%m.%Y}" for start, _end in more)
    return found


def _chosen(facts: EventFacts) -> str:
    if facts.way == Way.VIDEO:
        return VIDEO
    for letter, row in (("r", facts.room), ("p", facts.point), ("s", facts.school)):
        if row is not None:
            return f"{letter}{row.pk}"
    return ELSEWHERE


def _reaches(number: int) -> str:
    return counted(number, "%(n)s participant is told", "%(n)s participants are told")


class MoveForm(forms.Form):
    """A new time; of a series, whether the others move too."""

    scope = forms.ChoiceField(label=_("Which dates"), choices=Scope.choices, widget=forms.RadioSelect)
    day = forms.DateField(label=_("New day"), widget=DayInput)
    start = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    end = forms.TimeField(label=_("Ends at"), widget=ClockInput)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Read by who takes part."))

    def __init__(self, *args: Any, told: Mapping[str, int], **kwargs: Any) -> None:
        """``told``: of a series, how many people each scope reaches."""
        super().__init__(*args, **kwargs)
        if not told:
            del self.fields["scope"]
            return
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (scope, f"{label} – {_reaches(told[scope])}") for scope, label in Scope.choices
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["start"] >= data["end"]:
            self.add_error("end", _("It ends before it begins."))
        return data

    @property
    def to(self) -> Interval:
        """By the clock of the centre, which the page goes by."""
        data = self.cleaned_data
        moments = (datetime.combine(data["day"], data[name]) for name in ("start", "end"))
        return Interval(*map(timezone.make_aware, moments))

    @property
    def chosen(self) -> str:
        """Which dates are meant."""
        return str(self.cleaned_data.get("scope", Scope.ONE))


class CopyForm(forms.Form):
    day = forms.DateField(
        label=_("First day"), widget=DayInput, help_text=_("Further dates keep their distance, hours stay.")
    )


class MaterialForm(forms.Form):
    """An address or a file."""

    time = forms.ChoiceField(label=_("For when"), choices=MaterialTime.choices)
    readers = forms.ChoiceField(label=_("Who reads it"), choices=Readers.choices, initial=Readers.PARTICIPANTS)
    title = forms.CharField(
        label=_("What it is"), max_length=200, required=False, help_text=_("Empty: the name of the file.")
    )
    file = forms.FileField(label=_("File"), required=False, widget=FileArea({"accept": FILES.accept}))
    link = forms.URLField(
        label=_("Or an address"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Of a page, a recording, a large file."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("link")):
            self.add_error("file", _("Give an address or a file."))
        if not self.errors and data.get("link") and not data.get("title"):
            self.add_error("title", _("Say what stands at the address."))
        return data
