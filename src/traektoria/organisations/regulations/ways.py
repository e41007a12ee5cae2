"""Ways between a clause of the document and its place in the editor."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.clauses import ClausePlace, Unsaid, called, place_of
from traektoria.organisations.regulations.contents import printed_names, rules_of
from traektoria.organisations.regulations.forms import PartForm
from traektoria.organisations.regulations.outline import Clause, WrittenSection, anchor_of, outline
from traektoria.organisations.regulations.queries import part_at
from traektoria.organisations.regulations.shapes import nodes_of
from traektoria.organisations.regulations.typed_part import as_typed

ASKED = "clause"


def document_of(version: Regulation) -> tuple[WrittenSection, ...]:
    """The version as it reads under the name of its centre."""
    return outline(rules_of(version), printed_names(version.centre, version.printed)["name"])


def asked_clause(request: HttpRequest) -> tuple[str, ClausePlace | None]:
    """The clause from which the editor was opened, with its place. 404 for one that can't be."""
    key = request.GET.get(ASKED, "")
    place = place_of(key)
    if key and place is None:
        raise Http404
    return key, place


def way_to(draft: Regulation, key: str) -> str:
    """The address of the field in which the clause is filled in; the page, where a row is gone from the draft."""
    place = place_of(key)
    if place is None:
        raise Http404
    query = "?" + urlencode({ASKED: key})
    section = place.section
    if section is None:
        slugs = {node["slug"] for node in nodes_of(draft.content["status"]["criteria"])}
        if place.row in slugs:
            return reverse("organisations:regulation_criterion_edit", args=[draft.pk, place.row]) + query
        return reverse("organisations:regulation_criteria", args=[draft.pk]) + query
    raw = as_typed(section.part, part_at(draft.content, section.path), section.names)
    anchor = PartForm(section.part, raw, bound=False, names=section.names).anchor_of(place.names[0], place.row)
    return reverse("organisations:regulation_section", args=[draft.pk, section.slug]) + f"{query}#{anchor}"


def back_to(version: Regulation, key: str) -> str:
    """The address of the clause in the document."""
    return reverse("organisations:regulation_version", args=[version.pk]) + f"#{anchor_of(key)}"


def clause_of(version: Regulation, key: str) -> tuple[str, str]:
    """(number, what it is called); no number for a clause that the version does not have."""
    found: Clause | None = next(
        (clause for section in document_of(version) for clause in section.clauses if clause.key == key), None
    )
    return (found.number, called(found)) if found else ("", Unsaid.of(key).label)
