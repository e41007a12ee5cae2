"""What the actions of a route share: its row is locked first, so that double presses and races meet."""

from traektoria.people.actor import Actor, acting
from traektoria.people.models import Person
from traektoria.routes.route.models import LearningRoute, RouteItem


def locked(route: LearningRoute) -> LearningRoute:
    """The route as it is now, its row locked until the end of the transaction."""
    return (
        LearningRoute.objects.select_for_update(of=("self",), no_key=True)
        .select_related("support__tutor", "centre")
        .get(pk=route.pk)
    )


def locked_item(item: RouteItem) -> RouteItem:
    """The item as it is now, under the lock of its route."""
    route = locked(item.route)
    fresh = RouteItem.objects.get(pk=item.pk)
    fresh.route = route
    return fresh


def person_of(by: Actor) -> Person:
    """The acting person; every party of a route has one."""
    return Person.objects.get(pk=acting(by))
