"""Questions of the founding of a centre, one thing a page."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.errors import Invalid
from traektoria.core.forms import DayInput
from traektoria.core.mail import mail_goes_out
from traektoria.core.text import squash
from traektoria.organisations.models import Municipality, School, TutorCentre
from traektoria.organisations.regulations.presets_shown import preset_choices
from traektoria.organisations.school_table import digits_of
from traektoria.people.founding import Scope, known_person
from traektoria.people.models import Account, Person

NEW = "new"


class PlaceForm(forms.Form):
    """A municipality that is there already, or another one."""

    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Municipality.objects.select_related("region").order_by("name")
        self.fields["municipality"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("choose")),
            *((str(row.pk), f"{row.name}, {row.region.name}") for row in rows),
            (NEW, gettext_lazy("another one: I will write it")),
        ]


class MunicipalityForm(forms.Form):
    """A municipality that is not there yet."""

    region_code = forms.RegexField(
        r"^\d{2,3}$", max_length=3, label=gettext_lazy("Number of the region"),
        help_text=gettext_lazy("As on number plates: 22, 23, 89."), widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    region = forms.CharField(label=gettext_lazy("Region"), max_length=200)
    municipality = forms.CharField(label=gettext_lazy("Municipality"), max_length=200)
    municipality_code = forms.CharField(
        label=gettext_lazy("FIS OKO code of the municipality"), max_length=20, required=False,
        help_text=gettext_lazy("If you know it: results are recognised by it, for example reg22_m019."),
    )  # fmt: skip

    def clean_municipality_code(self) -> str:
        code = str(self.cleaned_data["municipality_code"]).strip()
        others = Municipality.objects.filter(code=code) if code else Municipality.objects.none()
        if others.exclude(name=squash(str(self.cleaned_data.get("municipality", "")))).exists():
            raise forms.ValidationError(_("Another municipality has this FIS OKO code."))
        return code


class FounderForm(forms.Form):
    founder = forms.CharField(
        label=gettext_lazy("Founder"), max_length=300,
        help_text=gettext_lazy("For example: education authority of the district."),
    )  # fmt: skip


class ScopeForm(forms.Form):
    """Whom the centre serves, and whether it was created at a school."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What kind of centre is it"),
        widget=forms.RadioSelect,
        choices=[
            (Scope.ANEW.value, gettext_lazy("created anew, for all schools of the municipality")),
            (Scope.AT_SCHOOL.value, gettext_lazy("created at a school, for all schools of the municipality")),
            (Scope.ONE_SCHOOL.value, gettext_lazy("of one school, only for it")),
        ],
    )


class BaseSchoolForm(forms.Form):
    """The school at which the centre is created: one that is there, or a new one."""

    school = forms.ChoiceField(label=gettext_lazy("School"), required=False)
    name = forms.CharField(label=gettext_lazy("Short name"), max_length=200, required=False)
    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("For documents, as in the charter."),
    )  # fmt: skip
    digits = forms.CharField(
        label=gettext_lazy("FIS OKO digits"), max_length=20, required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("Six digits of the school's FIS OKO login: results are recognised by them."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        schools = list(School.objects.filter(municipality=municipality)) if municipality else []
        self.fields["school"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("another one: I will write it below")),
            *((school.digits, school.name) for school in schools),
        ]
        if not schools:
            del self.fields["school"]
            self.fields["name"].required = self.fields["digits"].required = True

    def clean(self) -> dict[str, Any]:
        """One answer: ``digits``, ``name`` and ``full_name`` of the school."""
        data = super().clean() or self.cleaned_data
        if data.get("school"):
            school = School.objects.get(digits=data["school"])
            return data | {"digits": school.digits, "name": school.name, "full_name": school.full_name}
        if not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write what the school is called."))
        data["digits"] = digits_of(data.get("digits", ""))
        if not data["digits"] and "digits" not in self.errors:
            self.add_error("digits", _("Write the digits of the code, for example 220901."))
        self._check_free(data)
        return data

    def _check_free(self, data: dict[str, Any]) -> None:
        have = School.objects.filter(digits=data["digits"] or "-").first()
        if have:
            self.add_error("digits", _("This code is taken by «%(name)s».") % {"name": have.name})
        same = School.objects.filter(municipality=self.municipality, name=squash(data.get("name") or ""))
        if self.municipality and same.exists():
            self.add_error("name", _("There is a school of this name in the municipality already: choose it above."))


class PresetForm(forms.Form):
    preset = forms.ChoiceField(
        label=gettext_lazy("Whose regulation do you begin with"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the samples. You can read each in full first.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"].choices = preset_choices()  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """What the centre is called, since when and by which document it works."""

    name = forms.CharField(
        label=gettext_lazy("Name of the centre"),
        max_length=200,
        help_text=gettext_lazy("Stands in the header of every page."),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("For documents."),
    )  # fmt: skip
    basis = forms.CharField(
        label=gettext_lazy("By which document"), max_length=300, required=False,
        help_text=gettext_lazy("For example: order of the education authority of 1 September 2026 No. 145."),
    )  # fmt: skip
    start = forms.DateField(
        label=gettext_lazy("The regulation is in force from"), widget=DayInput, initial=timezone.localdate
    )

    def __init__(self, *args: Any, municipality: Municipality | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality

    def clean_name(self) -> str:
        name = squash(str(self.cleaned_data["name"]))
        if self.municipality and TutorCentre.objects.filter(municipality=self.municipality, name=name).exists():
            raise forms.ValidationError(_("There is a centre of this name in the municipality already."))
        return name


class CoordinatorForm(forms.Form):
    who = forms.ChoiceField(
        label=gettext_lazy("Who will be the first coordinator"),
        widget=forms.RadioSelect,
        choices=[
            (NEW, gettext_lazy("a person who is not in the system yet")),
            ("known", gettext_lazy("a person who has an account already")),
        ],
    )


class NewPersonForm(forms.ModelForm[Person]):
    """A person who is not in the system yet."""

    class Meta:
        model = Person
        fields = ["surname", "given", "patronymic"]

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            _("To restore the password. It can be added later.")
            if mail_goes_out()
            else _("For sign-in and reminders. No letters go out from this server yet: a lost password is given anew.")
        )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email and Account.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("This e-mail belongs to another account."))
        return email


class KnownPersonForm(forms.Form):
    """A person who signs in already."""

    login = forms.CharField(label=gettext_lazy("Login or e-mail of this person"), max_length=150)

    def clean_login(self) -> str:
        login = str(self.cleaned_data["login"])
        try:
            self.person = known_person(login)
        except Invalid as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return login
