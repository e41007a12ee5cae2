"""Forms of instruments: few questions each, with hints in plain words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.text import squash
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.models import Instrument
from traektoria.diagnostics.instruments.statements import Statement, lines_of, statements_of
from traektoria.people.enums import Subject

MOST_LINES, LONGEST = 100, 1000
NO_SUBJECT = [("", _("for teachers of every subject"))]


class InstrumentForm(forms.Form):
    """What is made: the kind, the title, the subject."""

    kind = forms.ChoiceField(label=_("What do you make?"), choices=InstrumentKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Teachers see it. For example: «September control work, mathematics»."),
    )
    subject = forms.ChoiceField(
        label=_("Subject"),
        choices=[*NO_SUBJECT, *Subject.choices],
        required=False,
        help_text=_("With a subject, only its teachers are given the work."),
    )

    def clean_title(self) -> str:
        return squash(self.cleaned_data["title"])


class RenameForm(InstrumentForm):
    """Another title or subject: the kind stays."""

    kind = None  # type: ignore[assignment]

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": instrument.title, "subject": instrument.subject}
        super().__init__(*args, **kwargs)


class CopyForm(forms.Form):
    title = forms.CharField(label=_("Title of the copy"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "copy_%s", **kwargs})  # the title stands on the same page in another form

    def clean_title(self) -> str:
        return squash(self.cleaned_data["title"])


class ListFilter(forms.Form):
    """Which instruments are listed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *InstrumentKind.choices], required=False)
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("all")), *Subject.choices], required=False)
    archived = forms.BooleanField(label=_("archived too"), required=False)


class SettingsForm(forms.Form):
    """How an instrument is sat. Fields that its kind has no use for are left out."""

    instruction = forms.CharField(
        label=_("Instruction"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Teachers read it before they begin. Say what it is for, and what may be used."),
    )
    two_forms = forms.BooleanField(
        label=_("Two forms, A and B"),
        required=False,
        help_text=_(
            "Half of the people begin with A, half with B; a repeated measurement gives everybody the other one."
        ),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=0, max_value=600, help_text=_("0: without a limit of time.")
    )
    pauses = forms.IntegerField(
        label=_("Pauses"), min_value=0, max_value=20, help_text=_("How often the clock may be stopped. 0: never.")
    )
    markers = forms.TypedChoiceField(
        label=_("Who judges extended answers"),
        coerce=int,
        choices=[(1, _("one marker")), (2, _("two markers; a third one where they disagree"))],
        widget=forms.RadioSelect,
    )
    show_answers = forms.BooleanField(
        label=_("Show right answers when the campaign is over"),
        required=False,
        help_text=_("Leave it out where the same items will be used again."),
    )
    scales = forms.CharField(
        label=_("Scales"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, in the order in which results are shown."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _USELESS[InstrumentKind(kind)]:
            del self.fields[name]

    def clean_instruction(self) -> str:
        return str(self.cleaned_data["instruction"]).replace("\0", "").strip()

    def clean_scales(self) -> tuple[str, ...]:
        scales = lines_of(self.cleaned_data["scales"])
        if any(len(scale) > 200 for scale in scales):
            raise forms.ValidationError(_("The name of a scale is longer than 200 characters."))
        return tuple(scales)


_WORK_ONLY = ("two_forms", "markers", "show_answers")
_USELESS = {
    InstrumentKind.CONTROL_WORK: ("scales",),
    InstrumentKind.QUESTIONNAIRE: _WORK_ONLY,
    InstrumentKind.INTERVIEW: (*_WORK_ONLY, "minutes", "pauses", "scales"),
    InstrumentKind.OBSERVATION: (*_WORK_ONLY, "minutes", "pauses", "scales"),
}


class StatementsForm(forms.Form):
    """Several statements with the same steps."""

    statements = forms.CharField(
        label=_("Statements"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One a line. A minus in front («− I find it hard to …») marks a statement in which agreement means less: "
            "it is turned round when the scale is counted."
        ),
    )
    scale = forms.CharField(
        label=_("Scale"),
        required=False,
        max_length=200,
        help_text=_("What these statements measure together, for example «Assessment». Empty: each stands for itself."),
    )
    steps = forms.CharField(
        label=_("Answers to choose from"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line, from the least to the most: 2 to 11 of them."),
    )

    def clean_statements(self) -> list[Statement]:
        found = statements_of(self.cleaned_data["statements"])
        _check_lines([one.text for one in found])
        return found

    def clean_scale(self) -> str:
        return squash(self.cleaned_data["scale"])

    def clean_steps(self) -> list[str]:
        steps = lines_of(self.cleaned_data["steps"])
        if not 2 <= len(steps) <= 11:
            raise forms.ValidationError(_("Give from 2 to 11 answers, one a line."))
        if any(len(step) > 200 for step in steps):
            raise forms.ValidationError(_("An answer is longer than 200 characters."))
        return steps


class QuestionsForm(forms.Form):
    """Several questions that are answered in own words."""

    texts = forms.CharField(
        label=_("Questions"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), help_text=_("One a line.")
    )
    lines = forms.IntegerField(label=_("Lines for an answer on paper"), min_value=1, max_value=20, initial=3)

    def clean_texts(self) -> list[str]:
        found = lines_of(self.cleaned_data["texts"])
        _check_lines(found)
        return found


def _check_lines(lines: list[str]) -> None:
    if not lines:
        raise forms.ValidationError(_("Write at least one line."))
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(_("At most %(most)s lines at once."), params={"most": MOST_LINES})
    long = next((line for line in lines if len(line) > LONGEST), "")
    if long:
        said = _("The line «%(begins)s…» is longer than %(most)s characters.")
        raise forms.ValidationError(said, params={"begins": long[:40], "most": LONGEST})
