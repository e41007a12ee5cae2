"""Who keeps instruments: the coordinator of the centre, nobody else."""

from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


def check_keeps_instruments(actor: Actor, centre_id: int) -> None:
    """The coordinator of this centre. Raises ``Refused`` for others."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(_("Only the coordinator of the centre does this."), code="not_coordinator")


def check_keeps_version(actor: Any, version: Any) -> None:
    """The same for a version of an instrument (``diagnostics.models.InstrumentVersion``)."""
    check_keeps_instruments(actor, version.centre_id)
