"""Who keeps the bank of items: the coordinator of the centre, nobody else."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


def check_keeps_bank(actor: Actor, centre_id: int) -> None:
    """The coordinator of this centre. Raises ``Refused`` for others."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("Only the coordinator of the centre does this."), code="not_coordinator")
