"""Forms that give teachers over to another tutor or ask one more to join a group."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.core.word_search import narrowed
from traektoria.people.models import Person
from traektoria.routes.supports.forms.supports import MOST_SHOWN, TutorChoice, with_schools
from traektoria.routes.supports.queries.suitable_tutors import Fit
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.queries import teachers_of


class PeopleOfSchools(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Teachers with their schools."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.short_name}, {getattr(obj, 'school_name', '')}"


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
        hits = narrowed(rows, found, "search_name")[:MOST_SHOWN]
        field.choices = [(person.pk, field.label_from_instance(person)) for person in hits]
