"""Forms of plans: what the regulation or the plan knows already is not asked."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from traektoria.core import school_year
from traektoria.core.forms import DayInput
from traektoria.planning.facts.registry import fact_kinds
from traektoria.planning.plans.actions.copying import CopiedItem, Decision
from traektoria.planning.plans.actions.writing import ProposedItem
from traektoria.planning.plans.enums import DUTIES, PlanSpan
from traektoria.planning.plans.models import PlanItem, year_label

LATER = "-"


def years_offered() -> list[tuple[str, str]]:
    """School years and calendar years around today: «school-2026»."""
    autumn, this = school_year.this_year(), timezone.localdate().year
    school = [(f"school-{year}", _said("school", year)) for year in (autumn, autumn + 1)]
    return school + [(f"calendar-{year}", _said("calendar", year)) for year in (this, this + 1)]


def _said(span: str, year: int) -> str:
    words = {"year": year_label(span, year)}
    if span == PlanSpan.SCHOOL:
        return gettext("%(year)s school year") % words
    return gettext("the year %(year)s") % words


class NewPlanForm(forms.Form):
    """A plan is begun. ``own``: what else than the regulation's default plan it can begin with is the same."""

    period = forms.ChoiceField(label=_("For which year"), choices=years_offered)
    title = forms.CharField(
        label=_("Title"), max_length=300, required=False,
        help_text=_("May stay empty: then it is called «Work plan» with the year."),
    )  # fmt: skip
    begins = forms.DateField(
        label=_("From which day"), required=False, widget=DayInput,
        help_text=_("May stay empty. If the plan begins in the middle of the year, nothing is due before this day."),
    )  # fmt: skip
    start = forms.ChoiceField(
        label=_("Begin with"),
        choices=[
            ("regulation", _("the plan of the regulation: sections, items and deadlines are there, change them")),
            ("table", _("your plan in Word, Excel or PDF: it is read, and you look through it")),
            ("empty", _("an empty sheet")),
        ],
        widget=forms.RadioSelect, initial="regulation",
    )  # fmt: skip

    @property
    def given(self) -> dict[str, Any]:
        """Call it on a valid form."""
        span, year = self.cleaned_data["period"].split("-")
        title = self.cleaned_data["title"] or gettext("Work plan for %(year)s") % {"year": _said(span, int(year))}
        from_regulation = self.cleaned_data["start"] == "regulation"
        begins = self.cleaned_data["begins"]
        return {
            "title": title, "span": span, "year": int(year), "from_regulation": from_regulation, "begins": begins,
        }  # fmt: skip


class ItemForm(forms.Form):
    """A line of a plan."""

    content = forms.CharField(
        label=pgettext_lazy("plan", "What is done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    phrase = forms.CharField(
        label=_("Deadline, in your words"), max_length=400,
        help_text=_("As in your plan: «once a quarter», «September», «on request». The dates are shown after saving."),
    )  # fmt: skip
    who = forms.CharField(
        label=_("Responsible, as in the plan"), max_length=400, required=False,
        help_text=_("So it is printed. From «methodists», «tutors» or «heads» it is understood who is reminded."),
    )  # fmt: skip
    heading = forms.CharField(label=_("Section"), max_length=300, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Whom to remind: everybody who is"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.label) for role in DUTIES],
    )  # fmt: skip
    people = forms.CharField(
        label=_("Whom to remind: by name"), max_length=400, required=False,
        help_text=_("Surnames with commas; people of the centre."),
    )  # fmt: skip
    schools = forms.CharField(
        label=_("Whom to remind: schools"), max_length=400, required=False,
        help_text=_("Names with commas: «СОШ № 3, lyceum № 1». Their heads and deputy heads are reminded."),
    )  # fmt: skip
    counted = forms.MultipleChoiceField(
        label=_("Offer to count"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(kind.slug, kind.label) for kind in fact_kinds],
        help_text=_("When such a thing happens, it is offered beside this item: one press, and it counts."),
    )
    direction = forms.ChoiceField(label=_("Direction of work"), required=False)
    product = forms.CharField(label=_("Expected product"), max_length=300, required=False)
    needs = forms.IntegerField(
        label=_("How many deeds each time"), min_value=1, max_value=100, initial=1,
        help_text=_("Two open lessons a quarter: 2."),
    )  # fmt: skip
    number = forms.CharField(
        label=pgettext_lazy("plan", "Number"),
        max_length=20,
        required=False,
        help_text=_("May stay empty: it is given by the place."),
    )

    def __init__(self, *args: Any, directions: list[str], amends: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("direction") or ""
        offered = [*directions, *([kept] if kept and kept not in directions else [])]
        self.fields["direction"].choices = [("", _("not said")), *((one, one) for one in offered)]  # type: ignore[attr-defined]
        self.fields["heading"].widget.attrs["list"] = "headings"
        if amends:
            self.fields["reason"] = forms.CharField(
                label=_("Why the approved plan changes"), max_length=300,
                help_text=_("Stands in the list of amendments with the day and your name."),
            )  # fmt: skip

    @property
    def reason(self) -> str:
        said: str = self.cleaned_data.get("reason", "")
        return said

    def given(self, people: tuple[int, ...], schools: tuple[int, ...], *, guessed: bool) -> ProposedItem:
        """Call it on a valid form. ``guessed``: roles of a new item follow from the words where none is ticked."""
        said = dict(self.cleaned_data)
        roles = None if guessed and not said["roles"] and not people and not schools else tuple(said["roles"])
        words = {name: said[name] for name in ("content", "phrase", "who", "heading", "direction", "product", "number")}
        counted = None if guessed and not said["counted"] else tuple(said["counted"])
        return ProposedItem(**words, needs=said["needs"], roles=roles, people=people, schools=schools, counted=counted)


class TermForm(forms.Form):
    """What a deadline means, where it can be read in several ways; or the question is put off."""

    reading = forms.ChoiceField(label=_("What is meant"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [*((one, one) for one in choices), (LATER, _("say it later"))]
        self.fields["reading"].choices = offered  # type: ignore[attr-defined]

    @property
    def meant(self) -> str:
        """Empty: later. Call it on a valid form."""
        said: str = self.cleaned_data["reading"]
        return "" if said == LATER else said


class PastForm(forms.Form):
    """What was due before today is not waited for, or is late at once. Where nothing was, nobody is asked."""

    from_today = forms.TypedChoiceField(
        label=_("What was due before today"), widget=forms.RadioSelect, initial="yes",
        coerce=lambda said: said == "yes", empty_value=None,
        choices=[("yes", _("not waited for: marked as past; any of them can be restored")),
                 ("no", _("waited for: overdue from the first day"))],
    )  # fmt: skip

    def __init__(self, *args: Any, past: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not past:
            del self.fields["from_today"]


class ApprovePlanForm(PastForm):
    """By what the plan is approved."""

    field_order = ("act", "number", "day", "from_today")

    act = forms.CharField(
        label=_("Approved by"), max_length=200, help_text=_("For example: by the order of the head, by the council.")
    )
    number = forms.CharField(label=pgettext_lazy("plan", "Number"), max_length=40, required=False)
    day = forms.DateField(label=_("Of the day"), widget=DayInput)


class CopyForm(forms.Form):
    """A plan for another year: what a year is written in is shown and may be changed, fixed dates are decided."""

    title = forms.CharField(label=_("Title"), max_length=300)

    def __init__(self, *args: Any, copied: list[CopiedItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [one for one in copied if one.fixed or one.renamed]
        for one in self.lines:
            if one.renamed:
                self.fields[f"content-{one.item.pk}"] = forms.CharField(
                    label=pgettext_lazy("plan", "What is done"), max_length=2000, initial=one.content,
                    widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Was: %(text)s") % {"text": one.item.content},
                )  # fmt: skip
            if one.fixed:
                self.fields[f"phrase-{one.item.pk}"] = forms.CharField(
                    label=_("Deadline"), max_length=400, initial=one.phrase,
                    help_text=_("Was: %(text)s") % {"text": one.item.phrase},
                )  # fmt: skip
                self.fields[f"goes-{one.item.pk}"] = forms.BooleanField(
                    label=_("Goes into the new plan"), required=False, initial=True
                )

    @property
    def groups(self) -> list[tuple[PlanItem, list[forms.BoundField]]]:
        """Fields by the line that they are of."""
        names = ("content", "phrase", "goes")
        return [
            (one.item, [self[key] for name in names if (key := f"{name}-{one.item.pk}") in self.fields])
            for one in self.lines
        ]

    @property
    def decisions(self) -> dict[int, Decision]:
        """Call it on a valid form."""
        said, found = self.cleaned_data, {}
        for one in self.lines:
            pk = one.item.pk
            goes = said[f"goes-{pk}"] if one.fixed else True
            found[pk] = Decision(said.get(f"content-{pk}", ""), said.get(f"phrase-{pk}", ""), goes)
        return found
