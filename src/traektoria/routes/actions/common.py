"""What the actions of a route or a support share: its row is locked first, so that double presses and races meet."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.models import LearningRoute, RouteItem, TutorSupport
from traektoria.routes.permissions import acting
from traektoria.routes.queries.supports import OPEN


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


def locked_support(support: TutorSupport) -> TutorSupport:
    """The support as it is now, its row locked until the end of the transaction."""
    return TutorSupport.objects.select_for_update(of=("self",), no_key=True).get(pk=support.pk)


def check_open(row: TutorSupport) -> None:
    if row.state not in OPEN:
        raise Conflict(_("This support is over. A new one can be proposed."), code="support_is_over")
