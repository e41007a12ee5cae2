"""The rules of consultations that are in force in a centre."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from traektoria.core.prepared_statements import Given, prepared
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations.consultation_rules import ConsultingRules
from traektoria.organisations.regulations.contents import rules_under
from traektoria.people.actor import Actor


def rules_of(centre_id: int) -> ConsultingRules:
    """In force today, by ``organisations.queries.regulation_in_force``. One short query: of a version that the process
    knows nothing is read."""
    rows, today = _versions().all(centre=centre_id), timezone.localdate()
    begun = [row for row in rows if row[1] is not None and row[1] <= today]
    pk, _start, approved_at = begun[-1] if begun else rows[0]
    return rules_under(pk, approved_at).consulting


def rules_for(actor: Actor, centre_id: int) -> ConsultingRules:
    """The same for who acts: without any query in a centre of theirs."""
    try:
        return actor.rules_in(centre_id).consulting
    except KeyError:
        return rules_of(centre_id)


@prepared
def _versions() -> QuerySet[Regulation, Any]:
    rows = Regulation.objects.filter(centre=Given("centre"), state=RegulationState.APPROVED)
    return rows.order_by("start", "number").values_list("pk", "start", "approved_at")
