"""Forms of the board of requests: its filters, and an offer."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.text import squash
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.needs.forms import PeopleChoice
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.queries import asked_in, teachers_of_school
from traektoria.routes.offers.queries import fitting
from traektoria.routes.supports.forms.supports import TutorChoice, default_period
from traektoria.routes.tutees.enums import SupportKind


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


def _group_name(need: SupportNeed) -> str:
    """«СОШ № 5: математика»: a name to begin with, changed freely."""
    if need.school:
        return f"{need.school.name}: {need.get_subject_display()}"
    named = _("Group: %(subject)s") % {"subject": need.get_subject_display()}
    return str(named) if need.number > 1 else ""
