"""The routes that a tutor leads and to which an hour may add: of teachers who agreed to the support."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from traektoria.core.prepared_statements import Given, Numbers, prepared
from traektoria.people.actor import Actor
from traektoria.people.models import short_name
from traektoria.routes.models import LearningRoute, SupportMember
from traektoria.routes.route.enums import RouteState
from traektoria.routes.tutees.enums import SupportState

TAKES = (RouteState.DRAFT, RouteState.PROPOSED, RouteState.RUNNING, RouteState.PAUSED)
NAME = ("person__surname", "person__given", "person__patronymic")


def led_routes(actor: Actor, centre_id: int, people: Collection[int]) -> list[LearningRoute]:
    """One query."""
    members = _members(actor, centre_id, people).order_by().values("support")
    rows = LearningRoute.objects.filter(support__in=members, state__in=TAKES)
    return list(rows.select_related("support").order_by("pk"))


def who_has_a_route(actor: Actor, centre_id: int, people: Collection[int]) -> list[str]:
    """Names of those of ``people`` who have such a route with the tutor, alphabetically. One query."""
    found = _named().all(me=actor.person_id or 0, centre=centre_id, people=people)
    return [short_name(*name) for _sort, _pk, *name in found]


@prepared
def _named() -> QuerySet[SupportMember, Any]:
    rows = SupportMember.objects.filter(
        support__tutor=Given("me"), support__state=SupportState.ACTIVE, support__centre=Given("centre"),
        consented_at__isnull=False, person__in=Numbers("people"), support__routes__state__in=TAKES,
    )  # fmt: skip
    return rows.order_by("person__sort_name", "person").values_list("person__sort_name", "person", *NAME).distinct()


def _members(actor: Actor, centre_id: int, people: Collection[int]) -> QuerySet[SupportMember]:
    return SupportMember.objects.filter(
        support__tutor=actor.person_id or 0, support__state=SupportState.ACTIVE, support__centre=centre_id,
        consented_at__isnull=False, person__in=people,
    )  # fmt: skip
