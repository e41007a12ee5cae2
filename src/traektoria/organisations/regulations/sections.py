"""The pages of the editor: which part of a regulation is filled in on which of them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.organisations.regulations.diagnosing import DiagnosticsRules
from traektoria.organisations.regulations.parts import Part
from traektoria.organisations.regulations.schema import About, Rules, StatusRules, SupportRules


@dataclass(frozen=True)
class Section:
    """``part`` stands at ``path`` of the content; ``names`` are the fields on the page (None means all)."""

    slug: str
    title: Any  # lazy string
    part: type[Part]
    path: tuple[str, ...] = ()
    names: tuple[str, ...] | None = None
    hint: Any = ""

    @property
    def place(self) -> str:
        """Where its rows stand, as ``shapes.slugs_of`` says it."""
        return "".join(f"{name}." for name in self.path)


def _list(slug: str, title: Any, hint: Any = "") -> Section:
    return Section(slug, title, Rules, (), (slug,), hint)


CRITERIA = "criteria"
SECTIONS = (
    Section("about", _("General"), About, ("about",)),
    _list("directions", _("Directions of work")),
    Section("status", _("Status of a tutor"), StatusRules, ("status",)),
    Section("support", _("Support of teachers"), SupportRules, ("support",)),
    Section("diagnostics", _("Diagnostics of teachers"), DiagnosticsRules, ("diagnostics",)),
    _list("services", _("Services and consultations")),
    _list("documents", _("Documents of a tutor")),
    _list("reports", _("Reports")),
    _list("audits", _("Looks at the work of schools")),
    _list("events", _("Forms of work and their rhythm")),
    _list("checklists", _("Checklists of experts")),
    _list("minimum", _("Mandatory minimum")),
    _list("plan", _("Plan of work")),
    _list("banks", _("Banks of materials")),
    _list("partners", _("Partners")),
)
BY_SLUG = {section.slug: section for section in SECTIONS}
