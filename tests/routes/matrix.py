"""Who may open what in the room."""

from tests.routes.group_matrix import GROUP_ENTRIES, prepare_groups
from tests.routes.need_matrix import NEED_ENTRIES, prepare_need
from tests.routes.route_matrix import ROUTE_ENTRIES, prepare_route
from tests.routes.support_matrix import SUPPORT_ENTRIES, prepare_support
from tests.world import World


def prepare(world: World) -> None:
    prepare_support(world)
    prepare_route(world)
    prepare_need(world)
    prepare_groups(world)


ENTRIES = {**SUPPORT_ENTRIES, **ROUTE_ENTRIES, **NEED_ENTRIES, **GROUP_ENTRIES}
