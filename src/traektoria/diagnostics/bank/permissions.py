"""Who keeps the bank of items: the coordinator of the centre, nobody else."""

from traektoria.people.actor import Actor
from traektoria.people.permissions import check_coordinates


def check_keeps_bank(actor: Actor, centre_id: int) -> None:
    """The coordinator of this centre. Raises ``Refused`` for others."""
    check_coordinates(actor, centre_id)
