"""Routes of a school begun by the centre: numbers, one press, nothing of what is confirmed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.factories import make_hypothesis
from tests.errands import everything_is_long
from tests.factories import make_centre, make_employment, make_member, make_school
from tests.routes.support_factories import make_support
from traektoria.core.errors import Refused
from traektoria.core.models import Errand, Waiting
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person, RoleAssignment
from traektoria.routes.models import LearningRoute, TutorSupport
from traektoria.routes.route.actions.agreement import propose_route
from traektoria.routes.route.actions.for_school import Fate, draft_for_centre, draft_for_school, numbers
from traektoria.routes.route.errands import SCHOOL_DRAFTS

pytestmark = pytest.mark.django_db
TOPIC = "Косвенные вычисления площади"


class Place:
    """A centre with a school, its coordinator and a tutor."""

    def __init__(self) -> None:
        self.centre: TutorCentre = make_centre()
        self.school: School = make_school(self.centre)
        self.coordinator = make_member(self.centre, Role.COORDINATOR)
        self.tutor = make_member(self.centre, Role.TUTOR).person
        today = timezone.localdate()
        self.period = {"start": today - timedelta(days=30), "end": today + timedelta(days=200)}

    @property
    def actor(self) -> Actor:
        return actor_of(self.coordinator)

    def teacher(self, school: School | None = None) -> Person:
        person = make_member(self.centre, Role.TEACHER, school or self.school).person
        assert person is not None
        return person

    def support(self, *teachers: Person, confirmed: bool = True, **fields: Any) -> TutorSupport:
        tutor = fields.pop("tutor", self.tutor)
        made = make_support(self.centre, tutor, *teachers, **(self.period | fields))
        for one in teachers if confirmed else ():
            self.confirm(one)
        return made

    def confirm(self, person: Person, centre: TutorCentre | None = None) -> None:
        make_hypothesis(
            centre or self.centre, person, topic=TOPIC, state=HypothesisState.CONFIRMED, decided_at=timezone.now()
        )


def test_each_support_of_the_school_has_its_fate_and_one_press_drafts_what_is_ready() -> None:
    place = Place()
    ready = place.support(place.teacher())
    drafted, running = place.support(place.teacher()), place.support(place.teacher())
    place.support(place.teacher(), confirmed=False)
    place.support(place.teacher(), place.teacher())
    place.support(place.teacher(), state="proposed")
    place.support(place.teacher(), state="declined")
    left = place.teacher()
    place.support(left)
    RoleAssignment.objects.filter(person=left).update(start=date(2019, 1, 1), end=date(2020, 1, 1))
    gone = make_member(place.centre, Role.TUTOR).person
    place.support(place.teacher(), tutor=gone)
    RoleAssignment.objects.filter(person=gone).update(start=date(2019, 1, 1), end=date(2020, 1, 1))
    place.support(place.teacher(make_school(place.centre)))  # of another school
    place.teacher()  # whom nobody supports
    for one in (drafted, running):
        draft_for_centre(support=one, school=place.school.pk, by=place.actor)
    LearningRoute.objects.filter(support=running).update(state="running", in_force_since=timezone.now())
    before = numbers(place.actor, place.school.pk)
    assert before.fates == dict.fromkeys(Fate, 1) | {Fate.WITHOUT_ROUTE: 3}
    assert before.alone == 2, "who declined has none either"
    made = draft_for_school(school=place.school.pk, by=place.actor)
    assert [route.support for route in made] == [ready]
    assert made[0].items.exists()
    assert Waiting.objects.filter(kind="routes.drafted", object_id=made[0].pk).exists()
    assert draft_for_school(school=place.school.pk, by=place.actor) == []
    assert LearningRoute.objects.count() == 3
    assert numbers(place.actor, place.school.pk) == before, (
        "that of them a draft was made of, nobody of the centre reads"
    )


def test_two_subjects_are_two_routes_and_another_subject_confirms_nothing() -> None:
    place = Place()
    teacher = place.teacher()
    place.support(teacher)
    place.support(teacher, confirmed=False, subject="physics")
    assert numbers(place.actor, place.school.pk).fates == {Fate.WITHOUT_ROUTE: 2}
    assert [one.support.subject for one in draft_for_school(school=place.school.pk, by=place.actor)] == ["math"]


def test_another_centre_begins_nothing_here_and_counts_nothing() -> None:
    place, other = Place(), Place()
    support = place.support(place.teacher())
    assert numbers(other.actor, place.school.pk).fates == {}
    assert draft_for_school(school=place.school.pk, by=other.actor) == []
    with pytest.raises(Refused):
        draft_for_centre(support=support, school=place.school.pk, by=other.actor)
    with pytest.raises(Refused):
        draft_for_centre(support=support, school=place.school.pk, by=actor_of(make_member(place.centre, Role.TUTOR)))


def test_what_is_not_so_any_more_is_not_drafted() -> None:
    place = Place()
    support = place.support(place.teacher())
    support.members.update(consented_at=None, declined_at=timezone.now())
    TutorSupport.objects.filter(pk=support.pk).update(state="declined")
    assert draft_for_centre(support=support, school=place.school.pk, by=place.actor) is None
    assert not LearningRoute.objects.exists()


def test_one_teacher_and_three_cost_the_same(django_assert_num_queries: Callable[..., Any]) -> None:
    place = Place()
    for number in (1, 3):
        while TutorSupport.objects.count() < number:
            place.support(place.teacher())
        actor = place.actor
        with django_assert_num_queries(2):
            assert numbers(actor, place.school.pk).without_route == number


def test_nothing_says_whether_the_one_teacher_of_a_school_has_confirmed_something() -> None:
    """Who coordinates and who heads read the same of both centres, before and after the press."""
    told = []
    for confirmed in (True, False):
        place = Place()
        teacher, head = place.teacher(), make_member(place.centre, Role.HEAD, place.school)
        make_employment(teacher, place.school)
        support = place.support(teacher)
        if not confirmed:
            Hypothesis.objects.filter(person=teacher).update(state="dropped")
        coordinator, page = _signed_in(place.coordinator), reverse("routes:school_routes")
        seen = [coordinator.get(f"{page}?school={place.school.pk}").content.decode()]
        seen.append(coordinator.post(page, {"school": place.school.pk}, follow=True).content.decode())
        assert "Готово: где проект можно было подготовить" in seen[-1]
        assert teacher.surname not in "".join(seen)
        assert LearningRoute.objects.filter(support=support).exists() == confirmed
        asked = ("/support/routes/", "/support/", f"/support/{support.pk}/", f"/search/?q={teacher.surname}", "/")
        for reader in (coordinator, _signed_in(head)):
            seen += [reader.get(address).content.decode() for address in asked]
        assert all(teacher.surname in seen[place] for place in (3, 4, 8, 9))
        told.append([re.sub(r"\d+", "1", re.sub("<[^>]+>", " ", text)) for text in seen])
    assert told[0] == told[1]


def _signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_what_is_put_forward_stands_in_the_list(client: Client) -> None:
    place = Place()
    support = place.support(place.teacher())
    [route] = draft_for_school(school=place.school.pk, by=place.actor)
    client.force_login(place.coordinator)
    address = reverse("routes:route_detail", args=[route.pk])
    assert client.get(address).status_code == 404
    propose_route(route=LearningRoute.objects.get(), by=actor_of(Account.objects.get(person=place.tutor)))
    page = client.get(address).content.decode()
    assert TOPIC not in page
    assert address in client.get(reverse("routes:route_list")).content.decode()
    assert address in client.get(reverse("routes:support_detail", args=[support.pk])).content.decode()
    assert numbers(place.actor, place.school.pk).fates == {Fate.HAS_ROUTE: 1}


def test_many_are_drafted_by_the_worker_and_a_second_press_shows_the_same_work(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    everything_is_long(SCHOOL_DRAFTS, monkeypatch)
    place = Place()
    place.support(place.teacher())
    client.force_login(place.coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(reverse("routes:school_routes"), {"school": place.school.pk}) for _ in range(2)]
    errand = Errand.objects.get()
    assert {one.headers["Location"] for one in answers} == {reverse("desk:errand_detail", args=[errand.pk])}
    do_what_is_due()
    errand.refresh_from_db()
    assert (errand.url, LearningRoute.objects.count()) == (
        f"{reverse('routes:school_routes')}?school={place.school.pk}", 1,
    )  # fmt: skip
    assert errand.said.startswith("Готово: где проект можно было подготовить")
