"""What the room routes tells the rooms below (core registries)."""

from traektoria.routes import (  # noqa: F401
    group_registration,
    need_registration,
    route_registration,
    search_registration,
    support_registration,
)
from traektoria.routes.waiting import groups, items, needs, routes, supports, tutees  # noqa: F401
