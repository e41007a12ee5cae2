"""The presets as a founder chooses among them: what each is called and what is special in it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.organisations.regulations.contents import preset, preset_names
from traektoria.organisations.regulations.labels import label_of
from traektoria.organisations.regulations.values_in_words import years_or_months

TITLES = {
    "yamal": _("Municipal tutor centre"),
    "balta": _("Tutor support at a school"),
    "gelendzhik": _("Community of tutors"),
    "kushchevskaya": _("Community with consultation points"),
    "tbilisskaya": _("Tutor consulting point"),
}
PLACES = {
    "yamal": _("as on Yamal"),
    "balta": _("as in Balta"),
    "gelendzhik": _("as in Gelendzhik"),
    "kushchevskaya": _("as in the Kushchyovskaya district"),
    "tbilisskaya": _("as in the Tbilisskaya district"),
}
SPECIAL = {
    "yamal": (
        _("The status is given for %(term)s; judged criteria have points with descriptions."),
        _("There are checklists for experts and a mandatory minimum for each tutor."),
    ),
    "balta": (
        _("Requirements: pedagogical education and at least two years of service."),
        _("Three stages, each leaves its documents; there is no commission."),
    ),
    "gelendzhik": (
        _("Tutors unite of their own will to help schools with low results."),
        _("A programme of the year with tutorials, cases and consultations."),
    ),
    "kushchevskaya": (
        _("Consultation points at schools and the Hour of methodical help by requests."),
        _("The year begins with the September diagnostics of teachers."),
    ),
    "tbilisskaya": (
        _("Methodists and teachers whose pupils do well support schools with low results."),
        _("A plan of the year with looks at the work and the sites of schools."),
    ),
}


@dataclass(frozen=True)
class PresetShown:
    """A card of the choice."""

    name: str
    title: Any
    place: Any
    procedure: Any
    special: tuple[Any, ...]


def preset_title(name: str) -> Any:
    """What the preset is called; one without a title of its own, by its form."""
    return TITLES.get(name) or label_of(preset(name).about.form)


def presets_shown() -> list[PresetShown]:
    """All presets, the known ones first in their order."""
    order = list(TITLES)
    names = sorted(preset_names(), key=lambda name: (order.index(name) if name in order else len(order), name))
    return [
        PresetShown(
            name, preset_title(name), PLACES.get(name, ""), label_of(preset(name).status.procedure), _special(name)
        )
        for name in names
    ]  # fmt: skip


def _special(name: str) -> tuple[str, ...]:
    """With the term that the preset itself says."""
    facts = {"term": years_or_months(preset(name).status.term_months)}
    return tuple(str(one) % facts for one in SPECIAL.get(name, ()))


def preset_choices() -> list[tuple[str, Any]]:
    return [(shown.name, shown.title) for shown in presets_shown()]
