"""Who may answer no longer is waited for no longer, and what was asked on an item already is said beside it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.consultations.hour_factories import recorded
from tests.consultations.request_factories import assigned, own_request, taken, wish
from tests.factories import make_employment
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.tutors.status_factories import make_status
from tests.world import World
from traektoria.consultations.hours.actions.giving import say_how_it_was
from traektoria.consultations.personal_data import consultations_of
from traektoria.consultations.requests.actions import answering, requests
from traektoria.consultations.requests.queries.requests import history_of
from traektoria.core.errors import Refused
from traektoria.people.models import Employment, RoleAssignment
from traektoria.routes.needs.queries import own_subject
from traektoria.tutors.statuses.actions.statuses import suspend_status

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def test_requests_of_a_suspended_tutor_are_on_the_board_again(world: World) -> None:
    status = make_status(world.own, person(world, "tutor"))
    given, answered = assigned(world, own_request(world)), taken(world, own_request(world, topic="Иное"))
    others = assigned(world, own_request(world, topic="Третье"), "other_tutor")
    suspend_status(status=status, reason="Отпуск", by=actor(world, "coordinator"))
    for row in (given, answered, others):
        row.refresh_from_db()
    assert [(row.state, row.tutor_id) for row in (given, answered)] == [("asked", None)] * 2
    assert (others.state, answered.answer, answered.answered_at) == ("assigned", "", None)
    assert "тьютор сейчас не принимает" in history_of(answered)[-1].text


def test_a_request_that_a_tutor_has_answered_can_be_declined(world: World) -> None:
    row = taken(world, own_request(world))
    before = row.answered_at
    row = answering.decline_request(request=row, reason="Тьютор уехал", by=actor(world, "coordinator"))
    assert (row.state, row.answered_at) == ("declined", before)


def test_what_was_asked_on_an_item_already_is_said(world: World, as_: As) -> None:
    route = make_running(world, topics=("Чтение таблиц", "Задачи"))
    item = route.items.all()[0]
    ask = f"/consultations/new/?item={item.pk}"
    assert ask in as_("teacher").get(f"/support/routes/{route.pk}/").content.decode()
    assert ask not in as_("tutor").get(f"/support/routes/{route.pk}/").content.decode()
    row = requests.ask_for_self(centre=world.own, wish=wish(), by=actor(world, "teacher"), item=item)
    for viewer in ("teacher", "tutor"):
        words = as_(viewer).get(f"/support/items/{item.pk}/").content.decode()
        assert f'href="/consultations/{row.pk}/"' in words
    assert f'href="/consultations/{row.pk}/"' in as_("teacher").get(ask).content.decode()


def test_the_first_own_subject_is_of_the_work_of_today(world: World) -> None:
    Employment.objects.filter(person=person(world, "teacher")).delete()
    ended = make_employment(person(world, "teacher"), world.school, subjects=["history"])
    Employment.objects.filter(pk=ended.pk).update(end=ended.start)
    make_employment(person(world, "teacher"), world.school, "методист", subjects=["physics", "math"])
    assert own_subject(actor(world, "teacher")) == {"subject": "physics"}


def test_how_it_was_is_asked_of_teachers_of_today(world: World, as_: As) -> None:
    hour = recorded(world)
    ask = f"/consultations/hours/{hour.pk}/feedback/"
    assert ask in as_("teacher").get(f"/consultations/hours/{hour.pk}/").content.decode()
    RoleAssignment.objects.filter(person=person(world, "teacher")).update(role="head", school=world.school)
    with pytest.raises(Refused):
        say_how_it_was(hour=hour, feedback="helped", by=actor(world, "teacher"))


def test_who_withdraws_an_hour_reads_that_its_request_waits_again(world: World, as_: As) -> None:
    hour = recorded(world, request=taken(world, own_request(world)))
    said = "снова ждёт вас"
    assert said in as_("tutor").get(f"/consultations/hours/{hour.pk}/").content.decode()
    recorded(world, request=hour.request, ago=200, closes=False)
    assert said not in as_("tutor").get(f"/consultations/hours/{hour.pk}/").content.decode()


def test_the_own_data_say_who_gave_it_what_it_said_before_and_why_it_was_returned(world: World) -> None:
    from tests.consultations.hours.test_hours import correct

    row = assigned(world, own_request(world))
    answering.return_request(request=row, reason="Болею", by=actor(world, "tutor"))
    hour = recorded(world, "teacher", "other_teacher", shared_note="Первая", private_note="Тайная")
    say_how_it_was(hour=hour, feedback="helped", by=actor(world, "teacher"))
    correct(world, hour, shared_note="Вторая")
    tutor, teacher = (consultations_of(person(world, name).pk) for name in ("tutor", "teacher"))
    assert [one["reason"] for one in tutor["returned_by_me"]] == ["Болею"]
    mine = teacher["hours"][0]
    assert (mine["tutor"], mine["withdrawn_why"]) == (person(world, "tutor").full_name, "")
    assert (mine["feedback"][0]["said"], mine["feedback"][0]["at"] is not None) == ("helped", True)
    old = mine["before"][0]
    assert (old["shared_note"], old["there"], "private_note" in old, "teachers" in old) == (
        "Первая",
        True,
        False,
        False,
    )
    assert tutor["hours"][0]["before"][0]["private_note"] == "Тайная"
