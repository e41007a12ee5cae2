"""Group routes from confirmed deficits: invite a suggested group, answer, look for a tutor for those who accepted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.actor import Actor, acting
from traektoria.routes.groups.models import GroupCall, GroupInvitation
from traektoria.routes.groups.permissions import check_answer_invitation, check_suggest_groups
from traektoria.routes.groups.policies import check_groups
from traektoria.routes.groups.queries import suggested
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.tutees.enums import Basis


@transaction.atomic
def invite_group(*, centre: TutorCentre, key: str, by: Actor) -> GroupCall:
    """Invite everybody of a suggested group; each reads it on their desk. A second press invites nobody twice.

    Raises ``Conflict`` where the suggestion has changed meanwhile, or the regulation has no groups.
    """
    check_suggest_groups(by, centre.pk)
    TutorCentre.objects.select_for_update(of=("self",), no_key=True).get(pk=centre.pk)
    check_groups(regulation_in_force(centre.pk))
    known = GroupCall.objects.filter(centre=centre, key=key).first()
    if known is not None:
        return known
    group = next((one for one in suggested(centre).groups if one.key == key), None)
    if group is None:
        raise Conflict(_("The suggestions have changed meanwhile: look at them anew."), code="suggestion_changed")
    call = GroupCall.objects.create(centre=centre, subject=group.subject, topics=list(group.topics), key=key)
    invited = (GroupInvitation(call=call, person_id=person) for person in group.people)
    waiting.renew(*GroupInvitation.objects.bulk_create(invited))
    audit.record("group.invite", call, by=by)
    return call


@transaction.atomic
def answer_invitation(*, invitation: GroupInvitation, accept: bool, by: Actor) -> GroupInvitation:
    """«I want to join» or «no, thank you»; one may change one's mind until a tutor is looked for.

    Raises ``Conflict`` after that.
    """
    check_answer_invitation(by, invitation)
    call = GroupCall.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.call_id)
    row = GroupInvitation.objects.get(pk=invitation.pk)
    if (row.accepted_at if accept else row.declined_at) is not None:
        return row
    if call.need_id is not None:
        raise Conflict(_("A tutor is looked for already: the group is made up."), code="group_is_made")
    now = timezone.now()
    row.accepted_at, row.declined_at = (now, None) if accept else (None, now)
    row.save(update_fields=["accepted_at", "declined_at"])
    audit.record("group.accept" if accept else "group.decline", row, by=by, centre_id=call.centre_id)
    return row


@transaction.atomic
def ask_for_group(*, call: GroupCall, by: Actor) -> SupportNeed:
    """Put the group on the board of requests: those who accepted. A second press gives the same request.

    Raises ``Conflict`` while too few have accepted.
    """
    check_suggest_groups(by, call.centre_id)
    row = GroupCall.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    if row.need is not None:
        return row.need
    people = list(row.invitations.filter(accepted_at__isnull=False).values_list("person", flat=True))
    least = rules_of(regulation_in_force(row.centre_id)).diagnostics.group_least
    if len(people) < least:
        words = _("So far %(n)s have accepted; a group route is for %(least)s or more.")
        raise Conflict(words % {"n": len(people), "least": least}, code="too_few_accepted")
    need = SupportNeed.objects.create(
        centre_id=row.centre_id, asked_by_id=acting(by), number=len(people), subject=row.subject, basis=Basis.DEEPENING,
        text=_("A group on common topics: %(topics)s") % {"topics": "; ".join(row.topics)},
    )  # fmt: skip
    need.teachers.set(people)
    waiting.renew(need)
    row.need = need
    row.save(update_fields=["need"])
    audit.record("need.ask", need, by=by, number=len(people), named=len(people))
    return need
