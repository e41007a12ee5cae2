"""The list of routes: filters in the address, a page of a few dozen, the same queries at any size. The statements are
written once (``core.prepared_statements``)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from traektoria.core.labels import choices_of
from traektoria.core.paging import Page, replaced
from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.people.models import short_name
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.policies import LIVING, OPEN_ITEM
from traektoria.routes.route.queries.page import STATE_KINDS
from traektoria.routes.route.queries.route import visible_to

COLUMNS = ("pk", "title", "state", "support__tutor__surname", "support__tutor__given", "support__tutor__patronymic")


class RouteRow(NamedTuple):
    """A line of the list: counts of items and the nearest open deadline, nothing of their content. ``kind``: of the
    chip that says the state."""

    pk: int
    title: str
    kind: str
    state: str
    tutor: str
    done: int
    total: int
    overdue: int
    next_deadline: date | None


class Chosen(NamedTuple):
    """Which filters are set, and the order: what changes the text of the statement."""

    state: bool
    living: bool
    subject: bool
    overdue: bool
    by_deadline: bool


def route_page(actor: Actor, asked: Mapping[str, Any], number: object, today: date) -> Page[RouteRow]:
    """The asked page. Two queries: the routes as plain values, and what stands in their items."""
    if actor.person_id is None:
        return Page([], 1, False)
    state, subject = asked.get("state") or "", asked.get("subject") or ""
    by_deadline = asked.get("sort") == "deadline"
    chosen = Chosen(bool(state), state == "living", bool(subject), bool(asked.get("overdue")), by_deadline)
    page = _routes(actor.roles, chosen).page(
        number, **given_of(actor) | {"day": today, "state": state, "subject": subject}
    )
    counts = {pk: said for pk, *said in _counts().all(routes=[row[0] for row in page], day=today)} if len(page) else {}
    words = dict(choices_of(RouteState))
    return replaced(page, [_row(columns, counts.get(columns[0], _NOTHING), words) for columns in page])


_NOTHING = (0, 0, 0, None)


def _row(columns: tuple[Any, ...], counts: Any, words: Mapping[str, str]) -> RouteRow:
    pk, title, state, *name = columns
    done, total, late, following = counts
    overdue = late if state == RouteState.RUNNING else 0
    return RouteRow(pk, title, STATE_KINDS[state], words[state], short_name(*name), done, total, overdue, following)


def _in_force() -> Q:
    return Q(pending=False, removed_in__isnull=True)


@prepared
def _routes(roles: frozenset[Role], chosen: Chosen) -> QuerySet[LearningRoute, Any]:
    return _sorted(_filtered(visible_to(anybody(roles)), chosen), chosen).values_list(*COLUMNS)


@prepared
def _counts() -> QuerySet[RouteItem, Any]:
    is_open = Q(state__in=OPEN_ITEM)
    items = RouteItem.objects.filter(_in_force(), route__in=Numbers("routes")).order_by()
    return items.values_list("route").annotate(
        done=Count("pk", filter=Q(state=ItemState.DONE)),
        total=Count("pk", filter=~Q(state=ItemState.CANCELLED)),
        late=Count("pk", filter=is_open & Q(deadline__lt=Given("day"))),
        next=Min("deadline", filter=is_open),
    )


def _filtered(routes: QuerySet[LearningRoute], chosen: Chosen) -> QuerySet[LearningRoute]:
    if chosen.state:
        routes = routes.filter(state__in=LIVING) if chosen.living else routes.filter(state=Given("state"))
    if chosen.subject:
        routes = routes.filter(support__subject=Given("subject"))
    if chosen.overdue:
        late = RouteItem.objects.filter(_in_force(), route_id=OuterRef("pk"), state__in=OPEN_ITEM)
        routes = routes.filter(Exists(late.filter(deadline__lt=Given("day"))), state=RouteState.RUNNING)
    return routes


def _sorted(routes: QuerySet[LearningRoute], chosen: Chosen) -> QuerySet[LearningRoute]:
    if not chosen.by_deadline:
        return routes.order_by("title", "pk")
    nearest = RouteItem.objects.filter(_in_force(), route_id=OuterRef("pk"), state__in=OPEN_ITEM).order_by("deadline")
    return routes.annotate(nearest=Subquery(nearest.values("deadline")[:1])).order_by("nearest", "title", "pk")
