"""Items of running routes: those that are due, and those done lately."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import DeskGroup, Wait, Waited, WaitingKind, WaitingSource, Watch, Words
from traektoria.core.waiting import waits
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.policies import OPEN_ITEM
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.sides import NEEDED, Sides, other_side

DUE, DONE = "routes.item", "routes.item_done"
SOON, RECENT = timedelta(days=14), timedelta(days=7)
MOST = 200


def rows(items: QuerySet[RouteItem]) -> Iterator[Wait]:
    """Two queries."""
    joined, prefetched = (f"route__support__{name}" for name in NEEDED)
    wanted = Q(state__in=[*OPEN_ITEM, ItemState.DONE], pending=False, removed_in__isnull=True)
    found = items.filter(wanted, route__state=RouteState.RUNNING).select_related(joined).prefetch_related(prefetched)
    for item in found:
        sides, facts = Sides(item.route.support), {"task": item.task[:MOST], "route": item.route_id}
        if item.done_at:
            until = sides.day(item.done_at) + RECENT
            yield from sides.for_both(DONE, item, facts, due=item.deadline, shows_until=until)
        else:
            yield from sides.for_both(DUE, item, facts, due=item.deadline, shows_from=item.deadline - SOON)


def item_words(row: Waited) -> Words:
    url = reverse("routes:route_detail", args=[row.facts["route"]]) + f"#item-{row.object_id}"
    return Words(row.facts["task"], other_side(row), url, _("Open"))


def _of_support(support_id: int) -> QuerySet[RouteItem, int]:
    rows = RouteItem.objects.filter(route__support=support_id, route__state=RouteState.RUNNING)
    return rows.values_list("pk", flat=True)


waits(
    WaitingSource(
        slug="routes.items",
        order=21,
        model=RouteItem,
        rows=rows,
        kinds=(
            WaitingKind(DUE, 21, DeskGroup.SOON, item_words, letter=gettext_lazy("An item of a learning route is due")),
            WaitingKind(DONE, 21, DeskGroup.DONE, item_words, no_letter="it is done"),
        ),
        watches=(
            Watch(
                LearningRoute,
                lambda route: route.items.values_list("pk", flat=True),
                frozenset({"state", "support"}),
            ),
            Watch(SupportMember, lambda member: _of_support(member.support_id)),
            Watch(TutorSupport, lambda support: _of_support(support.pk), frozenset({"name", "tutor"})),
        ),
    )
)
