"""Who may open what in the room."""

from tests.routes.route_matrix import ROUTE_ENTRIES, prepare_route
from tests.routes.support_matrix import SUPPORT_ENTRIES, prepare_support
from tests.world import World


def prepare(world: World) -> None:
    prepare_support(world)
    prepare_route(world)


ENTRIES = {**SUPPORT_ENTRIES, **ROUTE_ENTRIES}
