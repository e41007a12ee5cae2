"""The order of the questions of a founding, and the answers that wait in the session until the last press."""

from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from traektoria.core.text import whole_number
from traektoria.core.typography import ru_day
from traektoria.organisations.models import Municipality
from traektoria.organisations.regulations.presets_shown import preset_title
from traektoria.people import founding_forms as forms
from traektoria.people.founding import Founding, Scope

KEY = "founding"
EVERYBODY = _("everybody in the centre")
Answers = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Step:
    """A page with a question: its heading, when it is asked, its form."""

    slug: str
    title: Any  # lazy string
    form: Callable[["Wizard", dict[str, Any]], BaseForm]
    asked: Callable[["Wizard"], bool] = lambda wizard: True
    hint: Any = ""
    minutes: int = 0  # less than one
    seen_by: Any = EVERYBODY


class Wizard:
    """The answers of one founding. ``kept`` lives in the session: the token, the answers, what came of them."""

    def __init__(self, session: Any) -> None:
        kept = session.get(KEY) or {}
        self.session, self.token = session, str(kept.get("token", ""))
        self.answers: Answers = kept.get("answers", {})
        self.done: int | None = kept.get("done")

    def begin(self) -> None:
        """A new founding: nothing of the one before is left. Looking at its first page keeps nothing yet."""
        self.token, self.answers, self.done = token_hex(16), {}, None

    def keep(self) -> None:
        self.session[KEY] = {"token": self.token, "answers": self.answers, "done": self.done}

    def finish(self, centre_id: int) -> None:
        """The centre is there: personal data leave the session."""
        self.answers, self.done = {}, centre_id
        self.keep()

    def answer(self, slug: str, data: dict[str, str]) -> None:
        self.answers[slug] = data
        self.keep()

    def form(self, slug: str, data: Any) -> BaseForm:
        """The form of a page with what was sent, or as it is shown: with the answer that was given."""
        return STEPS[slug].form(self, {"data": data, "initial": self.answers.get(slug)})

    def said(self, slug: str) -> dict[str, Any]:
        """What was answered on a page; empty where it is not asked or not answered rightly."""
        if slug not in self.answers or not STEPS[slug].asked(self):
            return {}
        form = self.form(slug, self.answers[slug])
        return form.cleaned_data if form.is_valid() else {}

    @property
    def steps(self) -> list[Step]:
        return [step for step in STEPS.values() if step.asked(self)]

    @property
    def open_step(self) -> str | None:
        """The first question without a good answer."""
        return next((step.slug for step in self.steps if not self.said(step.slug)), None)

    def before(self, slug: str) -> str | None:
        slugs = [step.slug for step in self.steps]
        at = slugs.index(slug)
        return slugs[at - 1] if at else None

    @property
    def municipality(self) -> Municipality | None:
        """The chosen municipality, or the one that is there under the name that was written."""
        chosen = self.answers.get("place", {}).get("municipality", "")
        if chosen.isdecimal():
            return Municipality.objects.select_related("region").filter(pk=whole_number(chosen)).first()
        new = self.answers.get("municipality", {})
        rows = Municipality.objects.select_related("region").filter(region__code=new.get("region_code", ""))
        return rows.filter(name=new.get("municipality", "")).first()

    def is_new_place(self) -> bool:
        return not Municipality.objects.exists() or self.answers.get("place", {}).get("municipality") == forms.NEW

    def has_school(self) -> bool:
        return self.answers.get("scope", {}).get("scope") in (Scope.AT_SCHOOL.value, Scope.ONE_SCHOOL.value)

    def is_known_person(self) -> bool:
        return self.answers.get("coordinator", {}).get("who") == "known"

    def founding(self) -> Founding:
        """All answers as the action takes them; asked only when no question is open."""
        place, school, name, person = (self.said(slug) for slug in ("municipality", "school", "name", "person"))
        if not place and (row := self.municipality):
            place = {"region_code": row.region.code, "region": row.region.name, "municipality": row.name}
        return Founding(
            **place, **name, **person, founder=self.said("founder")["founder"], preset=self.said("preset")["preset"],
            scope=Scope(self.said("scope")["scope"]), digits=school.get("digits", ""), school=school.get("name", ""),
            school_full_name=school.get("full_name", ""),
        )  # fmt: skip

    def lines(self) -> list[tuple[str, Any, list[str]]]:
        """(question, its heading, the answer in words) for the last look."""
        found = self.founding()
        words = {
            "place": [f"{found.municipality}, {found.region}"],
            "municipality": [f"{found.municipality}, {found.region}", found.municipality_code],
            "founder": [found.founder],
            "scope": [str(dict(forms.ScopeForm.base_fields["scope"].choices)[found.scope.value])],  # type: ignore[attr-defined]
            "school": [found.school, found.digits],
            "preset": [str(preset_title(found.preset))],
            "name": [found.name, found.full_name, found.basis, str(ru_day(found.start))],
            "person": [" ".join([found.surname, found.given, found.patronymic]).strip() or found.login, found.email],
        }
        return [
            (step.slug, step.title, [word for word in words[step.slug] if word])
            for step in self.steps
            if step.slug in words and not (step.slug == "place" and self.is_new_place())
        ]


STEPS = {
    step.slug: step
    for step in (
        Step(
            "place", _("In which municipality"), lambda wizard, given: forms.PlaceForm(**given),
            lambda wizard: Municipality.objects.exists(),
        ),
        Step(
            "municipality", _("The new municipality"), lambda wizard, given: forms.MunicipalityForm(**given),
            Wizard.is_new_place, minutes=1,
        ),
        Step("founder", _("Who founds the centre"), lambda wizard, given: forms.FounderForm(**given)),
        Step("scope", _("What kind of centre"), lambda wizard, given: forms.ScopeForm(**given)),
        Step(
            "school", _("At which school"),
            lambda wizard, given: forms.BaseSchoolForm(municipality=wizard.municipality, **given), Wizard.has_school,
            minutes=1,
        ),
        Step(
            "preset", _("Which regulation to begin with"), lambda wizard, given: forms.PresetForm(**given),
            hint=_("Everything in it can be changed afterwards, in a draft, without a programmer."), minutes=3,
        ),
        Step(
            "name", _("Name, document and day"),
            lambda wizard, given: forms.NameForm(municipality=wizard.municipality, **given), minutes=1,
        ),
        Step("coordinator", _("First coordinator"), lambda wizard, given: forms.CoordinatorForm(**given)),
        Step(
            "person", _("Who it is"),
            lambda wizard, given: (forms.KnownPersonForm if wizard.is_known_person() else forms.NewPersonForm)(**given),
            minutes=1, seen_by=_("you and the coordinator"),
        ),
    )
}  # fmt: skip
