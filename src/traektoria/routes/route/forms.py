"""Forms of the route: its header, its items, its course."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.forms import DayInput, FileArea, Offered
from traektoria.core.labels import choices_of
from traektoria.core.text import TEXT, WORDS
from traektoria.core.typography import short_day
from traektoria.diagnostics.models import Hypothesis
from traektoria.people.enums import Subject
from traektoria.routes.route import fields
from traektoria.routes.route.enums import DeficitOutcomeKind, RouteState
from traektoria.routes.route.policies import FILES
from traektoria.routes.tutees.readers import seen_by

ROWS = {"rows": 2}


class SeenForm(forms.Form):
    """Carries what the person saw when the form was opened, so that nobody's words are overwritten unread."""

    seen = forms.CharField(max_length=WORDS, required=False, widget=forms.HiddenInput)

    def say_changed(self, sentence: str, seen: str) -> None:
        """Somebody else wrote meanwhile: say it, keep what was typed, let the next press decide."""
        self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]
        self.add_error(None, sentence)


class RouteForm(SeenForm):
    """Title, goals and period."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    goals = forms.CharField(
        max_length=TEXT,
        label=gettext_lazy("Goals"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    start = forms.DateField(label=gettext_lazy("Beginning"), widget=DayInput)
    end = forms.DateField(label=gettext_lazy("End"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("One goal a line. When the route is agreed, goals are read by: %(who)s.")
        self.fields["goals"].help_text = words % {"who": seen_by("route.goals")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end of the period must be later than its beginning."))
        return data


class ItemForm(SeenForm):
    """One line of the route. ``period`` bounds the deadline, ``deficits`` are the confirmed ones to choose from."""

    def __init__(
        self, *args: Any, period: tuple[date, date], deficits: Iterable[Hypothesis] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {one.name: one.form() for one in fields.ITEM if one.form}
        self.period = period
        self.topics = {hypothesis.pk: hypothesis.topic for hypothesis in deficits}
        choices = [("", _("not tied to a deficit")), *self.topics.items()]
        self.fields["hypothesis_id"].choices = choices  # type: ignore[attr-defined]
        if not self.topics:
            del self.fields["hypothesis_id"]
            self.fields["deficit"].help_text = ""
        self.fields["deadline"].widget.attrs |= {"min": period[0].isoformat(), "max": period[1].isoformat()}

    def side(self, *, left: bool) -> list[forms.BoundField]:
        """The fields of one side, in their order."""
        return [self[one.name] for one in fields.ITEM if one.left == left and one.name in self.fields]

    def clean_deadline(self) -> date:
        deadline: date = self.cleaned_data["deadline"]
        start, end = self.period
        if not start <= deadline <= end:
            raise forms.ValidationError(
                _("The deadline must be between %(start)s and %(end)s.")
                % {"start": short_day(start), "end": short_day(end)},
                code="deadline_outside",
            )
        return deadline

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = data.get("hypothesis_id")
        if chosen and not data.get("deficit"):
            data["deficit"] = self.topics[chosen]
        return data


class RouteReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs=ROWS))

    def __init__(self, *args: Any, label: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].required = required


class ExtendForm(RouteReasonForm):
    """A later end."""

    end = forms.DateField(label=gettext_lazy("New end"), widget=DayInput)
    move_deadlines = forms.BooleanField(
        label=gettext_lazy("Move the deadlines of open items as far"), required=False, initial=True
    )
    field_order = ("end", "move_deadlines", "reason")

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean_end(self) -> date:
        end: date = self.cleaned_data["end"]
        if end <= self.after:
            raise forms.ValidationError(_("The new end must be later than the present one."), code="end")
        return end


class ClosingForm(forms.Form):
    """What became of each deficit (``outcome_<id>``, ``note_<id>``), and the conclusion."""

    conclusion = forms.CharField(
        max_length=TEXT, label=gettext_lazy("Conclusion"), widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, hypotheses: Iterable[Hypothesis], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hypotheses = list(hypotheses)
        fields: dict[str, forms.Field] = {}
        for hypothesis in self.hypotheses:
            fields[f"outcome_{hypothesis.pk}"] = forms.ChoiceField(
                label=hypothesis.topic, choices=DeficitOutcomeKind.choices, widget=forms.RadioSelect
            )
            fields[f"note_{hypothesis.pk}"] = forms.CharField(label=_("How it is seen"), max_length=500, required=False)
        self.fields = {**fields, **self.fields}

    def outcomes(self) -> dict[int, tuple[DeficitOutcomeKind, str]]:
        data = self.cleaned_data
        return {
            one.pk: (DeficitOutcomeKind(data[f"outcome_{one.pk}"]), data[f"note_{one.pk}"]) for one in self.hypotheses
        }


class EvidenceForm(forms.Form):
    """A file or a link: exactly one."""

    file = forms.FileField(label=gettext_lazy("File"), required=False, widget=FileArea(attrs={"accept": FILES.accept}))
    link = forms.URLField(label=gettext_lazy("or a link"), max_length=500, required=False, assume_scheme="https")
    note = forms.CharField(label=gettext_lazy("What it shows"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("link")):
            self.add_error("file", _("Attach a file or give a link: one of the two."))
        return data


class CommentForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Comment"), max_length=4000, widget=forms.Textarea(attrs=ROWS))


class ReflectionForm(forms.Form):
    text = forms.CharField(
        max_length=TEXT,
        label=gettext_lazy("What worked, what did not, what I will try next"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    shared = forms.BooleanField(label=gettext_lazy("Share with the tutor at once"), required=False)


class RouteFilter(forms.Form):
    """Filters of the list, kept in the address."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    overdue = forms.ChoiceField(label=gettext_lazy("Deadlines"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Order"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("all"))
        choices = {
            "state": [everything, ("living", _("going on now")), *choices_of(RouteState)],
            "subject": [everything, *choices_of(Subject)],
            "overdue": [everything, ("1", _("with overdue items"))],
            "sort": [("", _("by name")), ("deadline", _("by the nearest deadline"))],
        }
        for name, options in choices.items():
            self.fields[name].choices = Offered(options)  # type: ignore[attr-defined]
