"""The page of a route is read by a statement of its own: who gets it are exactly those to whom the route is visible."""

import pytest
from django.utils import timezone

from tests.routes.route_factories import make_draft
from tests.world import World
from traektoria.people.actor import actor_of
from traektoria.routes.models import LearningRoute, SupportMember
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.queries.route import for_page, visible_to, whole_route

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _reads(world: World, viewer: str, pk: int) -> LearningRoute | None:
    try:
        return whole_route(actor_of(world.accounts[viewer]), pk)
    except LearningRoute.DoesNotExist:
        return None


@pytest.mark.parametrize("state", [RouteState.DRAFT, RouteState.RUNNING])
@pytest.mark.parametrize("declined", [False, True])
def test_who_reads_a_route_is_who_sees_it(world: World, state: RouteState, declined: bool) -> None:
    route = make_draft(world)
    begun = timezone.now() if state == RouteState.RUNNING else None
    LearningRoute.objects.filter(pk=route.pk).update(state=state, in_force_since=begun)
    if declined:
        SupportMember.objects.filter(support=route.support_id).update(consented_at=None)
    seen = {viewer for viewer in world.accounts if visible_to(actor_of(world.accounts[viewer])).filter(pk=route.pk)}
    assert {viewer for viewer in world.accounts if _reads(world, viewer, route.pk)} == seen
    assert "tutor" in seen
    assert ("coordinator" in seen) == (state == RouteState.RUNNING)
    assert ("teacher" in seen) != declined


def test_it_reads_what_django_reads(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    route = make_draft(world)
    actor = actor_of(world.accounts["tutor"])
    built = for_page(visible_to(actor)).get(pk=route.pk)
    with django_assert_num_queries(2):
        found = whole_route(actor, route.pk)
        people = [member.person for member in found.support.members.all()]
        assert (found.support.tutor, found.centre) == (world.accounts["tutor"].person, world.own)
    assert found == built
    assert people == [member.person for member in built.support.members.all()]
    assert found.__dict__["of_own_school"] == built.__dict__["of_own_school"]
