"""Forms of requests for a tutor: a minute long; what is known already is not asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from traektoria.core.finding import narrowed
from traektoria.core.forms import DayInput
from traektoria.core.text import squash
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.actions.needs import MOST
from traektoria.routes.enums import Basis, SupportKind
from traektoria.routes.forms.supports import SHOWN, TutorChoice, default_period, with_schools
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.queries.board import Fit, fitting
from traektoria.routes.queries.needs import asked_in, teachers_of_school
from traektoria.routes.queries.supports import teachers_of


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Persons by their short names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Person) -> str:
        return obj.short_name


class PeopleOfSchools(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Teachers with their schools."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.short_name}, {getattr(obj, 'school_name', '')}"


class NeedForm(forms.Form):
    """A teacher asks for themselves."""

    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("choose")), *Subject.choices])
    basis = forms.ChoiceField(label=_("Why"), choices=Basis.choices)
    text = forms.CharField(
        label=_("What help do you want?"),
        required=False,
        max_length=2000,
        help_text=_("In your own words, if you like: the coordinator finds the tutor by it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SchoolNeedForm(NeedForm):
    """The school asks for its teachers: by name, or how many."""

    teachers = PeopleChoice(
        label=_("For whom"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Those whom you name read it on «My day» and may say no. You need not name anybody."),
    )
    number = forms.IntegerField(
        label=_("For how many teachers"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("Only if you do not name all of them."),
    )
    field_order = ("teachers", "number", "subject", "basis", "text")

    def __init__(self, *args: Any, centre_id: int, school: Any, me: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = teachers_of_school(centre_id, school).exclude(pk=me or 0)
        self.fields["teachers"].queryset = rows  # type: ignore[attr-defined]
        self.fields["basis"].choices = [row for row in Basis.choices if row[0] != Basis.REQUEST]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        teachers = list(given.get("teachers") or [])
        if not teachers and not given.get("number") and "number" not in self.errors:
            self.add_error("teachers", _("Name somebody, or say below for how many teachers you ask."))
        return {**given, "teachers": teachers, "number": max(given.get("number") or 0, len(teachers))}


class WithdrawForm(forms.Form):
    """Taking a request back."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("A few words. Seen by you, the school that asked and the coordinator."),
    )


class BoardForm(forms.Form):
    """Filters of the board, in the address."""

    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("all")), *Subject.choices], required=False)
    school = forms.ChoiceField(label=_("School"), choices=[("", _("all"))], required=False)

    def __init__(self, *args: Any, schools: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", _("all")), *schools]  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """The coordinator offers a tutor by a request: everything is filled in, one press sends it."""

    tutor = TutorChoice(label=_("Tutor"), queryset=Person.objects.none(), empty_label=_("choose"))
    members = PeopleChoice(label=_("Teachers"), queryset=Person.objects.none())
    name = forms.CharField(
        label=_("Name of the group"), required=False, max_length=150, help_text=_("Only for two or more teachers.")
    )
    start = forms.DateField(label=_("From"), widget=DayInput)
    end = forms.DateField(label=_("To"), widget=DayInput)

    def __init__(self, *args: Any, need: SupportNeed, tutor: str = "", **kwargs: Any) -> None:
        asked = asked_in(need)
        named = [one.pk for one in need.teachers.all() if one.pk not in asked]
        super().__init__(*args, **kwargs)
        self.initial = {**default_period(), "tutor": tutor, "members": named, "name": _group_name(need)}
        self.need = need
        self.fields["tutor"].show(fitting(need)[0], need.centre_id)  # type: ignore[attr-defined]
        rows = teachers_of_school(need.centre_id, need.school) if need.school else need.teachers.all()
        self._members(rows, set() if self.is_bound else asked)
        if need.school is None and need.number == 1:
            del self.fields["name"]

    def _members(self, rows: QuerySet[Person], hidden: set[int]) -> None:
        """Those who are asked already are not listed, but taken: the second press of a button says the same.
        The named stand first."""
        field: Any = self.fields["members"]
        field.queryset = rows
        named = set(self.initial["members"])
        shown = sorted((one for one in rows if one.pk not in hidden), key=lambda one: one.pk not in named)
        field.choices = [(one.pk, field.label_from_instance(one)) for one in shown]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        members = list(given.get("members") or [])
        given["kind"] = SupportKind.GROUP if len(members) > 1 else SupportKind.INDIVIDUAL
        given["name"] = squash(given.get("name", "")) if len(members) > 1 else ""
        if len(members) > 1 and not given["name"]:
            self.add_error("name", _("Give the group a name."))
        start, end = given.get("start"), given.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end must be later than the beginning."))
        return {**given, "members": members}

    def facts(self) -> dict[str, Any]:
        """What ``propose_support`` takes beside the centre and who proposes. Call it on a valid form."""
        note = squash(self.need.text)[:300]
        return {
            **self.cleaned_data,
            "subject": self.need.subject,
            "basis": self.need.basis,
            "basis_note": note,
            "need": self.need,
        }


class ReassignForm(forms.Form):
    """Giving teachers over to another tutor."""

    tutor = TutorChoice(label=_("New tutor"), queryset=Person.objects.none(), empty_label=_("choose"))
    reason = forms.CharField(
        label=_("Why another tutor"),
        max_length=300,
        help_text=_("A few plain words: the teachers, both tutors and the coordinator read them."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, fits: list[Fit], centre_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tutor"].show(fits, centre_id)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """One more teacher of a group, among the first dozen found by surname."""

    person = PeopleOfSchools(label=_("Teacher"), queryset=Person.objects.none(), widget=forms.RadioSelect)

    def __init__(self, *args: Any, support: TutorSupport, found: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = {member.person_id for member in support.members.all()} | {support.tutor_id}
        rows = with_schools(teachers_of(frozenset({support.centre_id})).exclude(pk__in=inside), support.centre_id)
        field: Any = self.fields["person"]
        field.queryset = rows
        hits = narrowed(rows, found, "search_name")[:SHOWN]
        field.choices = [(person.pk, field.label_from_instance(person)) for person in hits]


def _group_name(need: SupportNeed) -> str:
    """«СОШ № 5: математика»: a name to begin with, changed freely."""
    if need.school:
        return f"{need.school.name}: {need.get_subject_display()}"
    named = _("Group: %(subject)s") % {"subject": need.get_subject_display()}
    return str(named) if need.number > 1 else ""
