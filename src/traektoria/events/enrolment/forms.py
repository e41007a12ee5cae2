"""Forms of registration: what is known already is not asked."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.typography import clock, ru_moment
from traektoria.events.enrolment.policies import coming_dates
from traektoria.events.event.models import Event
from traektoria.events.event.surnames import by_surnames

WHICH_ALL, WHICH_SOME = "all", "some"
Dates = list[tuple[int, str]]
"""Number of a date → when it is."""


def dates_to_choose(event: Event) -> Dates:
    """Those that are still to come; none of an event of one date. Reads ``event.dates``."""
    coming = coming_dates(event, timezone.now())
    local = [(one.pk, timezone.localtime(one.start), timezone.localtime(one.end)) for one in coming]
    return [(pk, f"{ru_moment(start)}–{clock(end)}") for pk, start, end in local] if len(coming) > 1 else []


class EnrolForm(forms.Form):
    """Oneself: of a series, on all dates or on those that are ticked; of one date there is nothing to say."""

    which = forms.ChoiceField(
        label=_("On which dates"), widget=forms.RadioSelect,
        choices=[(WHICH_ALL, _("on all dates")), (WHICH_SOME, _("on the marked ones:"))],
    )  # fmt: skip
    dates = forms.TypedMultipleChoiceField(
        label=_("Dates"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Some of these dates do not take place any more: look at them anew."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, dates: Dates, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dates"].choices = dates  # type: ignore[attr-defined]
        if not dates:
            del self.fields["which"], self.fields["dates"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "dates" in self.fields and "dates" in data:
            some, ticked = data.get("which") == WHICH_SOME, bool(data["dates"])
            if some and not ticked:
                self.add_error("dates", _("Tick the dates to which you come."))
            if ticked and not some:
                self.add_error("which", _("Dates are ticked: say whether you come on these or on all."))
        return data

    @property
    def chosen(self) -> list[int]:
        """None: all. Call it on a valid form."""
        some = self.cleaned_data.get("which") == WHICH_SOME
        return list(self.cleaned_data["dates"]) if some else []


class PeopleForm(forms.Form):
    """Teachers of the school to tick, or any of the centre by surname; of a series, on which dates."""

    people = forms.TypedMultipleChoiceField(
        label=_("Teachers"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whom to register.")},
    )  # fmt: skip
    others = forms.CharField(
        label=_("Whom to register"), max_length=1000,
        help_text=_("People of the centre by surname, with the name if there are several; separated by commas."),
    )  # fmt: skip
    dates = forms.TypedMultipleChoiceField(
        label=_("On which dates"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None marked: all."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, offered: list[tuple[int, str]], by_name: bool, dates: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = offered  # type: ignore[attr-defined]
        self.fields["dates"].choices = dates  # type: ignore[attr-defined]
        del self.fields["people" if by_name else "others"]
        if len(dates) < 2:
            del self.fields["dates"]

    def chosen(self, centre_id: int) -> set[int]:
        """Call it on a valid form. Raises ``Invalid`` for a surname that is nobody's."""
        if "others" in self.fields:
            return by_surnames(self.cleaned_data["others"], centre_id)
        return set(self.cleaned_data["people"])
