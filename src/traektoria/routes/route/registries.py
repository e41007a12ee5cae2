"""What the rooms above offer beside an item of a route, without being imported: filled where they register."""

from collections.abc import Callable
from dataclasses import dataclass

from traektoria.core.registries import Registry
from traektoria.people.actor import Actor
from traektoria.routes.route.models import LearningRoute, RouteItem


@dataclass(frozen=True)
class ItemLink:
    """A button on the page of an item: ``of(actor, item)`` gives its words, icon and address, or None. One query at
    most. ``row(actor, route)`` gives the same for each open item in the list; the number of the item is added to the
    address. No query."""

    slug: str
    order: int
    of: Callable[[Actor, RouteItem], tuple[str, str, str] | None]
    row: Callable[[Actor, LearningRoute], tuple[str, str, str] | None] | None = None


item_links: Registry[ItemLink] = Registry("links of an item")
