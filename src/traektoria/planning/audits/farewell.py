"""Who has no role in a centre any more audits nothing there (registered as ``Farewell``)."""

from django.db.models import Q
from django.utils import timezone

from traektoria.core import audit as journal
from traektoria.people.actor import Actor, in_force
from traektoria.people.models import RoleAssignment
from traektoria.planning.audits.enums import AuditState, FindingState
from traektoria.planning.audits.models import Audit, AuditAuditor
from traektoria.planning.audits.permissions import AUDITORS


def settle_person(person_id: int, by: Actor | None) -> None:
    """What they answered stays, and the act keeps their name; where nobody else audits, the coordinator is asked to
    name somebody."""
    held = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person_id, role__in=AUDITORS)
    goes_on = Q(state__in=[AuditState.PLANNED, AuditState.GOING]) | Q(findings__state=FindingState.OPEN)
    audits = Audit.objects.filter(goes_on, auditors__person=person_id).exclude(centre__in=held.values("centre"))
    for pk in sorted(set(audits.values_list("pk", flat=True))):
        row = Audit.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        for gone in AuditAuditor.objects.filter(audit=row, person=person_id):
            gone.delete()
        journal.record("audit.auditor_left", row, by=by)
