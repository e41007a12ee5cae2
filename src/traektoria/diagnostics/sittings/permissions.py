"""Who sits, and who enters what was written on paper. ``fetch`` has hidden a sitting from everybody else."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.people.actor import Actor
from traektoria.people.permissions import check_coordinates


def check_sits(actor: Actor, sitting: Sitting) -> None:
    """The invited person, with their consent."""
    if actor.person_id != sitting.participant.person_id:
        raise Refused(_("Only the invited person does this."), code="not_yours")
    if sitting.participant.consent_id is None:
        raise Refused(_("Nothing is asked or kept without your consent. Open the list of your works."), code="consent")


def check_enters_paper(actor: Actor, sitting: Sitting) -> None:
    """The coordinator of the centre, for those who agreed to take part."""
    participant = sitting.participant
    check_coordinates(actor, participant.campaign.centre_id)
    if participant.consent_id is None:
        raise Refused(_("This person has not agreed to take part: nothing may be entered for them."), code="consent")
