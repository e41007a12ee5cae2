"""Forms of lesson calendars in audits."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.forms import FileArea
from traektoria.engines.lessons.model import Say, Stated
from traektoria.engines.plantables.limits import TEXT
from traektoria.people.enums import Subject
from traektoria.planning.audits.enums import WANTING
from traektoria.planning.audits.forms import LINES, WORDS
from traektoria.planning.imports.forms import SourceForm
from traektoria.planning.lessons.reader import Brought

ACCEPT = ".docx, .xlsx, .csv, .txt"


class LessonsForm(SourceForm):
    """Whose calendar it is, what the curriculum says, the file or its table. Figures that are left empty are not held
    against anything."""

    field_order = ("subject", "grade", "letter", "file", "text", "week", "weeks", "year", "controls")
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", "–"), *Subject.choices])
    grade = forms.IntegerField(label=pgettext_lazy("class", "Grade"), min_value=1, max_value=11)
    letter = forms.CharField(label=_("Letter of the class"), max_length=4, required=False)
    file = forms.FileField(
        label=_("File with the lesson calendar"), required=False, widget=FileArea({"accept": ACCEPT}),
        help_text=_(
            "Word (DOCX), Excel (XLSX), CSV, one class a file. The file, its name, names of its sheets and text beside"
            " the lessons are not kept."
        ),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or paste the table here"), required=False, max_length=TEXT, strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Select the table in Word or Excel, copy it and paste it here."),
    )  # fmt: skip
    week = forms.DecimalField(
        label=_("Hours a week by the curriculum"), min_value=Decimal("0.5"), max_value=15, decimal_places=1,
        max_digits=3, required=False,
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=_("Weeks of lessons in the year"), min_value=1, max_value=45, required=False,
    )  # fmt: skip
    year = forms.IntegerField(label=_("Hours a year by the curriculum"), min_value=1, max_value=600, required=False)
    controls = forms.IntegerField(label=_("Control works by the programme"), min_value=0, max_value=60, required=False)

    def __init__(self, *args: Any, weeks: int, **kwargs: Any) -> None:
        """``weeks``: by the calendar of the centre. Told and not filled in: who brings the paper has not said it."""
        super().__init__(*args, **kwargs)
        told = _("By the calendar of the centre: %(weeks)s. The school may have other ones.") % {"weeks": weeks}
        self.fields["weeks"].help_text = told

    @property
    def brought(self) -> Brought:
        """Call it on a valid form."""
        data, file = self.cleaned_data, self.cleaned_data["file"]
        source, name = (file.read(), file.name) if file else (b"", "")
        return Brought(
            data["subject"], data["grade"], data["letter"], self.stated, source, data["text"] if not file else "", name
        )

    @property
    def stated(self) -> list[Stated]:
        told = {Say.WEEK: "week", Say.WEEKS: "weeks", Say.YEAR: "year", Say.CONTROLS: "controls"}
        values = {say: self.cleaned_data[name] for say, name in told.items()}
        return [Stated(say, Decimal(value)) for say, value in values.items() if value is not None]


class NoteForm(forms.Form):
    """What was counted becomes the answer to a criterion: to which one and what is there says the auditor."""

    criterion = forms.TypedChoiceField(label=_("Criterion"), coerce=int, widget=forms.RadioSelect)
    verdict = forms.ChoiceField(
        label=pgettext_lazy("audit", "What is there"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in WANTING],
    )  # fmt: skip
    note = forms.CharField(label=_("What was seen"), max_length=WORDS, widget=LINES)
    concerns = forms.CharField(label=_("Page, lesson or document"), max_length=300, required=False)

    def __init__(self, *args: Any, criteria: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = list(criteria)  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    words = forms.CharField(
        label=_("Hard topic"), max_length=300,
        widget=forms.TextInput(attrs={"list": "common-topics", "autocomplete": "off"}),
        help_text=_("For example what the school has named itself. It is looked for in the calendar too."),
    )  # fmt: skip
