"""Inviting people to a campaign, and taking an invitation back. Each is atomic and writes the audit trail."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.diagnostics.campaigns.actions.opening import BATCH, locked
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.diagnostics.campaigns.permissions import check_keeps_campaign
from traektoria.diagnostics.campaigns.policies.order import Act, check_now
from traektoria.diagnostics.campaigns.queries.campaigns import invitable
from traektoria.diagnostics.campaigns.signals import handed_out
from traektoria.people.actor import Actor


@transaction.atomic
def invite(*, campaign: Campaign, people: Collection[int], by: Actor) -> list[Participant]:
    """Invite persons (ids) who teach in the centre today and whom a part suits; the already invited are left alone.

    In a campaign that is open they get their sittings at once. Returns the new participants. Raises ``Conflict``
    after the closing.
    """
    check_keeps_campaign(by, campaign)
    row = locked(campaign)
    check_now(Act.INVITE, row, timezone.now())
    known = set(row.participants.filter(person__in=people).values_list("person", flat=True))
    wanted = set(people) - known
    new = [
        Participant(campaign=row, person_id=one.person_id, school_id=one.school_id)
        for one in invitable(row)
        if one.person_id in wanted
    ]
    made = Participant.objects.bulk_create(new, batch_size=BATCH)
    if made:
        audit.record("campaign.invite", row, by=by, people=len(made))
    if row.state == CampaignState.OPEN:
        handed_out.send(Campaign, campaign=row)
    return made


@transaction.atomic
def take_back_invitation(*, participant: Participant, by: Actor) -> None:
    """Take somebody off the list while the campaign is prepared: nobody has been told yet."""
    check_keeps_campaign(by, participant.campaign)
    row = locked(participant.campaign)
    if row.state != CampaignState.DRAFT:
        raise Conflict(_("The diagnostics is open: the invited decide themselves whether they take part."), code="open")
    if Participant.objects.filter(pk=participant.pk).delete()[0]:
        audit.record("campaign.uninvite", row, by=by)
