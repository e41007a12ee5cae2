"""«Letters and reminders»: how each kind comes, and when it is quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traektoria.messaging.enums import Rhythm
from traektoria.messaging.queries import optional
from traektoria.messaging.quiet_hours import QUIET_HOURS, Hours

WHOLE_HOURS = [time(hour) for hour in range(24)]
HEADINGS = {
    "messaging": _("Deadlines"),
    "consultations": _("Consultations and hours of help"),
    "events": _("Events"),
    "planning": _("Audits and self-analysis"),
    "diagnostics": _("Diagnostics"),
    "tutors": _("Status of a tutor"),
}
"""Under what the kinds of a room stand, in this order; a room that is not here comes last under «Others»."""


@dataclass(frozen=True)
class KindGroup:
    """``said``: how all of its kinds come, where they come alike."""

    label: Any  # lazy string
    said: str
    fields: Sequence[forms.BoundField]


class WishesForm(forms.Form):
    """One choice for all letters, else a field a kind; then the quiet hours."""

    every = forms.ChoiceField(
        label=_("All letters"),
        required=False,
        choices=[("", _("as chosen below, by kind")), *Rhythm.choices],
        help_text=_("One choice for all kinds that stand below. Kinds that come later come as usual until you choose."),
    )
    begins = forms.ChoiceField(label=_("Quiet from"))
    ends = forms.ChoiceField(
        label=_("Quiet to"),
        help_text=_("At these hours no letters come but those about the password. The same hour twice: never quiet."),
    )

    def __init__(self, data: Any = None, *, wishes: dict[str, Rhythm], quiet: Hours) -> None:
        super().__init__(data, initial={"begins": f"{quiet[0]:%H:%M}", "ends": f"{quiet[1]:%H:%M}"})
        hours = sorted({*WHOLE_HOURS, *QUIET_HOURS, *quiet})
        for name in ("begins", "ends"):
            self.fields[name].choices = [(f"{one:%H:%M}", f"{one.hour}:{one:%M}") for one in hours]  # type: ignore[attr-defined]
        for kind in optional():
            self.fields[_name(kind.slug)] = forms.ChoiceField(
                label=kind.label, choices=Rhythm.choices, initial=wishes[kind.slug]
            )
        self.order_fields(["every", *(_name(kind.slug) for kind in optional()), "begins", "ends"])

    @property
    def groups(self) -> list[KindGroup]:
        found: dict[str, list[forms.BoundField]] = {room: [] for room in HEADINGS}
        for kind in optional():
            found.setdefault(kind.slug.split(".")[0], []).append(self[_name(kind.slug)])
        return [KindGroup(HEADINGS.get(room, _("Others")), _alike(rows), rows) for room, rows in found.items() if rows]

    @property
    def rhythms(self) -> dict[str, Rhythm]:
        if self.cleaned_data["every"]:
            return {kind.slug: Rhythm(self.cleaned_data["every"]) for kind in optional()}
        return {kind.slug: Rhythm(self.cleaned_data[_name(kind.slug)]) for kind in optional()}

    @property
    def quiet(self) -> Hours:
        begins, ends = (time.fromisoformat(self.cleaned_data[name]) for name in ("begins", "ends"))
        return begins, ends


def _alike(rows: Sequence[forms.BoundField]) -> str:
    values = {str(row.value()) for row in rows}
    return str(dict(Rhythm.choices).get(values.pop(), "")) if len(values) == 1 else str(_("in different ways"))


def _name(slug: str) -> str:
    return slug.replace(".", "_")
