"""Supports with the state of their routes and the next step."""

from django.db.models import (
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from traektoria.core.joined_rows import hold
from traektoria.core.prepared_statements import Given, prepared
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
from traektoria.people.enums import Role
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.queries.route import told_of
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import LearningRequest, SupportMember, TutorSupport
from traektoria.routes.tutees.queries import OPEN, members_seen_by, visible_to


def with_next_step(rows: QuerySet[TutorSupport], told: Q | None = None) -> QuerySet[TutorSupport]:
    """``told``: of which routes; None: of all, to who works on them."""
    living = LearningRoute.objects.filter(told or Q(), support=OuterRef("pk")).order_by("-pk")
    items = RouteItem.objects.filter(
        route__support=OuterRef("pk"),
        route__state=RouteState.RUNNING,
        state__in=[ItemState.PLANNED, ItemState.DOING],
        pending=False,
        removed_in__isnull=True,
    ).order_by("deadline", "pk")
    return rows.select_related("tutor").annotate(
        route_id=Subquery(living.values("pk")[:1]),
        route_state=Subquery(living.values("state")[:1]),
        next_task=Subquery(items.values("task")[:1]),
        next_deadline=Subquery(items.values("deadline")[:1]),
        # an id instead of Exists, for which PostgreSQL would read the requests of all supports
        asked=Subquery(LearningRequest.objects.filter(support=OuterRef("pk")).values("pk")[:1]),
    )


def whole_support(actor: Actor, pk: int) -> TutorSupport | None:
    """One of ``visible_to`` as its own page shows it. Two queries."""
    given = given_of(actor)
    support: TutorSupport | None = _whole(actor.roles).first(pk=pk, **given)
    if support is not None:
        hold([support], "members", {support.pk: _members_of(actor.roles).all(support=pk, **given)})
    return support


@prepared
def _whole(roles: frozenset[Role]) -> QuerySet[TutorSupport]:
    rows = with_next_step(visible_to(anybody(roles)), told_of(anybody(roles))).filter(pk=Given("pk")).order_by()
    return rows.select_related("centre", "replaces__tutor")


@prepared
def _members_of(roles: frozenset[Role]) -> QuerySet[SupportMember]:
    return members_seen_by(anybody(roles)).filter(support=Given("support"))


def successor_of(support: TutorSupport) -> TutorSupport | None:
    """The support of another tutor that is asked to go on with this one, or went on. One query."""
    found: TutorSupport | None = _successors().first(support=support.pk)
    return found


@prepared
def _successors() -> QuerySet[TutorSupport]:
    rows = TutorSupport.objects.filter(replaces=Given("support")).exclude(state=SupportState.DECLINED)
    goes_on = Q(state__in=OPEN) | Q(tutor_consented_at__isnull=False)
    return rows.filter(goes_on).select_related("tutor").order_by("-pk")
