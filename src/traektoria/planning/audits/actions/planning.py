"""An audit is planned, moved to a newer edition, cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit as journal
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.waiting import renew
from traektoria.organisations import zones
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.planning.audits.actions.checklists import usable_version
from traektoria.planning.audits.enums import AuditState
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.audits.letters import tell_appointed, tell_begun, tell_planned
from traektoria.planning.audits.models import Audit, AuditAuditor, ChecklistVersion
from traektoria.planning.audits.permissions import check_begin, check_fill, check_plan
from traektoria.planning.audits.policies import check_auditors, check_day, check_open
from traektoria.planning.audits.queries.people import possible_auditors
from traektoria.planning.audits.queries.schools import schools_of


@dataclass(frozen=True)
class Planned:
    """What the coordinator says of an audit."""

    kind: str
    day: date
    auditors: Sequence[int]
    start: time | None = None


@transaction.atomic
def plan_audit(
    *, centre: TutorCentre, school: School, planned: Planned, by: Actor, follows: Audit | None = None
) -> Audit:
    """By the newest edition of the checklist. Side effects: audit, messages to the auditors and the heads of the
    school. Raises ``Invalid``."""
    check_plan(by, centre.pk)
    row = _made(centre, school, planned, by, Audit(follows=follows))
    journal.record("audit.plan", row, by=by, school=school.pk, kind=row.kind)
    tell_planned(row)
    return row


@transaction.atomic
def begin_audit(
    *, centre: TutorCentre, school: School, kind: str, day: date, token: UUID, version: int | None, by: Actor
) -> Audit:
    """A visit that nobody has planned, by the edition (its key) that the device has kept; a ``token`` that is known
    finds the audit that was made with it, so that the beginning may come ten times. Side effects: audit, messages to
    the coordinators and the heads of the school. Raises ``Refused``, ``Invalid``."""
    check_begin(by, centre.pk)
    TutorCentre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)
    known = Audit.objects.filter(token=token, centre=centre).prefetch_related("auditors").first()
    if known is not None:
        check_fill(by, known)
        return known
    today = timezone.localdate(timezone=zones.zone(centre.municipality.time_zone))
    begun = Audit(token=token, version=_kept_edition(centre, kind, version))
    row = _made(centre, school, Planned(kind, min(day, today), [acting(by)]), by, begun)
    journal.record("audit.begin_unplanned", row, by=by, school=school.pk, kind=row.kind)
    tell_begun(row)
    return row


def _kept_edition(centre: TutorCentre, kind: str, version: int | None) -> ChecklistVersion | None:
    """The published one that a device began with, which may not be the newest any more."""
    rows = ChecklistVersion.objects.filter(checklist__centre=centre, checklist__kind=kind, published_at__isnull=False)
    return rows.filter(pk=version).first() if version else None


def _made(centre: TutorCentre, school: School, planned: Planned, by: Actor, row: Audit) -> Audit:
    kind = kinds_of(centre.pk).get(planned.kind)
    if kind is None:
        raise Invalid(_("The regulation of the centre has no such audit."), code="no_such_kind")
    if not schools_of(centre).filter(pk=school.pk).exists():
        raise Invalid(_("This school is not of the centre."), code="not_of_centre")
    check_day(planned.day, timezone.localdate(timezone=zones.zone(centre.municipality.time_zone)))
    check_auditors(planned.auditors, possible_auditors(centre.pk, school.pk))
    version = row.version if row.version_id else usable_version(centre_id=centre.pk, kind=kind.slug)
    if version is None:
        raise Invalid(_("There is no checklist for this audit yet: write and publish one first."), code="no_checklist")
    row.centre, row.school, row.kind, row.title, row.version = centre, school, kind.slug, kind.title, version
    row.day, row.start, row.planned_by_id = planned.day, planned.start, acting(by)
    row.save()
    AuditAuditor.objects.bulk_create(AuditAuditor(audit=row, person_id=one) for one in sorted(set(planned.auditors)))
    renew(row)
    return row


@transaction.atomic
def change_auditors(*, audit: Audit, auditors: Sequence[int], by: Actor) -> Audit:
    """Whoever is named now audits on: answers that were given stay, with who gave them. Of a signed audit they look at
    what the school answers. Side effects: audit, a message to who is new. Raises ``Invalid``."""
    row = locked_audit(audit)
    check_plan(by, row.centre_id)
    if not row.is_signed:
        check_open(row)
    have, wanted = set(row.auditors.values_list("person_id", flat=True)), set(auditors)
    check_auditors(wanted - have or wanted, {*possible_auditors(row.centre_id, row.school_id), *have})
    for gone in row.auditors.exclude(person__in=wanted):
        gone.delete()
    for person in sorted(wanted - have):
        AuditAuditor.objects.create(audit=row, person_id=person)
    if wanted != have:
        journal.record("audit.auditors", row, by=by, before=sorted(have), after=sorted(wanted))
        tell_appointed(row, wanted - have)
    return row


@transaction.atomic
def cancel_audit(*, audit: Audit, reason: str, by: Actor) -> Audit:
    """What was written down stays with it. A second press does nothing. Side effect: audit."""
    row = locked_audit(audit)
    check_plan(by, row.centre_id)
    if row.state != AuditState.CANCELLED:
        check_open(row)
        row.state, row.cancelled_why = AuditState.CANCELLED, reason.strip()
        row.save(update_fields=["state", "cancelled_why"])
        journal.record("audit.cancel", row, by=by, reason=row.cancelled_why)
    return row


@transaction.atomic
def move_to_edition(*, audit: Audit, version: ChecklistVersion, by: Actor) -> Audit:
    """The auditor goes on by a newer edition: answers to criteria that it has too stay, the others are kept and not
    counted. Side effect: audit."""
    row = locked_audit(audit)
    check_fill(by, row)
    check_open(row)
    if version.pk == row.version_id:
        return row
    if version.checklist_id != row.version.checklist_id or version.published_at is None:
        raise Conflict(_("This is no newer edition of the same checklist."), code="not_an_edition")
    row.version = version
    row.save(update_fields=["version"])
    journal.record("audit.edition", row, by=by, number=version.number)
    return row


def locked_audit(audit: Audit) -> Audit:
    rows = Audit.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("version", "centre__municipality", "school").get(pk=audit.pk)
