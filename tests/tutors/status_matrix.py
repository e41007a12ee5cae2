"""Who may open what of the statuses."""

from tests.matrix import Entry
from tests.world import World

STATUS_ENTRIES: dict[str, Entry] = {}


def prepare_statuses(world: World) -> None:
    """Put the objects that the addresses name into ``world.things``."""
