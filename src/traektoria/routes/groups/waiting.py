"""Invitations to group routes wait for the teacher's word, while a tutor is not yet looked for."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role, Subject
from traektoria.routes.groups.models import GroupCall, GroupInvitation

INVITED = "routes.group_invitation"


def rows(invitations: QuerySet[GroupInvitation]) -> Iterator[Wait]:
    """One query."""
    unanswered = invitations.filter(accepted_at__isnull=True, declined_at__isnull=True, call__need__isnull=True)
    for pk, person, centre, subject in unanswered.values_list("pk", "person", "call__centre", "call__subject"):
        yield Wait(INVITED, addressees.holder(Role.TEACHER, centre, person), pk, centre, facts={"subject": subject})


def invited(row: Waited) -> Words:
    subject = Subject(row.facts["subject"]).label
    return Words(
        what=_("You are invited to a group route: %(subject)s") % {"subject": subject},
        who=_("nobody knows that you are invited until you join"),
        url=reverse("routes:group_invitation", args=[row.object_id]),
        action=_("Read and decide"),
    )


waits(
    WaitingSource(
        slug="routes.groups",
        order=22,
        model=GroupInvitation,
        rows=rows,
        kinds=(WaitingKind(INVITED, 22, DeskGroup.SOON, invited),),
        watches=(Watch(GroupCall, lambda call: call.invitations.values_list("pk", flat=True), frozenset({"need"})),),
    )
)
