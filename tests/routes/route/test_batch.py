"""Routes of all teachers of a tutor drafted at once."""

from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.factories import make_hypothesis
from tests.factories import make_centre, make_member
from tests.routes.support_factories import make_support
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.actions.batch import DraftState, draft_all, look

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
    assert [line.why for line in client.get(page).context["lines"]] == [DraftState.READY, DraftState.NOTHING_CONFIRMED]
    assert LearningRoute.objects.count() == 0
    made = client.post(page).context
    assert (made["number"], [line.made for line in made["lines"]]) == (1, [True, False])
    again = draft_all(by=actor_of(tutor))
    assert [line.why for line in again] == [DraftState.HAS_ROUTE, DraftState.NOTHING_CONFIRMED]
    assert LearningRoute.objects.get().items.exists()


@pytest.mark.parametrize(
    ("closed", "why"),
    [
        (datetime(2026, 8, 31, 20, 30, tzinfo=UTC), DraftState.NOTHING_CONFIRMED),  # 31 August, 23:30 in Moscow
        (datetime(2026, 8, 31, 21, 30, tzinfo=UTC), DraftState.HAS_ROUTE),  # 1 September, 00:30
    ],
)
def test_a_route_closed_at_night_is_of_the_year_of_that_night(closed: datetime, why: DraftState) -> None:
    centre = make_centre()
    tutor = make_member(centre, Role.TUTOR)
    support = make_support(centre, tutor.person, make_member(centre, Role.TEACHER).person)
    LearningRoute.objects.create(
        centre=centre, support=support, title="Маршрут", start=date(2026, 2, 1), end=date(2026, 8, 31),
        state="closed", closed_at=closed,
    )  # fmt: skip
    with patch("django.utils.timezone.now", return_value=datetime(2026, 10, 1, 9, tzinfo=UTC)):
        assert [line.why for line in look(actor_of(tutor))] == [why]


def test_only_the_own_supports() -> None:
    centre = make_centre()
    make_support(centre, make_member(centre, Role.TUTOR).person, make_member(centre, Role.TEACHER).person)
    assert draft_all(by=actor_of(make_member(centre, Role.TUTOR))) == []
