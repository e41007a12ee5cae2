"""Forms of programmes, of a tutorial that is held, of tasks and self-work."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import FileArea, FilesArea, FilesField
from traektoria.core.labels import choices_of
from traektoria.core.text import squash
from traektoria.diagnostics.models import Campaign
from traektoria.engines.intervals import Interval
from traektoria.engines.recurrence import interval_on
from traektoria.events.event.forms import EventForm
from traektoria.events.event.models import Event
from traektoria.events.tutorials.actions.holding import TaskFacts
from traektoria.events.tutorials.actions.programmes import ProgrammeFacts
from traektoria.events.tutorials.content import Module
from traektoria.events.tutorials.models import SelfTask, TutorialProgramme
from traektoria.events.tutorials.policies import FILES, check_dates
from traektoria.events.tutorials.queries.entry_and_exit import campaigns_for
from traektoria.organisations import zones
from traektoria.people.enums import Subject

EARLY = _("Can be handed in before the meeting too")
EARLY_HELP = _("Else it is taken from the day of the meeting on.")


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProgrammeForm(forms.Form):
    """What is written of the whole programme."""

    title = forms.CharField(label=_("Title"), max_length=200)
    about = forms.CharField(label=_("What it is about"), required=False, max_length=4000, widget=_long(4))
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None marked: any.")
    )
    classes = forms.CharField(label=_("Classes"), max_length=60, required=False, help_text=_("For example: 5–6."))
    materials = forms.CharField(
        label=_("Materials"), required=False, max_length=4000, widget=_long(3),
        help_text=_("A line each, the address at its end: “Tasks for the first meeting https://…”."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].choices = choices_of(Subject)  # type: ignore[attr-defined]

    @property
    def facts(self) -> ProgrammeFacts:
        """Call it on a valid form."""
        data = self.cleaned_data
        return ProgrammeFacts(
            squash(data["title"]), data["about"].strip(), tuple(data["subjects"]), squash(data["classes"]),
            data["materials"].strip(),
        )  # fmt: skip


def written(row: TutorialProgramme) -> dict[str, Any]:
    """As the programme stands."""
    return {
        "title": row.title, "about": row.about, "subjects": row.subject_list, "classes": row.classes,
        "materials": row.materials,
    }  # fmt: skip


class TakeForm(forms.Form):
    """A programme that another centre gave away."""

    file = forms.FileField(
        label=_("File of the programme"), widget=FileArea(attrs={"accept": ".json"}),
        help_text=_("As “Give away as a file” makes it on the page of a programme."),
    )  # fmt: skip


class ModuleForm(forms.Form):
    """A meeting, and the self-work that follows it."""

    title = forms.CharField(label=_("Topic of the meeting"), max_length=200)
    minutes = forms.IntegerField(label=_("How long, minutes"), min_value=15, max_value=600)
    steps = forms.CharField(
        label=_("What is done there"), required=False, max_length=2000, widget=_long(4),
        help_text=_("A line a step."),
    )  # fmt: skip
    task = forms.CharField(
        label=_("Self-work after it"), required=False, max_length=200,
        help_text=_("In a few words. Empty: none follows."),
    )  # fmt: skip
    text = forms.CharField(label=_("What to do"), required=False, max_length=4000, widget=_long(4))
    link = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    days = forms.IntegerField(label=_("Days for it"), min_value=1, max_value=120)
    effort = forms.IntegerField(label=_("How many minutes count"), min_value=0, max_value=1200)
    early = forms.BooleanField(label=EARLY, required=False, help_text=EARLY_HELP)

    @property
    def module(self) -> Module:
        """Call it on a valid form."""
        data = self.cleaned_data
        return Module(
            squash(data["title"]), data["minutes"], data["steps"].strip(), squash(data["task"]), data["text"].strip(),
            data["link"], data["days"], data["effort"], data["early"],
        )  # fmt: skip


class HoldForm(EventForm):
    """An event of a programme: its meetings last as the programme says, and each has a day."""

    LEFT_OUT = ("end", "programme")
    FIRST = ("kind", "title", "day", "more_days", "start", "where", "place", "places", "leaders", "others")

    def __init__(self, *args: Any, modules: Sequence[Module], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules
        for name in self.LEFT_OUT:
            del self.fields[name]
        self.fields["day"].label = _("Day of the first meeting")
        self.fields["more_days"].label = _("Days of the other meetings")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["programme"] = ""
        if data.get("start") and any(_ends(data["start"], one).days for one in self.modules):
            self.add_error("start", _("A meeting would end after midnight."))
        return data

    @property
    def dates(self) -> list[Interval]:
        """By the clock of the centre. Raises ``Invalid`` where there is not a day for each meeting."""
        data, zone = self.cleaned_data, zones.zone(self.offers.centre.municipality.time_zone)
        days = sorted({data["day"], *data["more_days"]})
        check_dates(self.modules, days)
        pairs = zip(days, self.modules, strict=True)
        return [interval_on(day, data["start"], _clock(_ends(data["start"], one)), zone) for day, one in pairs]

    @property
    def folded(self) -> list[str]:
        return [name for name in super().folded if name != "more_days"]

    @property
    def asked(self) -> list[Any]:
        return [self[name] for name in self.FIRST]


def _ends(start: time, module: Module) -> timedelta:
    """Since midnight."""
    return timedelta(hours=start.hour, minutes=start.minute + module.minutes)


def _clock(since_midnight: timedelta) -> time:
    return (datetime.min + since_midnight).time()


class TaskForm(forms.Form):
    """Self-work of a tutorial that is held."""

    title = forms.CharField(label=_("In a few words"), max_length=200)
    text = forms.CharField(label=_("What to do"), required=False, max_length=4000, widget=_long(4))
    link = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    meeting = forms.TypedChoiceField(label=_("Meeting before the task"), coerce=int)
    days = forms.IntegerField(
        label=_("Days for it"), min_value=1, max_value=120,
        help_text=_("If the meeting is moved, the term moves with it."),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("How many minutes count"), min_value=0, max_value=1200)
    early = forms.BooleanField(label=EARLY, required=False, help_text=EARLY_HELP)

    def __init__(self, *args: Any, meetings: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]

    @property
    def facts(self) -> TaskFacts:
        """Call it on a valid form."""
        data = self.cleaned_data
        return TaskFacts(
            squash(data["title"]), data["meeting"], data["days"], data["minutes"], data["text"].strip(), data["link"],
            data["early"],
        )  # fmt: skip


def task_as_written(task: SelfTask) -> dict[str, Any]:
    return {name: getattr(task, name) for name in ("title", "text", "link", "meeting", "days", "minutes", "early")}


class HandInForm(forms.Form):
    text = forms.CharField(
        label=_("Your work, or a few words about it"), required=False, max_length=4000, widget=_long(8)
    )
    link = forms.URLField(
        label=_("Address of the work"), max_length=500, required=False, assume_scheme="https",
        help_text=_("A document or a folder that the leader can open. No names of pupils, please."),
    )  # fmt: skip
    attachments = FilesField(label=_("Files or photos"), required=False, widget=FilesArea({"accept": FILES.accept}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = _("A document, a photo of a page: at most %(most)s of one work, without names of pupils.")
        self.fields["attachments"].help_text = text % {"most": FILES.most}

    @property
    def given(self) -> dict[str, Any]:
        """What is handed in. Call it on a valid form."""
        data = self.cleaned_data
        return {"text": data["text"], "link": data["link"], "files": [file for file in data["attachments"] if file]}


class WordForm(forms.Form):
    word = forms.CharField(
        label=_("A word to the participant"), required=False, max_length=2000, widget=_long(3),
        help_text=_("Needed where the work is returned."),
    )  # fmt: skip


class CampaignsForm(forms.Form):
    """Which campaigns stand at the beginning and at the end."""

    entry = forms.ModelChoiceField(Campaign.objects.none(), label=_("At the beginning"), required=False)
    exit = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("At the end"), required=False,
        help_text=_("The campaign that measures the first again, by the other form of the work."),
    )  # fmt: skip

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("entry", "exit"):
            self.fields[name].queryset = campaigns_for(event)  # type: ignore[attr-defined]
