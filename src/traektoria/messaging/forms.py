"""«Letters and reminders»: how each kind comes, and when it is quiet."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.messaging.enums import Rhythm
from traektoria.messaging.queries import optional
from traektoria.messaging.timing import Hours

HOURS = [(f"{hour:02}:00", f"{hour}:00") for hour in range(24)]


class WishesForm(forms.Form):
    """A field a kind, then the quiet hours."""

    begins = forms.ChoiceField(label=_("Quiet from"), choices=HOURS)
    ends = forms.ChoiceField(
        label=_("Quiet to"),
        choices=HOURS,
        help_text=_("At these hours no letters come but those about the password. The same hour twice: never quiet."),
    )

    def __init__(self, data: Any = None, *, wishes: dict[str, Rhythm], quiet: Hours) -> None:
        super().__init__(data, initial={"begins": f"{quiet[0]:%H:00}", "ends": f"{quiet[1]:%H:00}"})
        for kind in optional():
            self.fields[_name(kind.slug)] = forms.ChoiceField(
                label=kind.label, choices=Rhythm.choices, initial=wishes[kind.slug]
            )
        self.order_fields([*(_name(kind.slug) for kind in optional()), "begins", "ends"])

    @property
    def rhythms(self) -> dict[str, Rhythm]:
        return {kind.slug: Rhythm(self.cleaned_data[_name(kind.slug)]) for kind in optional()}

    @property
    def quiet(self) -> Hours:
        begins, ends = (time(int(self.cleaned_data[name][:2])) for name in ("begins", "ends"))
        return begins, ends


def _name(slug: str) -> str:
    return slug.replace(".", "_")
