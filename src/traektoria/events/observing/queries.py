"""Forms of visitors: one's own, all of a lesson, how often each thing was seen."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.urls import reverse

from traektoria.events.event.models import Event
from traektoria.events.observing.criteria import SeenInLesson, criteria_of
from traektoria.events.observing.models import LessonObservation
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.models import ItemEvidence, RouteItem
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.policies import OPEN_ITEM


@dataclass(frozen=True)
class SeenCounts:
    """How many visitors saw a thing clearly, in part, not."""

    title: Any
    clearly: int
    partly: int
    unseen: int


def own(actor: Actor, event: Event) -> LessonObservation | None:
    return LessonObservation.objects.filter(event=event.pk, person=actor.person_id or 0).first()


def forms_of(event: Event) -> list[LessonObservation]:
    """With who wrote them, by name. One query."""
    rows = LessonObservation.objects.filter(event=event.pk).select_related("person")
    return list(rows.order_by("person__sort_name", "pk"))


def lines_of(event: Event, forms: list[LessonObservation]) -> list[SeenCounts]:
    return [
        SeenCounts(title, *(sum(one.marks.get(slug) == seen for one in forms) for seen in SeenInLesson.values))
        for slug, title in criteria_of(event)
    ]


def is_counted_for(actor: Actor, event: Event) -> bool:
    """Whether the person is the tutor of a route in which who gave the lesson, and works on the route still, has
    counted its forms. One query; none for who is no tutor of the centre."""
    if not actor.has(event.centre_id, Role.TUTOR):
        return False
    rows = ItemEvidence.objects.filter(
        link__endswith=reverse("events:observations", args=[event.pk]), person__in=event.leads.values("person"),
        item__route__centre=event.centre_id, item__route__support__tutor=actor.person_id or 0,
        item__route__support__members__person=F("person"),
        item__route__support__members__consented_at__isnull=False,
    )  # fmt: skip
    return rows.exists()


def open_items(actor: Actor, event: Event) -> list[RouteItem]:
    """Of the person's own running routes in the centre. One query."""
    rows = RouteItem.objects.filter(
        route__support__members__person=actor.person_id or 0, route__support__members__consented_at__isnull=False,
        route__state=RouteState.RUNNING, route__centre=event.centre_id, state__in=sorted(OPEN_ITEM), pending=False,
        removed_in__isnull=True,
    )  # fmt: skip
    return list(rows.select_related("route__support").order_by("deadline", "pk"))
