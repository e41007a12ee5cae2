"""Forms of the application: what the candidate says and shows, what the one who checks finds."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.forms import FileArea
from traektoria.core.labels import choices_of
from traektoria.organisations.regulations.criteria import Document, Fact, Judged, Leaf, Threshold
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.tutors.applications.actions.applications import StatedAnswer
from traektoria.tutors.applications.actions.review import Checked
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.applications.policies import FILES
from traektoria.tutors.applications.queries.checklist import Row
from traektoria.tutors.applications.queries.facts import category_in_words

ROWS = {"rows": 2}
LATER = "later"


class SubjectsField(forms.MultipleChoiceField):
    """Needed before the application is submitted, not before a draft is kept."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class AboutForm(forms.Form):
    """In what, and why."""

    subjects = SubjectsField(
        label=gettext_lazy("Subjects in which you will support colleagues"),
        choices=Subject.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    motivation = forms.CharField(
        label=gettext_lazy("What you want to do as a tutor"),
        help_text=gettext_lazy("Two or three sentences: with what colleagues can come to you."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
    )


class AnswerForm(forms.Form):
    """What is said of one criterion; a number only where the criterion is one."""

    stated = forms.DecimalField(
        label=gettext_lazy("Years by your papers"),
        help_text=gettext_lazy("Where your papers show more than the system knows. For example: 12 or 2.5"),
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=80,
        required=False,
        localize=True,
    )
    text = forms.CharField(label="", widget=forms.Textarea(attrs=ROWS), max_length=3000, required=False)

    def __init__(self, *args: Any, leaf: Leaf, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{leaf.slug}-%s", **kwargs})
        self.fields["text"].label, self.fields["text"].help_text = _words(leaf)
        if not isinstance(leaf, Threshold):
            del self.fields["stated"]
        elif leaf.fact == Fact.CATEGORY:
            self.fields["stated"] = _category_field()
        else:
            self.fields["stated"].widget.attrs["inputmode"] = "decimal"

    def answer(self) -> StatedAnswer:
        """What was said, as the action takes it."""
        return StatedAnswer(self.cleaned_data.get("stated"), self.cleaned_data["text"])


def _words(leaf: Leaf) -> tuple[str, str]:
    """The label and the hint of the free text."""
    if isinstance(leaf, Document):
        return _("In a few words"), _("Name the document, or say where it lies, for example in your personnel file.")
    if isinstance(leaf, Judged):
        return _("Your experience"), _("What you did, when, with whom, what came of it.")
    return _("In a few words"), _("What the papers are and which years they show.")


def _category_field() -> forms.TypedChoiceField:
    levels = [(str(level), category_in_words(level)) for level in (1, 2)]
    return forms.TypedChoiceField(
        label=_("Category by your papers"),
        choices=[("", _("as the system knows")), *levels],
        coerce=Decimal,
        empty_value=None,
        required=False,
    )


class ShownForm(forms.Form):
    """A file or a link: exactly one."""

    file = forms.FileField(label=gettext_lazy("File"), required=False, widget=FileArea(attrs={"accept": FILES.accept}))
    link = forms.URLField(label=gettext_lazy("or a link"), max_length=500, required=False, assume_scheme="https")
    title = forms.CharField(label=gettext_lazy("What it is"), max_length=300, required=False)

    def __init__(self, *args: Any, leaf: Leaf, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{leaf.slug}-shown-%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("link")):
            self.add_error("file", _("Attach a file or give a link: one of the two."))
        return data


class WordsForm(forms.Form):
    """Some sentences that others read: a reason, an appeal."""

    text = forms.CharField(label=gettext_lazy("Reason"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
        self.fields["text"].required = required


class CheckForm(forms.Form):
    """A finding and a note for each criterion that a person checks (``check_<slug>``, ``note_<slug>``).

    What the numbers say stands there as a proposal: it is nobody's finding until the form is sent.
    """

    def __init__(self, *args: Any, rows: Iterable[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.by_hand]
        for row in self.rows:
            self.fields[f"check_{row.leaf.slug}"] = forms.ChoiceField(
                label=_("Finding"),
                choices=[(Check.MET, _("met")), (Check.NOT_MET, _("not met")), (LATER, _("not checked yet"))],
                widget=forms.RadioSelect,
                initial=row.check or (row.proposed if row.proposed in Check.values else LATER),
            )
            self.fields[f"note_{row.leaf.slug}"] = forms.CharField(
                label=_("Note for the candidate"), max_length=500, required=False, initial=row.check_note
            )

    def findings(self) -> dict[str, Checked]:
        """By slug, as the action takes it."""
        data, slugs = self.cleaned_data, [row.leaf.slug for row in self.rows]
        return {slug: Checked(_result(data[f"check_{slug}"]), data[f"note_{slug}"]) for slug in slugs}


def _result(chosen: str) -> Check:
    return Check.OPEN if chosen == LATER else Check(chosen)


class NominationForm(forms.Form):
    """Whom, and why; of many colleagues only those found by ``q`` are listed."""

    q = forms.CharField(
        label=gettext_lazy("Find a colleague"),
        required=False,
        max_length=100,
        widget=forms.SearchInput,
        help_text=gettext_lazy("Surname or its beginning, then «Find». The first twelve are listed."),
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a colleague from the list.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this colleague"),
        help_text=gettext_lazy("The colleague reads it first."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class ListFilter(forms.Form):
    """Filters of the list, kept in the address."""

    q = forms.CharField(label=gettext_lazy("Surname"), required=False, max_length=100, widget=forms.SearchInput)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [("", _("all")), ("queue", _("to be looked at")), *choices_of(ApplicationState)]
        kinds = [("", _("all")), ("first", _("for the first time")), ("renewal", _("renewal"))]
        self.fields["state"].choices = states  # type: ignore[attr-defined]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
