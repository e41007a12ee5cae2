"""The list of routes: filters in the address, a page of a few dozen, the same queries at any size."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from traektoria.core.paging import Page, cut, number_of, with_next
from traektoria.people.actor import Actor
from traektoria.people.models import short_name
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.policies import LIVING, OPEN_ITEM
from traektoria.routes.route.queries.page import STATE_KINDS
from traektoria.routes.route.queries.route import visible_to

COLUMNS = ("pk", "title", "state", "support__tutor__surname", "support__tutor__given", "support__tutor__patronymic")


@dataclass
class RouteRow:
    """A line of the list: counts of items and the nearest open deadline, nothing of their content."""

    pk: int
    title: str
    state: RouteState
    tutor: str
    done: int = 0
    total: int = 0
    overdue: int = 0
    next_deadline: date | None = None

    @property
    def kind(self) -> str:
        return STATE_KINDS[self.state]

    @property
    def state_label(self) -> Any:
        return self.state.label


def route_rows(actor: Actor, filters: dict[str, Any], number: object, today: date) -> tuple[Page[Any], list[RouteRow]]:
    """The asked page and its rows. Two queries: the routes as plain values, and what stands in their items."""
    asked = tuple((name, value) for name, value in filters.items() if value)
    page = cut(_columns(actor, asked, today, str(number_of(number))), number)
    found = page.object_list
    rows = {pk: RouteRow(pk, title, RouteState(state), short_name(*name)) for pk, title, state, *name in found}
    for counts in _counts(tuple(rows), today):
        row = rows[counts["route_id"]]
        row.done, row.total, row.next_deadline = counts["done"], counts["total"], counts["next"]
        row.overdue = counts["late"] if row.state == RouteState.RUNNING else 0
    return page, list(rows.values())


def _in_force() -> Q:
    return Q(pending=False, removed_in__isnull=True)


def _columns(actor: Actor, filters: tuple[tuple[str, Any], ...], today: date, number: str) -> QuerySet[Any]:
    chosen = dict(filters)
    routes = _sorted(_filtered(visible_to(actor), chosen, today), chosen.get("sort", ""))
    return with_next(routes.values_list(*COLUMNS), int(number))


def _counts(route_ids: tuple[int, ...], today: date) -> QuerySet[Any]:
    is_open = Q(state__in=OPEN_ITEM)
    items = RouteItem.objects.filter(_in_force(), route_id__in=route_ids).order_by()
    return items.values("route_id").annotate(
        done=Count("pk", filter=Q(state=ItemState.DONE)),
        total=Count("pk", filter=~Q(state=ItemState.CANCELLED)),
        late=Count("pk", filter=is_open & Q(deadline__lt=today)),
        next=Min("deadline", filter=is_open),
    )


def _filtered(routes: QuerySet[LearningRoute], filters: dict[str, Any], today: date) -> QuerySet[LearningRoute]:
    state, subject = filters.get("state"), filters.get("subject")
    if state:
        routes = routes.filter(state__in=LIVING) if state == "living" else routes.filter(state=state)
    if subject:
        routes = routes.filter(support__subject=subject)
    if filters.get("overdue"):
        late = RouteItem.objects.filter(_in_force(), route_id=OuterRef("pk"), state__in=OPEN_ITEM, deadline__lt=today)
        routes = routes.filter(Exists(late), state=RouteState.RUNNING)
    return routes


def _sorted(routes: QuerySet[LearningRoute], order: str) -> QuerySet[LearningRoute]:
    if order != "deadline":
        return routes.order_by("title", "pk")
    nearest = RouteItem.objects.filter(_in_force(), route_id=OuterRef("pk"), state__in=OPEN_ITEM).order_by("deadline")
    return routes.annotate(nearest=Subquery(nearest.values("deadline")[:1])).order_by("nearest", "title", "pk")
