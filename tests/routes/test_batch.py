"""Routes of all teachers of a tutor drafted at once."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.factories import make_hypothesis
from tests.factories import make_centre, make_member
from tests.routes.support_factories import make_support
from traektoria.diagnostics.enums import HypothesisState
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.routes.actions.batch import Why, draft_all
from traektoria.routes.models import LearningRoute

pytestmark = pytest.mark.django_db


def test_what_is_made_and_what_is_left_out(client: Client) -> None:
    centre = make_centre()
    tutor = make_member(centre, Role.TUTOR)
    teachers = [make_member(centre, Role.TEACHER).person for _number in range(2)]
    for teacher in teachers:
        make_support(centre, tutor.person, teacher)
    make_hypothesis(centre, teachers[0], state=HypothesisState.CONFIRMED, decided_at=timezone.now())
    client.force_login(tutor)
    page = reverse("routes:route_batch")
    assert [line.why for line in client.get(page).context["lines"]] == [Why.READY, Why.NOTHING_CONFIRMED]
    assert LearningRoute.objects.count() == 0
    made = client.post(page).context
    assert (made["number"], [line.made for line in made["lines"]]) == (1, [True, False])
    again = draft_all(by=actor_of(tutor))
    assert [line.why for line in again] == [Why.HAS_ROUTE, Why.NOTHING_CONFIRMED]
    assert LearningRoute.objects.get().items.exists()


def test_only_the_own_supports() -> None:
    centre = make_centre()
    make_support(centre, make_member(centre, Role.TUTOR).person, make_member(centre, Role.TEACHER).person)
    assert draft_all(by=actor_of(make_member(centre, Role.TUTOR))) == []
