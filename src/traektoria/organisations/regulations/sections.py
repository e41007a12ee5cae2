"""The pages of the editor: each fills in a section of the document, or a part of one, under the same heading."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.organisations.regulations.event_rules import EventRules
from traektoria.organisations.regulations.headings import HEADINGS
from traektoria.organisations.regulations.parts import Part
from traektoria.organisations.regulations.schema import About, Rules, StatusRules, SupportRules


@dataclass(frozen=True)
class EditorSection:
    """``part`` stands at ``path`` of the content; ``names`` are the fields on the page, in the order of the clauses
    (None means all). ``chapter`` is the slug of the section of the document."""

    slug: str
    title: Any  # lazy string
    part: type[Part]
    path: tuple[str, ...]
    names: tuple[str, ...] | None
    chapter: str

    @property
    def place(self) -> str:
        """Where its rows stand, as ``shapes.slugs_of`` says it."""
        return "".join(f"{name}." for name in self.path)

    @property
    def is_whole(self) -> bool:
        """The page of a whole section; a page of one of its clauses stands below it."""
        return self.slug == self.chapter


def _about(slug: str, *names: str) -> EditorSection:
    return EditorSection(slug, HEADINGS[slug], About, ("about",), names, slug)


def _lists(slug: str, *names: str) -> EditorSection:
    return EditorSection(slug, HEADINGS[slug], Rules, (), names, slug)


def _part(slug: str, part: type[Part], *names: str) -> EditorSection:
    return EditorSection(slug, HEADINGS[slug], part, (slug,), names or None, slug)


CRITERIA = "criteria"
SECTIONS = (
    _about("general", "title", "form", "basis", "terms", "structure", "principles", "site"),
    EditorSection("partners", _("Partners"), Rules, (), ("partners",), "general"),
    _about("purpose", "purpose", "tasks", "functions", "tutor_functions", "results", "products"),
    _lists("directions", "directions"),
    _part("status", StatusRules, "procedure", "name", "term_months", "renewable", "remind_days", "commission", "pay"),
    _part(
        "support", SupportRules, "categories", "target", "first", "evidence", "stages", "technologies", "period",
        "agreed_by", "deficit_plan", "group", "teachers_at_once", "hours_a_teacher",
    ),
    _part("diagnostics", DiagnosticsRules),
    _lists("papers", "documents", "reports"),
    _lists("audits", "audits"),
    _lists("forms", "events", "services"),
    EditorSection(
        "consulting", _("Requests and booking of consultations"), ConsultingRules, ("consulting",), None, "forms",
    ),
    EditorSection(
        "event_rules", _("Events: places, marks, what is asked after"), EventRules, ("event_rules",), None, "forms",
    ),
    _lists("expertise", "checklists"),
    _lists("minimum", "minimum"),
    _lists("banks", "banks"),
    _lists("plan", "plan"),
    _about("rights", "rights", "duties"),
)  # fmt: skip
BY_SLUG = {section.slug: section for section in SECTIONS}
