"""Forms of requests for a consultation: a minute long; what is known already is not asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.requests.actions.requests import RequestFacts
from traektoria.consultations.requests.enums import ON_BOARD, RequestKind, Way
from traektoria.consultations.requests.policies import FILES, MOST
from traektoria.core.forms import FilesArea, FilesField
from traektoria.core.text import squash
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.needs.forms import PeopleChoice
from traektoria.routes.needs.queries import teachers_of_school


class RequestForm(forms.Form):
    """A teacher asks for themselves."""

    topic = forms.CharField(
        label=_("What about"), max_length=200, help_text=_("In a few words, for example: tasks with a parameter.")
    )
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("choose")), *Subject.choices])
    classes = forms.CharField(label=_("Classes"), max_length=60, required=False, help_text=_("If it matters: 5–6."))
    kind = forms.ChoiceField(label=_("Kind of consultation"), choices=RequestKind.choices)
    way = forms.ChoiceField(label=_("How"), choices=Way.choices)
    wished = forms.CharField(
        label=_("When it suits"), max_length=200, required=False, help_text=_("For example: Tuesdays after 14:00.")
    )
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    note = forms.CharField(
        label=_("What the tutor should know"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    attachments = FilesField(
        label=_("Files, if there are any"), required=False, widget=FilesArea({"accept": FILES.accept})
    )

    def __init__(self, *args: Any, rules: ConsultingRules, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = {"urgent": rules.urgent_hours, "hours": rules.answer_hours}
        self.fields["urgent"].help_text = (
            _("Then the answer comes within %(urgent)s hours, else within %(hours)s; working days count.") % hours
        )
        self.fields["note"].help_text = _("Read by: %(readers)s. No names of pupils, please.") % {"readers": readers}
        text = _("A task, a plan of a lesson: at most %(most)s, without names of pupils. Read by: %(readers)s.")
        self.fields["attachments"].help_text = text % {"most": FILES.most, "readers": readers}

    @property
    def attached(self) -> list[Any]:
        """Call it on a valid form."""
        return [file for file in self.cleaned_data["attachments"] if file]

    @property
    def wish(self) -> RequestFacts:
        """Call it on a valid form."""
        given = self.cleaned_data
        texts = {name: squash(given[name]) for name in ("topic", "classes", "wished")}
        return RequestFacts(
            subject=given["subject"], kind=given["kind"], way=given["way"], urgent=given["urgent"],
            note=given["note"].strip(), **texts,
        )  # fmt: skip


class FilesForm(forms.Form):
    """Files that were forgotten."""

    attachments = FilesField(label=_("Files"), widget=FilesArea({"accept": FILES.accept}))


class SchoolRequestForm(RequestForm):
    """The school asks for its teachers: by name, or how many."""

    teachers = PeopleChoice(
        label=_("For which teachers"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Those whom you name read the request, but not the note. You need not name anybody."),
    )
    number = forms.IntegerField(
        label=_("How many teachers"), required=False, min_value=1, max_value=MOST,
        help_text=_("If there are more of them than you name."),
    )  # fmt: skip
    field_order = (
        "topic",
        "subject",
        "classes",
        "kind",
        "way",
        "wished",
        "urgent",
        "teachers",
        "number",
        "note",
        "files",
    )

    def __init__(self, *args: Any, centre_id: int, school: Any, me: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = teachers_of_school(centre_id, school).exclude(pk=me or 0)
        self.fields["teachers"].queryset = rows  # type: ignore[attr-defined]

    @property
    def whom(self) -> dict[str, Any]:
        """Call it on a valid form."""
        given = self.cleaned_data
        teachers = list(given["teachers"])
        return {"teachers": teachers, "number": max(given["number"] or 1, len(teachers))}


class AnswerForm(forms.Form):
    """The tutor takes the request."""

    answer = forms.CharField(
        label=_("When and where"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: Tuesday 14:30, our school, room 12. Read by whoever reads the request."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Taking a request back needs no reason."""

    reason = forms.CharField(label=_("Why, if you like"), max_length=300, required=False)


class BoardForm(forms.Form):
    """Filters of the board, in the address."""

    state = forms.ChoiceField(
        label=_("Whose turn"), choices=[("", _("all open")), *((one.value, one.label) for one in ON_BOARD)],
        required=False,
    )  # fmt: skip
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("all")), *Subject.choices], required=False)


class TutorForm(forms.Form):
    """To whom the request is given."""

    tutor = forms.ModelChoiceField(queryset=Person.objects.all())
