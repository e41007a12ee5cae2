"""Forms of a campaign: its facts, a part, whom to invite."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.text import WORDS
from traektoria.core.word_search import asked, fits
from traektoria.diagnostics.campaigns.models import Campaign, CampaignPart
from traektoria.diagnostics.campaigns.queries.campaigns import Candidate
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.people.enums import Subject
from traektoria.people.models import Person

DAYS = timedelta(days=14)
LAST_MINUTE = time(23, 59)


def clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WindowForm(forms.Form):
    """First and last moment. Whoever leaves the hours alone gets whole days."""

    start_day = forms.DateField(label=_("First day"), widget=DayInput)
    start_time = forms.TimeField(label=_("from what hour"), widget=clock(), initial=time(0, 0))
    end_day = forms.DateField(label=_("Last day"), widget=DayInput)
    end_time = forms.TimeField(label=_("until what hour"), widget=clock(), initial=LAST_MINUTE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["start"] = _moment(given.pop("start_day", None), given.pop("start_time", None))
        given["end"] = _moment(given.pop("end_day", None), given.pop("end_time", None))
        if given["start"] and given["end"] and given["end"] <= given["start"]:
            self.add_error("end_day", _("The last day must come after the first one."))
        return given


class CampaignForm(WindowForm):
    """What for, on what ground, when. People read the title and the purpose before they agree."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("For example: «September diagnostics: mathematics»")
    )
    purpose = forms.CharField(
        label=_("What for"),
        max_length=1000,
        help_text=_("Teachers read it before they agree. For example: «To make learning routes for the year.»"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    basis = forms.CharField(
        label=_("The basis"), max_length=300, help_text=_("An order or the plan of the centre, with date and number")
    )
    grace_minutes = forms.IntegerField(
        label=_("Late answers are taken for, minutes"),
        min_value=0,
        max_value=1440,
        initial=30,
        help_text=_("For those whose line was down when the time ended: answers given before the end, sent later."),
    )
    field_order = ("title", "purpose", "basis", "start_day", "start_time", "end_day", "end_time", "grace_minutes")

    def __init__(self, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {**_initial(campaign), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class RepeatForm(WindowForm):
    """When to measure again."""


class ProlongForm(forms.Form):
    """A later end."""

    end_day = forms.DateField(label=_("Last day"), widget=DayInput)
    end_time = forms.TimeField(label=_("until what hour"), widget=clock())

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        given = _initial(campaign)
        kwargs["initial"] = {name: given[name] for name in ("end_day", "end_time")}
        super().__init__(*args, **kwargs)

    @property
    def end(self) -> datetime:
        """Call it on a valid form."""
        return _exact(self.cleaned_data["end_day"], self.cleaned_data["end_time"])


class VersionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Works and questionnaires by their titles."""

    def label_from_instance(self, obj: InstrumentVersion) -> str:
        instrument = obj.instrument
        subject = f", {instrument.get_subject_display()}" if instrument.subject else ""
        return f"{instrument.title} ({instrument.get_kind_display()}{subject})"


class PartForm(forms.Form):
    """One more work."""

    version = VersionChoice(
        label=_("Work or questionnaire"), queryset=InstrumentVersion.objects.none(), empty_label=_("choose")
    )

    def __init__(self, *args: Any, versions: QuerySet[InstrumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions  # type: ignore[attr-defined]


class MarkersChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Tutors by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class PartEditForm(forms.Form):
    """How a part is sat and who marks it."""

    adaptive = forms.BooleanField(
        label=_("The next item is chosen by the answers"),
        required=False,
        help_text=_("Fewer items for the same exactness. Needs a bank whose difficulties are known."),
    )
    markers = MarkersChoice(
        label=_("Who marks the full solutions"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Markers see answers without names. Where two judge every answer, name three: one decides."),
    )

    def __init__(
        self, *args: Any, part: CampaignPart, tutors: QuerySet[Person], judged: bool, can_adapt: bool, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"adaptive": part.adaptive, "markers": part.markers.all()}
        super().__init__(*args, **kwargs)
        self.fields["markers"].queryset = tutors  # type: ignore[attr-defined]
        if not judged:
            del self.fields["markers"]
        if not can_adapt:
            del self.fields["adaptive"]
        self.part = part

    def facts(self) -> dict[str, Any]:
        """Arguments of ``change_part``. Call it on a valid form."""
        data = self.cleaned_data
        return {"adaptive": data.get("adaptive", self.part.adaptive), "markers": data.get("markers", [])}


class PeopleForm(forms.Form):
    """Filters of «whom to invite», in the address."""

    q = forms.CharField(max_length=WORDS, label=_("Name"), required=False, widget=forms.SearchInput)
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("all")), *Subject.choices], required=False)
    novice = forms.BooleanField(label=_("Only young specialists: up to three years of teaching"), required=False)
    school = forms.MultipleChoiceField(
        label=_("Schools"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: all")
    )

    def __init__(self, *args: Any, people: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = {str(one.school_id): one.school for one in people}
        self.fields["school"].choices = list(schools.items())  # type: ignore[attr-defined]
        if not any(one.novice for one in people):
            del self.fields["novice"]

    def chosen(self, people: list[Candidate]) -> list[Candidate]:
        """Those whom the filters let through."""
        if not self.is_valid():
            return people
        wanted, schools = self.cleaned_data, set(self.cleaned_data["school"])
        words = asked(wanted["q"])
        return [
            one
            for one in people
            if (not schools or str(one.school_id) in schools)
            and (not wanted["subject"] or wanted["subject"] in one.subjects)
            and (not wanted.get("novice") or one.novice)
            and fits(words, one.name)
        ]


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return None if day is None or hour is None else _exact(day, hour)


def _exact(day: date, hour: time) -> datetime:
    """A last minute of 23:59 is the end of the day."""
    return timezone.make_aware(datetime.combine(day, hour.replace(second=59) if hour == LAST_MINUTE else hour))


def _initial(campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        return {"start_day": tomorrow, "end_day": tomorrow + DAYS}
    start, end = timezone.localtime(campaign.start), timezone.localtime(campaign.end)
    names = ("title", "purpose", "basis", "grace_minutes")
    window = {"start_day": start.date(), "start_time": start.time(), "end_day": end.date(), "end_time": end.time()}
    return {**{name: getattr(campaign, name) for name in names}, **window}
