"""Who has no role in a centre any more answers for nothing in its plans (registered as ``Farewell``)."""

from django.utils import timezone

from traektoria.core import audit
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.plans.models import ItemResponsible


def settle_person(person_id: int, by: Actor | None) -> None:
    """Where nobody else is named, the coordinator does."""
    held = RoleAssignment.objects.filter(in_force(timezone.localdate()), person=person_id, centre__isnull=False)
    duties = ItemResponsible.objects.filter(person=person_id).exclude(item__plan__centre__in=held.values("centre"))
    for duty in duties.select_related("item__plan").order_by("pk"):
        item = duty.item
        duty.delete()
        if not item.responsible.exists():
            ItemResponsible.objects.create(item=item, role=Role.COORDINATOR)
        audit.record("plan.responsible_left", item.plan, by=by, item=item.pk)
