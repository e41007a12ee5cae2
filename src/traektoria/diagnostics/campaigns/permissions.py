"""Who prepares and opens a campaign, and who answers in it."""

from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.campaigns.models import Campaign, Participant
from traektoria.people.actor import Actor
from traektoria.people.permissions import check_coordinates


def check_keeps_campaign(actor: Any, campaign: Campaign) -> None:
    """The coordinator of the centre whose campaign it is."""
    check_keeps_campaigns_of(actor, campaign.centre_id)


def check_keeps_campaigns_of(actor: Actor, centre_id: int) -> None:
    check_coordinates(actor, centre_id)


def check_takes_part(actor: Actor, participant: Participant) -> None:
    """Consent, refusal and withdrawal are the person's own word."""
    if actor.person_id != participant.person_id:
        raise Refused(_("Only the invited person says this."), code="not_yours")
