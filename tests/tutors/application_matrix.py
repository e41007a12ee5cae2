"""Who may open what of the applications."""

from tests.matrix import Entry
from tests.world import World

APPLICATION_ENTRIES: dict[str, Entry] = {}


def prepare_applications(world: World) -> None:
    """Put the objects that the addresses name into ``world.things``."""
