"""Checklists of a centre by kind, and their editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.planning.audits.content import as_kept, criteria_of, default_sections, sections_of
from traektoria.planning.audits.kinds import AuditKind, kinds_of
from traektoria.planning.audits.models import ChecklistVersion


@dataclass(frozen=True)
class ChecklistRow:
    """``version`` is the edition in force, ``draft`` one that is written; ``number`` counts criteria."""

    kind: AuditKind
    version: ChecklistVersion | None
    draft: ChecklistVersion | None
    number: int


def checklist_rows(centre_id: int) -> list[ChecklistRow]:
    """Of each kind of the regulation, whether its checklist is begun or not. Two queries."""
    found: dict[str, list[ChecklistVersion]] = {}
    rows = ChecklistVersion.objects.filter(checklist__centre=centre_id).select_related("checklist")
    for one in rows:
        found.setdefault(one.checklist.kind, []).append(one)
    return [_row(kind, found.get(kind.slug, [])) for kind in kinds_of(centre_id).values()]


def _row(kind: AuditKind, versions: list[ChecklistVersion]) -> ChecklistRow:
    draft = next((one for one in versions if one.published_at is None), None)
    published = next((one for one in versions if one.published_at is not None), None)
    sections = sections_of(published.sections) if published else default_sections(kind.slug)
    return ChecklistRow(kind, published, draft, len(criteria_of(sections)))


def offered_sheets(centre_id: int, kinds: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By kind, what a device needs to begin an audit without a line: {version, sections}. Of a checklist that is not
    begun yet the default, without a version. One query."""
    newest = {kind: (pk, sections) for kind, pk, sections in _published().all(centre=centre_id)}
    found = {}
    for kind in kinds:
        version, sections = newest.get(kind) or (None, as_kept(default_sections(kind)))
        if sections:
            found[kind] = {"version": version, "sections": sections}
    return found


@prepared
def _published() -> QuerySet[ChecklistVersion, Any]:
    rows = ChecklistVersion.objects.filter(checklist__centre=Given("centre"), published_at__isnull=False)
    return rows.order_by("number").values_list("checklist__kind", "pk", "sections")


def versions_visible_to(actor: Actor) -> QuerySet[ChecklistVersion]:
    rows = ChecklistVersion.objects.filter(checklist__centre__in=actor.centres(Role.COORDINATOR))
    return rows.select_related("checklist__centre__municipality")


def newer_than(version: ChecklistVersion) -> ChecklistVersion | None:
    """The published edition that came after it. One query."""
    rows = ChecklistVersion.objects.filter(checklist=version.checklist_id, published_at__isnull=False)
    return rows.filter(number__gt=version.number).first()
