"""Who may open what in the room."""

from tests.routes.support_matrix import SUPPORT_ENTRIES, prepare_support
from tests.world import World


def prepare(world: World) -> None:
    prepare_support(world)


ENTRIES = {**SUPPORT_ENTRIES}
