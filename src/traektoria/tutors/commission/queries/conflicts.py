"""Conflicts of interest that the system can see: one's own application, work or a role at the same school today."""

from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone

from traektoria.core import waiting
from traektoria.people.actor import in_force
from traektoria.people.models import Employment, RoleAssignment
from traektoria.tutors.commission.enums import RecusalReason
from traektoria.tutors.commission.models import AgendaItem, Recusal


def schools_now(people: Collection[int]) -> dict[int, set[int]]:
    """Schools of each person today, by employment and by role. Two queries."""
    schools: dict[int, set[int]] = defaultdict(set)
    today = timezone.localdate()
    rows = Employment.objects.filter(in_force(today), person__in=people).values_list("person", "school")
    roles = RoleAssignment.objects.filter(in_force(today), person__in=people, school__isnull=False)
    for person, school in [*rows, *roles.values_list("person", "school")]:
        if school is not None:
            schools[person].add(school)
    return schools


def conflicts_of(item: AgendaItem) -> dict[int, RecusalReason]:
    """Member → reason, of all members in the attendance list. In the centre of one school its own school is no
    conflict: everybody works there."""
    members = {row.member_id: row.member.person_id for row in item.session.attendance.select_related("member")}
    candidate = item.application.person_id
    schools = schools_now([*members.values(), candidate])
    own = schools[candidate] - {item.session.centre.school_id}
    found = {member: RecusalReason.SCHOOL for member, person in members.items() if schools[person] & own}
    return found | {member: RecusalReason.OWN for member, person in members.items() if person == candidate}


def write_conflicts(item: AgendaItem) -> None:
    """Bring the recusals found by the system up to date; those declared stay. Called before the item is begun."""
    found = conflicts_of(item)
    item.recusals.filter(found=True).delete()
    declared = set(item.recusals.values_list("member_id", flat=True))
    Recusal.objects.bulk_create(
        Recusal(item=item, member_id=member, reason=reason, found=True)
        for member, reason in sorted(found.items())
        if member not in declared
    )
    waiting.renew(item.session)
