"""Which clause of the document is filled in on which page of the editor, and in which of its fields: the one table.

The pencil at a clause, the numbers in the editor and the way back to the clause are made of it. A clause is named by
its key (``outline.Clause.key``); ``tests/organisations/regulations/test_clauses.py`` holds it against the document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from traektoria.organisations.regulations.outline import Clause, WrittenSection, anchor_of
from traektoria.organisations.regulations.places import label, quoted
from traektoria.organisations.regulations.schema import CommissionRules
from traektoria.organisations.regulations.sections import BY_SLUG, CRITERIA, SECTIONS, EditorSection

_FIELDS: dict[str, dict[str, str]] = {
    "general": {
        "scope": "form title",
        "basis": "basis",
        "terms": "terms",
        "structure": "structure",
        "principles": "principles",
        "site": "site",
    },
    "partners": {"partners": "partners"},
    "purpose": {
        "purpose": "purpose",
        "tasks": "tasks",
        "functions": "functions",
        "tutor_functions": "tutor_functions",
        "results": "results",
        "products": "products",
    },
    "status": {
        "procedure": "procedure name",
        "term": "term_months renewable remind_days",
        "commission": "commission",
        "commission.kinds": "commission.kinds commission.by_consent",
        "commission.size": "commission.least_members commission.term_months",
        "commission.quorum": "commission.quorum",
        "commission.vote": "commission.majority commission.secret commission.chair_breaks_tie",
        "commission.days": "commission.review_days commission.appeal_days",
        "pay": "pay",
    },
    "support": {
        "categories": "categories",
        "target": "target",
        "first": "first",
        "evidence": "evidence",
        "stages": "stages",
        "technologies": "technologies",
        "period": "period",
        "agreed_by": "agreed_by",
        "deficit_plan": "deficit_plan",
        "group": "group",
        "load": "teachers_at_once hours_a_teacher",
    },
    "diagnostics": {
        "limits": "secure_from deficit_below",
        "words": "expressed_from possible_from",
        "least": "least_items least_people",
        "levels": "levels",
        "pictures": "picture_least",
        "group_routes": "group_least group_most",
    },
    "papers": {"documents": "documents", "reports": "reports"},
    "audits": {"audits": "audits"},
    "forms": {"events": "events", "services": "services"},
    "consulting": {
        "answers": "answer_hours urgent_hours",
        "booking": "slot_minutes window_days notice_hours",
        "booking_limits": "most_a_person most_a_school absences",
        "cancelling": "cancel_by cancel_hours",
        "waiting_list": "waiting_list offer_hours",
    },
    "event_rules": {
        "event_places": "notice_hours",
        "event_video": "entering_counts",
        "event_order": "priority",
        "event_certificates": "certificate_share",
        "event_feedback": "feedback_days feedback",
        "event_observation": "observation",
        "event_self_work": "self_work_share self_work_counts",
    },
    "minimum": {"minimum": "minimum"},
    "banks": {"banks": "banks"},
    "rights": {"rights": "rights", "duties": "duties"},
}
"""Page of the editor → clause within the section of the document → the fields that say it, the first to look at."""
_ROWS = {"directions": "directions", "support.stages": "stages", "expertise": "checklists", "plan": "plan"}
"""Below these keys each row of a list of the page is a clause of its own."""
_TREE = ("status.criteria", "status.points")
"""What is said of criteria; below the first of them each criterion is a clause of its own."""


@dataclass(frozen=True)
class ClausePlace:
    """Where a clause is filled in. ``page`` is a page of the editor, or ``CRITERIA``; ``names`` are the fields on it,
    those of a commission with a dot; ``row`` is the slug of the row or of the criterion, where it is one."""

    page: str
    names: tuple[str, ...] = ()
    row: str = ""

    @property
    def section(self) -> EditorSection | None:
        return BY_SLUG.get(self.page)


PLACES = {
    f"{BY_SLUG[page].chapter}.{clause}": ClausePlace(page, tuple(names.split()))
    for page, clauses in _FIELDS.items()
    for clause, names in clauses.items()
} | {key: ClausePlace(CRITERIA) for key in _TREE}


def place_of(key: str) -> ClausePlace | None:
    """Where the clause is filled in; None for a key that no clause can have."""
    if key in PLACES:
        return PLACES[key]
    if key in _ROWS:
        return ClausePlace(key, (_ROWS[key],))
    above, _dot, slug = key.rpartition(".")
    if above in _ROWS:
        return ClausePlace(above.partition(".")[0], (_ROWS[above],), slug)
    return ClausePlace(CRITERIA, row=slug) if above == _TREE[0] else None


def called(clause: Clause) -> str:
    """What the clause is about: the label of its field, or the beginning of what its row says."""
    place = place_of(clause.key)
    return quoted(clause.text) if place is None or place.row else _label(clause.key)


def _label(key: str) -> str:
    place = place_of(key)
    if place is None or place.section is None:
        return _("Criteria of the status")
    name = place.names[0]
    _part, dot, inner = name.partition(".")
    return label(CommissionRules, inner) if dot else label(place.section.part, name)


@dataclass(frozen=True)
class Unsaid:
    """A clause that the document could have: ``anchor`` is where one lands whose change took it away."""

    key: str
    label: str

    @property
    def anchor(self) -> str:
        return anchor_of(self.key)

    @classmethod
    def of(cls, key: str) -> "Unsaid":
        return cls(key, _label(key))


def unsaid(chapter: str, written: WrittenSection | None, *, commission: bool) -> list[Unsaid]:
    """What the section does not say though its page has fields for it; ``written`` is None where there is no section.
    Of a commission nothing can be said where the procedure has none."""
    have = {clause.key for clause in written.clauses} if written else set()
    keys = [key for key in PLACES if key.partition(".")[0] == chapter and key not in have and key != "status.points"]
    rows = [chapter] if chapter in _ROWS and not have else []
    return [Unsaid.of(key) for key in [*keys, *rows] if commission or not key.startswith("status.commission")]


@dataclass(frozen=True)
class PageLine:
    """A page of the editor in the list of them: ``number`` is that of the document, empty for what it does not say."""

    slug: str
    title: Any  # lazy string
    number: str
    below: bool


def contents(document: Sequence[WrittenSection]) -> list[PageLine]:
    """The pages of the editor, numbered as the document is."""
    return list(_lines({one.slug: one for one in document}))


def _lines(written: dict[str, WrittenSection]) -> Iterator[PageLine]:
    for page in SECTIONS:
        section = written.get(page.chapter)
        if page.is_whole:
            yield PageLine(page.slug, page.title, section.number if section else "", below=False)
        else:
            yield PageLine(page.slug, page.title, _first(section, page.slug), below=True)
        if page.slug == "status":
            yield PageLine(CRITERIA, _("Criteria of the status"), _first(section, CRITERIA), below=True)


def _first(section: WrittenSection | None, page: str) -> str:
    clauses = section.clauses if section else ()
    return next((one.number for one in clauses if (place := place_of(one.key)) and place.page == page), "")


def numbers(document: Sequence[WrittenSection], page: str) -> dict[tuple[str, str], str]:
    """(field, slug of the row or empty) → number of the clause, for the fields of one page."""
    return {
        (name, place.row): clause.number
        for section in document
        for clause in section.clauses
        if (place := place_of(clause.key)) and place.page == page
        for name in place.names
    }
