"""Who may open what of the commission."""

from tests.matrix import Entry
from tests.world import World

COMMISSION_ENTRIES: dict[str, Entry] = {}


def prepare_commission(world: World) -> None:
    """Put the objects that the addresses name into ``world.things``."""
