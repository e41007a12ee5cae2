"""Supports with the state of their routes and the next step."""

from django.db.models import (
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)

from traektoria.people.actor import Actor
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.models import LearningRequest, TutorSupport
from traektoria.routes.tutees.queries import OPEN, members_seen_by, visible_to


def listed(actor: Actor) -> QuerySet[TutorSupport]:
    """Supports as the list shows them: tutor, members, the living route's state, the next deadline, whether asked."""
    return with_next_step(visible_to(actor)).prefetch_related(Prefetch("members", members_seen_by(actor)))


def with_next_step(rows: QuerySet[TutorSupport]) -> QuerySet[TutorSupport]:
    living = LearningRoute.objects.filter(support=OuterRef("pk")).order_by("-pk")
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


def detailed(actor: Actor) -> QuerySet[TutorSupport]:
    """Supports as their own page shows them."""
    return listed(actor).select_related("centre", "replaces__tutor")


def successor_of(support: TutorSupport) -> TutorSupport | None:
    """The support of another tutor that is asked to go on with this one, or went on. One query."""
    rows = support.successors.exclude(state=SupportState.DECLINED).filter(
        Q(state__in=OPEN) | Q(tutor_consented_at__isnull=False)
    )
    return rows.select_related("tutor").order_by("-pk").first()
