"""Who may audit, who heads a school."""

from django.utils import timezone

from traektoria.people.actor import in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.audits.permissions import AUDITORS


def possible_auditors(centre_id: int, school_id: int | None = None) -> dict[int, str]:
    """People of the centre by name, without those who head the school itself. One query."""
    rows = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=centre_id, role__in=AUDITORS)
    if school_id is not None:
        own = RoleAssignment.objects.filter(
            in_force(timezone.localdate()), centre=centre_id, school=school_id, role__in=HEADS
        )
        rows = rows.exclude(person__in=own.values("person"))
    people = {row.person_id: row.person for row in rows.select_related("person")}
    return {one.pk: one.short_name for one in sorted(people.values(), key=lambda one: (one.sort_name, one.pk))}


def coordinators_of(centre_id: int) -> list[int]:
    """One query."""
    rows = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=centre_id, role=Role.COORDINATOR)
    return sorted(set(rows.values_list("person_id", flat=True)))


def heads_of(centre_id: int, school_id: int) -> list[int]:
    """The head and the deputy heads. One query."""
    rows = RoleAssignment.objects.filter(in_force(timezone.localdate()), centre=centre_id, school=school_id)
    return sorted(set(rows.filter(role__in=HEADS).values_list("person_id", flat=True)))
