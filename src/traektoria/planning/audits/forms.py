"""Forms of audits."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.forms import DayInput, FileArea
from traektoria.planning.audits.actions.filling import GivenVerdict
from traektoria.planning.audits.actions.planning import Planned
from traektoria.planning.audits.actions.replying import ReplyText
from traektoria.planning.audits.actions.signing import Advice
from traektoria.planning.audits.content import Criterion
from traektoria.planning.audits.enums import FindingState, Reply, Verdict
from traektoria.planning.audits.models import Finding
from traektoria.planning.audits.policies import FILES
from traektoria.planning.audits.queries.audits import CriterionLine

LINES = forms.Textarea(attrs={"rows": 3})
WORDS = 4000


class TimeInput(forms.TimeInput):
    input_type = "time"


class AuditForm(forms.Form):
    """``people`` may audit; nobody is chosen beforehand."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    kind = forms.ChoiceField(label=_("What is looked at"))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    start = forms.TimeField(
        label=_("Beginning"), required=False, widget=TimeInput(format="%H:%M"),
        help_text=_("If it is left empty, the audit takes nobody's hours in the calendar."),
    )  # fmt: skip
    auditors = forms.TypedMultipleChoiceField(
        label=_("Who audits"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Tutors, methodists, heads and deputy heads of other schools."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        schools: Iterable[tuple[int, str]],
        kinds: Iterable[tuple[str, str]],
        people: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["school"], [("", _("choose")), *schools])
        _offer(self.fields["kind"], [("", _("choose")), *kinds])
        _offer(self.fields["auditors"], list(people))

    @property
    def planned(self) -> Planned:
        """Call it on a valid form."""
        data = self.cleaned_data
        return Planned(data["kind"], data["day"], data["auditors"], data["start"])


def _offer(field: forms.Field, pairs: Sequence[tuple[Any, Any]]) -> None:
    field.choices = pairs  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """A visit that nobody has planned."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    kind = forms.ChoiceField(label=_("What is looked at"))

    def __init__(
        self, *args: Any, schools: Iterable[tuple[int, str]], kinds: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["school"], [("", _("choose")), *schools])
        _offer(self.fields["kind"], [("", _("choose")), *kinds])


class AuditorsForm(forms.Form):
    auditors = forms.TypedMultipleChoiceField(
        label=_("Who audits"), coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("Who is new is told at once. Answers that were given stay."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["auditors"], list(people))


class AuditReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Stands on the page of the audit."))


class AnswerForm(forms.Form):
    """One criterion. No answer is chosen before somebody chooses it."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("audit", "What is there"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why it does not apply"), max_length=300, required=False,
        help_text=_("Only with «does not apply»."),
    )  # fmt: skip
    note = forms.CharField(label=_("What was seen"), required=False, max_length=WORDS, widget=LINES)
    concerns = forms.CharField(label=_("Page, lesson or document"), max_length=300, required=False)
    address = forms.URLField(
        label=_("Address of the page"), max_length=500, required=False, assume_scheme="https",
        help_text=_("The time is written down with it. Attach a picture of the page too: sites change."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Photo or file"), required=False, widget=FileArea({"accept": FILES.accept}),
        help_text=_("Without faces of children. Place and time of the shot are taken out of it."),
    )  # fmt: skip

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        self.number = criterion.number
        kwargs["auto_id"] = f"c{criterion.number}-%s"
        super().__init__(*args, **kwargs)
        if not criterion.asks_address:
            del self.fields["address"]

    @property
    def said(self) -> dict[str, Any]:
        """Call it on a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}

    def given(self, number: int) -> GivenVerdict:
        """Call it on a valid form."""
        return GivenVerdict(criterion=number, **self.said)


def answer_form(line: CriterionLine, data: Any = None, files: Any = None) -> AnswerForm:
    """With what was answered."""
    answer = line.answer
    names = ("verdict", "why", "note", "concerns", "address")
    initial = {name: getattr(answer, name) for name in names} if answer else {}
    return AnswerForm(data, files, criterion=line.criterion, initial=initial)


def blank_form() -> AnswerForm:
    """As a device draws it for each criterion of an audit that it begins by itself."""
    return AnswerForm(criterion=Criterion(0, "", asks_address=True))


class SignForm(forms.Form):
    """What is recommended for each finding, and what the act says as a whole."""

    conclusion = forms.CharField(label=_("Conclusion"), required=False, max_length=WORDS, widget=LINES)
    reply_due = forms.DateField(
        label=_("The school answers by"), required=False, widget=DayInput,
        help_text=_("The school is reminded of this day."),
    )  # fmt: skip

    def __init__(self, *args: Any, wanting: Sequence[CriterionLine], unseen: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanting = wanting
        for line in wanting:
            number, before = line.criterion.number, line.before_finding
            self.fields[f"advice_{number}"] = forms.CharField(
                label=_("What is recommended"), max_length=WORDS, widget=LINES,
                initial=before.recommendation if before else "",
            )  # fmt: skip
            self.fields[f"owner_{number}"] = forms.CharField(
                label=_("Who mends it"), max_length=200, required=False, help_text=_("A post: deputy head, head of MO.")
            )
            self.fields[f"due_{number}"] = forms.DateField(label=_("By which day"), required=False, widget=DayInput)
        if unseen:
            self.fields["partial"] = forms.BooleanField(label=_("Finish with a part of the checklist"), required=True)

    @property
    def groups(self) -> list[tuple[CriterionLine, list[Any]]]:
        """(line, its three fields)."""
        names = ("advice", "owner", "due")
        return [(line, [self[f"{name}_{line.criterion.number}"] for name in names]) for line in self.wanting]

    @property
    def advice(self) -> dict[int, Advice]:
        """Call it on a valid form."""
        numbers = [line.criterion.number for line in self.wanting]
        data = self.cleaned_data
        return {one: Advice(data[f"advice_{one}"], data[f"owner_{one}"], data[f"due_{one}"]) for one in numbers}


class ReplyForm(forms.Form):
    """What the school says to each open finding; a finding may be left for later."""

    def __init__(self, *args: Any, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = findings
        for one in findings:
            last = list(one.replies.all())[-1:]
            self.fields[f"reply_{one.pk}"] = forms.ChoiceField(
                label=pgettext_lazy("finding", "Answer of the school"), choices=Reply.choices, required=False,
                widget=forms.RadioSelect, initial=last[0].reply if last else None,
            )  # fmt: skip
            self.fields[f"words_{one.pk}"] = forms.CharField(
                label=_("Why you object, or by what it is mended"), required=False, max_length=WORDS,
                widget=forms.Textarea(attrs={"rows": 2}), initial=last[0].words if last else "",
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Finding, Any, Any]]:
        return [(one, self[f"reply_{one.pk}"], self[f"words_{one.pk}"]) for one in self.findings]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for one in self.findings:
            reply, words = data.get(f"reply_{one.pk}"), data.get(f"words_{one.pk}", "")
            if reply in (Reply.OBJECTED, Reply.MENDED) and not words.strip():
                self.add_error(f"words_{one.pk}", _("Say why you object, or by what it is mended."))
        return data

    @property
    def replies(self) -> dict[int, ReplyText]:
        """Call it on a valid form."""
        data = self.cleaned_data
        said = {one.pk: (data.get(f"reply_{one.pk}"), data.get(f"words_{one.pk}", "")) for one in self.findings}
        return {pk: ReplyText(reply, words) for pk, (reply, words) in said.items() if reply}


class CloseForm(forms.Form):
    state = forms.ChoiceField(
        label=pgettext_lazy("finding", "What came of it"), widget=forms.RadioSelect,
        choices=[one for one in FindingState.choices if one[0] != FindingState.OPEN],
    )  # fmt: skip
    note = forms.CharField(label=_("What was checked"), max_length=300)


class CriterionForm(forms.Form):
    """A criterion of a draft edition; a new section is written into the same field as one that is there."""

    section = forms.CharField(label=_("Section"), max_length=200, widget=forms.TextInput(attrs={"list": "sections"}))
    title = forms.CharField(label=_("Criterion"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    hint = forms.CharField(
        label=_("How to look"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    points = forms.IntegerField(label=_("Points for «there is»"), min_value=0, max_value=20, initial=1)
    partly = forms.IntegerField(label=_("Points for «in part»"), min_value=0, max_value=20, initial=0)
    yes_looks = forms.CharField(label=_("How «there is» looks"), max_length=300, required=False)
    partly_looks = forms.CharField(label=_("How «in part» looks"), max_length=300, required=False)
    no_looks = forms.CharField(label=_("How «there is none» looks"), max_length=300, required=False)
    asks_address = forms.BooleanField(label=_("It is a page of a site: ask for its address"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("partly", 0) > data.get("points", 20):
            self.add_error("partly", _("«In part» can't give more points than «there is»."))
        return data

    @property
    def given(self) -> dict[str, Any]:
        """Call it on a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "section"}
