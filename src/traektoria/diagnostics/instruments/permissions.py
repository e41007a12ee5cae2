"""Who keeps instruments: the coordinator of the centre, nobody else."""

from typing import Any

from traektoria.people.actor import Actor
from traektoria.people.permissions import check_coordinates


def check_keeps_instruments(actor: Actor, centre_id: int) -> None:
    """The coordinator of this centre. Raises ``Refused`` for others."""
    check_coordinates(actor, centre_id)


def check_keeps_version(actor: Any, version: Any) -> None:
    """The same for a version of an instrument (``diagnostics.models.InstrumentVersion``)."""
    check_keeps_instruments(actor, version.centre_id)
