"""Forms of the room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.core.forms import DayInput, ManyOptions, Offered
from traektoria.core.text import TEXT, WORDS
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.practices import Practice, practices_of
from traektoria.people import vocabulary
from traektoria.people.enums import GIVEN_BY_HAND, Category, Gender, Role, Subject
from traektoria.people.models import Employment, Person
from traektoria.people.names import CASE_LABELS
from traektoria.people.staff_table import in_words, taught_in
from traektoria.people.vocabulary import NotUnderstood


class PersonForm(forms.ModelForm[Person]):
    """A person's name."""

    class Meta:
        model = Person
        fields = ["surname", "given", "patronymic", "gender"]
        help_texts = {"gender": _("Without it the cases of the name are told by the patronymic.")}

    gender = forms.ChoiceField(label=_("Gender"), choices=[("", _("not stated")), *Gender.choices], required=False)


class NameCasesForm(forms.Form):
    """The name in cases as documents print it: what is empty is declined by the rules."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = person.name_cases
        super().__init__(*args, **kwargs)
        for case, label in CASE_LABELS.items():
            self.fields[case.value] = forms.CharField(label=label, max_length=320, required=False)


class EmploymentForm(forms.Form):
    """Work at a school, with the classes of the current school year in one line."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("School"))
    position = forms.CharField(label=_("Position"), max_length=150, help_text=_("As in the employment contract."))
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), choices=Subject.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    classes = forms.CharField(max_length=TEXT, label=_("Classes"), required=False, widget=forms.Textarea({"rows": 2}))
    category = forms.ChoiceField(label=_("Category"), required=False)
    experience_from = forms.DateField(label=_("Teaching since"), required=False, widget=DayInput)
    start = forms.DateField(label=_("Works here from"), widget=DayInput)
    end = forms.DateField(
        label=_("To"), required=False, widget=DayInput, help_text=_("Leave it empty while the person works here.")
    )

    def __init__(self, *args: Any, centre: TutorCentre, employment: Employment | None = None, **kwargs: Any) -> None:
        self.start_year = school_year.coming()
        kwargs["initial"] = self._initial(employment)
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = centre.schools()  # type: ignore[attr-defined]
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", _("no category")),
            *[choice for choice in Category.choices if choice[0]],
        ]
        year = school_year.label(self.start_year)
        self.fields["classes"].help_text = _(
            "Of %(year)s: «4А, 4Б» or with the subject: «5А, 5Б математика; 6В информатика»."
        ) % {"year": year}

    def _initial(self, employment: Employment | None) -> dict[str, Any]:
        if employment is None:
            return {"start": timezone.localdate()}
        names = ("school", "position", "subjects", "category", "experience_from", "start", "end")
        taught = frozenset(taught_in(employment, self.start_year))
        return {**{name: getattr(employment, name) for name in names}, "classes": in_words(taught)}

    def clean(self) -> dict[str, Any]:
        """``classes`` becomes a set of (subject, grade, letter)."""
        data = super().clean() or self.cleaned_data
        try:
            data["classes"] = vocabulary.read_classes(data.get("classes", ""), tuple(data.get("subjects", ())))
        except NotUnderstood as error:
            said = _("«%(value)s» is not a class.") if str(error) else _("Say which subject is taught in which class.")
            self.add_error("classes", said % {"value": str(error)} if str(error) else said)
        return data


class RoleForm(forms.Form):
    """A role with its scope and period. Tutors and members of the commission are not appointed here: those roles follow
    from the status and from the commission."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in GIVEN_BY_HAND])
    school = forms.ModelChoiceField(
        School.objects.none(),
        label=_("School"),
        required=False,
        help_text=_("For a teacher, a head and a deputy head."),
        empty_label=_("the role is for the whole centre"),
    )
    start = forms.DateField(label=_("From"), widget=DayInput, initial=timezone.localdate)
    end = forms.DateField(label=_("To"), required=False, widget=DayInput, help_text=_("Empty: until it is ended."))

    def __init__(self, *args: Any, centre: TutorCentre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = centre.schools()  # type: ignore[attr-defined]
        self.fields["role"].help_text = _where_others_come_from(practices_of(rules_of(regulation_in_force(centre.pk))))


def _where_others_come_from(practices: frozenset[Practice]) -> SafeString:
    """Where one becomes a tutor and, where the regulation has a commission, its member, with links."""
    ways = gettext("by an order of the head") if Practice.ORDERS in practices else gettext("by an application")
    if Practice.COMMISSION not in practices:
        return format_html(gettext("One becomes a tutor {tutors}."), tutors=_link("tutors:home", ways))
    links = {
        "tutors": _link("tutors:home", ways),
        "commission": _link("tutors:commission_list", gettext("in its make-up")),
    }
    sentence = gettext("One becomes a tutor {tutors}, a member of the commission {commission}.")
    return format_html(sentence, **links)


def _link(name: str, label: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(name), label)


class StaffFilter(forms.Form):
    """What the staff list can be narrowed by; ``commission``: there is or was one by the regulation."""

    q = forms.CharField(
        max_length=WORDS, label=_("Surname or name"), required=False, widget=forms.TextInput({"type": "search"})
    )
    school = forms.ChoiceField(label=_("School"), required=False, widget=ManyOptions)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all roles")), *Role.choices[1:]])

    def __init__(self, *args: Any, schools: Mapping[int, str], commission: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", str(_("all schools"))), *((str(pk), name) for pk, name in schools.items())]
        self.fields["school"].choices = Offered(named)  # type: ignore[attr-defined]
        if not commission:
            role = self.fields["role"]
            role.choices = [one for one in role.choices if one[0] != Role.COMMISSION_MEMBER]  # type: ignore[attr-defined]


def key_of(school: School | None) -> str:
    return str(school.pk) if school else "none"


class SlipsForm(forms.Form):
    """Whom to give first passwords: everybody who waits, or one school."""

    school = forms.ChoiceField(label=_("To whom"), required=False)
    again = forms.BooleanField(
        label=_("And anew to those who got one but never signed in: their old slips stop working"),
        required=False,
    )

    def __init__(self, *args: Any, waiting: Mapping[School | None, Sequence[Person]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [  # type: ignore[attr-defined]
            ("", _("all schools")),
            *((key_of(school), school.name if school else _("those who work at no school")) for school in waiting),
        ]
