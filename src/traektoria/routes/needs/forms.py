"""Forms of requests for a tutor: a minute long; what is known already is not asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.needs.actions import MOST
from traektoria.routes.needs.queries import teachers_of_school
from traektoria.routes.tutees.enums import Basis


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Persons by their short names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Person) -> str:
        return obj.short_name


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
