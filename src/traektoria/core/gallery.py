"""Sample data of the gallery: made-up people, every state of every component."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from inspect import signature
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.components import BY_SUBJECT
from traektoria.core.forms import DayInput, FilesArea, FilesField
from traektoria.core.icons import USED
from traektoria.core.paging import counted_page
from traektoria.core.registries import DeskGroup, DeskLine
from traektoria.core.text import TEXT, WORDS


class SampleForm(forms.Form):
    """One field of each kind."""

    goal = forms.CharField(max_length=WORDS, label=_("Goal"), help_text=_("In your own words, one or two sentences."))
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", "—"), ("math", _("mathematics"))])
    due = forms.DateField(label=_("Until when"), widget=DayInput, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of work"),
        choices=[("visit", _("lesson visit")), ("class", _("master class")), ("self", _("self-education"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    story = forms.CharField(
        max_length=TEXT, label=_("What happened"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    evidence = FilesField(label=_("Evidence"), widget=FilesArea({"accept": ".xlsx, .csv, .pdf"}), required=False)
    shared = forms.BooleanField(label=_("The tutor may see this"), required=False)


class FilterForm(forms.Form):
    """Filters of a table: GET, nothing required."""

    search = forms.CharField(max_length=WORDS, label=_("Name"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), ("late", _("late"))], required=False)


@dataclass(frozen=True)
class Entry:
    """A line of a history or a talk."""

    at: datetime
    who: str
    text: Any
    icon: str = ""


@dataclass(frozen=True)
class Hours:
    """In a cell of a calendar."""

    begins: str
    ends: str
    label: Any
    number: int = 1
    clash: bool = False


@dataclass(frozen=True)
class ShownComponent:
    """A component: its name is that of its example in ``core/gallery.html``."""

    name: str
    call: str


@dataclass(frozen=True)
class Subject:
    """Components of one module."""

    slug: str
    title: Any
    components: list[ShownComponent]


TITLES = {
    "buttons": _("Buttons"),
    "surfaces": _("Surfaces"),
    "status": _("Status"),
    "people": _("People"),
    "navigation": _("Navigation"),
    "forms": _("Forms"),
    "history": _("History"),
    "calendar": _("Calendar"),
    "icons": _("Icons"),
}


def subjects() -> list[Subject]:
    """All components, as ``components.BY_SUBJECT`` lists them."""
    return [
        Subject(
            slug, TITLES[slug], [ShownComponent(one.__name__, f"{one.__name__}{_asked(one)}") for one in components]
        )
        for slug, components in BY_SUBJECT.items()
    ]


def _asked(component: Callable[..., Any]) -> str:
    """What it is given, without what the template gives by itself."""
    given = [one for name, one in signature(component).parameters.items() if name not in ("context", "caller")]
    return f"({', '.join(str(one) for one in given)})"


def samples() -> dict[str, Any]:
    """Context of ``core/gallery.html``."""
    today, now = timezone.localdate(), timezone.now()
    return {
        "subjects": subjects(),
        "paper": None,
        "form": SampleForm(),
        "wrong_form": SampleForm({"goal": "", "subject": "", "due": "31.02.2026"}, auto_id="wrong_%s"),
        "filter_form": FilterForm(),
        "days": [today + timedelta(days=shift) for shift in (-2, 0, 1, 3, 40)],
        "page": counted_page(range(120), "2"),
        "entries": [
            Entry(now - timedelta(days=3), "Иванова\xa0М.\xa0П.", _("Proposed the route")),
            Entry(now - timedelta(hours=2), "Петров\xa0А.\xa0С.", _("Agreed, with a change in item 2")),
        ],
        "lines": _lines(today),
        "hours": [Hours("10:00", "11:30", _("Consultation"), number=2), Hours("11:00", "", _("Session"), clash=True)],
        "icons": USED,
        "plurals": [1, 3, 5, 21],
    }


def _lines(today: date) -> list[DeskLine]:
    late = today - timedelta(days=1)
    return [
        _line(DeskGroup.TODAY, _("Agree to the learning route"), "Иванова\xa0М.\xa0П.", _("Look"), late),
        _line(DeskGroup.TODAY, _("Record the consultation"), "Петров\xa0А.\xa0С.", _("Record"), today),
        _line(DeskGroup.DONE, _("Check the list of schools"), "Сидорова\xa0Е.\xa0В.", "", today),
    ]


def _line(group: DeskGroup, what: Any, who: str, action: Any, due: date) -> DeskLine:
    return DeskLine(group, str(what), who, "#", str(action), due, overdue=due < timezone.localdate())
