"""Forms of tutor support: what the person's role leaves open, nothing that is known already."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.text import squash, whole_number
from traektoria.core.word_search import narrowed
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role, Subject
from traektoria.people.models import Person, RoleAssignment
from traektoria.routes.supports.queries.suitable_tutors import Fit, tutors_with_places
from traektoria.routes.tutees.enums import Basis, SupportKind, SupportState
from traektoria.routes.tutees.queries import NO_TUTOR, teachers_of, tutor_names, tutors_of

MOST_SHOWN = 12
CHOICES = 40


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Persons by their short names."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.short_name


class TutorChoice(PersonChoice):
    """Tutors with their free places: «Иванова М. П., свободно 3 из 10»."""

    def show(self, fits: Iterable[Fit], centre_id: int) -> None:
        """List these tutors in this order. Any tutor of the centre is taken, so that whose last place went meanwhile is
        refused with a sentence about the places."""
        self.queryset = tutors_of(frozenset({centre_id}))
        self.choices = [("", self.empty_label or ""), *((fit.tutor, _placed(fit)) for fit in fits)]


def _placed(fit: Fit) -> str:
    places = fit.places
    facts = {"name": fit.name, "free": places.free, "total": places.total}
    if not places.free:
        return gettext("%(name)s, no free places") % facts
    return gettext("%(name)s, free: %(free)s of %(total)s") % facts


class TeachersChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Teachers with their schools."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.short_name}, {getattr(obj, 'school_name', '')}"


class SupportForm(forms.Form):
    """Proposing a support as coordinator (everything is open), tutor (for others) or teacher (for oneself).

    Of many teachers only those found by ``q`` are listed, and those chosen already: the page stays light.
    """

    tutor = TutorChoice(label=_("Tutor"), queryset=Person.objects.none(), empty_label=_("choose"))
    q = forms.CharField(
        label=_("Find a teacher"),
        required=False,
        max_length=100,
        widget=forms.SearchInput,
        help_text=_("Surname or its beginning, then «Find». The first twelve are listed."),
    )
    members = TeachersChoice(
        label=_("Teachers"), queryset=Person.objects.none(), help_text=_("Two or more make a group.")
    )
    name = forms.CharField(
        label=_("Name of the group"), required=False, max_length=150, help_text=_("Only for two or more teachers.")
    )
    subject = forms.ChoiceField(label=_("Subject"), choices=Subject.choices)
    basis = forms.ChoiceField(label=_("Why"), choices=Basis.choices)
    basis_note = forms.CharField(label=_("A word about it"), required=False, max_length=300)
    start = forms.DateField(label=_("From"), widget=DayInput)
    end = forms.DateField(label=_("To"), widget=DayInput)

    def __init__(self, *args: Any, actor: Actor, role: Role, centre_id: int, found: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.role = actor, role
        here = frozenset({centre_id})
        if role != Role.TUTOR:
            self._tutors(TutorCentre.objects.get(pk=centre_id))
        self._people("members", with_schools(teachers_of(here).exclude(pk=actor.person_id or 0), centre_id))
        if not self.initial.get("subject"):
            self.fields["subject"].choices = [("", _("choose")), *Subject.choices]  # type: ignore[attr-defined]
        if role == Role.TUTOR:
            del self.fields["tutor"]
        if role == Role.TEACHER:
            for name in ("q", "members", "name"):
                del self.fields[name]
        else:
            self._narrow(found)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        members = list(given.get("members") or [])
        given["kind"] = SupportKind.GROUP if len(members) > 1 else SupportKind.INDIVIDUAL
        if len(members) > 1 and not squash(given.get("name", "")):
            self.add_error("name", _("Give the group a name."))
        start, end = given.get("start"), given.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end must be later than the beginning."))
        return given

    def facts(self, me: Person) -> dict[str, Any]:
        """What ``propose_support`` takes; the proposer stands on their own side. Call it on a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "q"}
        sides: dict[Role, dict[str, Any]] = {Role.TUTOR: {"tutor": me}, Role.TEACHER: {"members": [me]}}
        facts = {**given, **sides.get(self.role, {})}
        return {**facts, "members": list(facts["members"]), "name": squash(facts.get("name", ""))}

    def _tutors(self, centre: TutorCentre) -> None:
        """Tutors of the centre who may take teachers, with their places."""
        field: Any = self.fields["tutor"]
        field.show(tutors_with_places(centre.pk, [self.actor.person_id or 0]), centre.pk)

    def _people(self, name: str, rows: QuerySet[Person]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _narrow(self, found: str) -> None:
        """Show the chosen and the found; all are allowed."""
        field: Any = self.fields["members"]
        posted = self.data.getlist("members") if isinstance(self.data, QueryDict) else []
        chosen = [whole_number(pk) for pk in [*posted, *self.initial.get("members", [])]]
        rows = field.queryset
        hits = narrowed(rows, found, "search_name")
        listed = [*rows.filter(pk__in=chosen), *hits.exclude(pk__in=chosen)[:MOST_SHOWN]]
        field.choices = [(person.pk, field.label_from_instance(person)) for person in listed]


_STATES = [("", _("all")), *SupportState.choices, (NO_TUTOR, _("goes on without a tutor"))]


class FilterForm(forms.Form):
    """Filters of the list, in the address. A few tutors are chosen from, many are found by surname."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *SupportState.choices], required=False)
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", _("all")), *Subject.choices], required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor.is_coordinator:
            self.fields["tutor"] = _tutor_field(actor)
            self.fields["state"] = forms.ChoiceField(label=_("State"), choices=_STATES, required=False)


def _tutor_field(actor: Actor) -> forms.Field:
    """A choice of at most ``CHOICES`` tutors; a search where the centre has more. One query."""
    tutors = tutor_names(actor.centres(Role.COORDINATOR), limit=CHOICES + 1)
    choices = [(str(pk), name) for pk, name in tutors.items()]
    if len(choices) > CHOICES:
        return forms.CharField(label=_("Tutor"), max_length=100, required=False)
    return forms.ChoiceField(label=_("Tutor"), choices=[("", _("all")), *choices], required=False)


class SupportReasonForm(forms.Form):
    """Declining or ending: a word of why, if one likes."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Not required. Seen by the tutor, the teacher and the coordinator."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RequestForm(forms.Form):
    """The learning request."""

    text = forms.CharField(
        label=_("What I want to learn or change"),
        help_text=_("In your own words: two or three sentences are enough. You can change them later."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


def default_period(today: date | None = None) -> dict[str, date]:
    """From today to the end of lessons of this school year; in summer, of the next one."""
    start = today or timezone.localdate()
    return {"start": start, "end": date(start.year + (start.month > 4), 5, 31)}


def with_schools(rows: QuerySet[Person], centre_id: int) -> QuerySet[Person]:
    """Teachers with ``school_name``, the school where they teach in the centre."""
    now = in_force(timezone.localdate())
    roles = RoleAssignment.objects.filter(now, person=OuterRef("pk"), role=Role.TEACHER, centre=centre_id)
    return rows.annotate(school_name=Subquery(roles.order_by("pk").values("school__name")[:1]))
