"""The form of a programme: what the regulation says already stands in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.forms import DayInput
from traektoria.organisations.regulations.schema import Rules
from traektoria.planning.programmes.actions import Written
from traektoria.planning.programmes.models import Programme

LINES = _("One on each line.")


def _lines(label: Any, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=10_000, widget=widget, help_text=LINES)


class ProgrammeForm(forms.Form):
    """Aim, tasks, principles, sections, results."""

    title = forms.CharField(label=_("Title"), max_length=300)
    first = forms.IntegerField(label=_("From the year"), min_value=2015, max_value=2060)
    last = forms.IntegerField(label=_("To the year"), min_value=2015, max_value=2060)
    aim = forms.CharField(label=_("Aim"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    tasks = _lines(pgettext_lazy("plan", "Tasks"), 7)
    sections = _lines(_("Sections of the work"))
    principles = _lines(_("Principles"))
    results = _lines(_("Expected results"))
    note = forms.CharField(
        label=_("Explanatory note"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, amends: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if amends:
            self.fields["reason"] = forms.CharField(label=_("Why the approved programme changes"), max_length=300)

    @property
    def written(self) -> Written:
        """Call it on a valid form."""
        return Written(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})

    @property
    def reason(self) -> str:
        said: str = self.cleaned_data.get("reason", "")
        return said


class ApproveProgrammeForm(forms.Form):
    """By what it is approved."""

    act = forms.CharField(
        label=_("Approved by"), max_length=200, help_text=_("For example: by the order of the head, by the council.")
    )
    number = forms.CharField(label=pgettext_lazy("plan", "Number"), max_length=40, required=False)
    day = forms.DateField(label=_("Of the day"), widget=DayInput)


def from_regulation(rules: Rules, year: int) -> dict[str, Any]:
    """What the regulation says of the same."""
    about = rules.about
    return {
        "first": year,
        "last": year,
        "aim": about.purpose,
        "tasks": "\n".join(about.tasks),
        "principles": "\n".join(about.principles),
        "results": "\n".join((*about.results, *about.products)),
        "sections": "\n".join(one.title for one in rules.directions if not one.archived),
    }


def from_programme(row: Programme) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Written.__dataclass_fields__}
