"""Pages of requests for a consultation: each role's way, forms that keep what was typed, bounded queries."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.consultations.absence_factories import absence
from tests.consultations.request_factories import assigned, own_request, school_request, taken
from tests.factories import make_school
from tests.routes.need_factories import make_places, person
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.actions.answering import (
    decline_request,
    hold_request,
    return_request,
    take_request,
)
from traektoria.consultations.requests.enums import RequestState
from traektoria.consultations.requests.forms import SchoolRequestForm
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

As = Callable[[str], Client]
ROOM = "/consultations/"
PLACE = re.compile(r"place=([\w-]+)")
SINCE = date(2025, 9, 1)
BOARD = f"{ROOM}board/"
WISH = {"topic": "Задачи с параметром", "subject": "math", "kind": "individual", "way": "video"}


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_request_new_of_a_teacher(as_: As) -> None:
    client = as_("teacher")
    shown = page(client, f"{ROOM}new/")
    assert "1\xa0минут" in shown
    assert "вы, тьютор и координатор центра" in shown
    assert "за 24 ч, иначе за 48 ч" in shown.replace("\xa0", " ")
    wrong = client.post(f"{ROOM}new/", {**WISH, "topic": "", "note": "Пояснение"})
    assert wrong.status_code == 422
    assert "Пояснение" in wrong.content.decode()
    for _press in range(2):
        answer = client.post(f"{ROOM}new/", {**WISH, "as": "teacher"})
        request = ConsultationRequest.objects.get()
        assert answer["Location"] == f"{ROOM}{request.pk}/"
    assert "очередь координатора: ответ обещан до" in page(client, f"{ROOM}{request.pk}/")
    assert f'href="{ROOM}{request.pk}/"' in page(client, ROOM)
    assert f'href="{ROOM}{request.pk}/"' not in page(client, f"{ROOM}?closed=1")


def test_request_new_of_a_head(world: World, as_: As) -> None:
    client, teacher = as_("deputy_head"), person(world, "teacher")
    assert teacher.short_name in page(client, f"{ROOM}new/")
    foreign = client.post(f"{ROOM}new/", {**WISH, "teachers": [person(world, "foreign_teacher").pk]})
    assert foreign.status_code == 422
    client.post(f"{ROOM}new/", {**WISH, "teachers": [teacher.pk], "number": 3})
    request = ConsultationRequest.objects.get()
    assert (request.number, request.school, list(request.teachers.all())) == (3, world.school, [teacher])


def test_who_works_at_two_places_chooses_where_to_ask(world: World, as_: As) -> None:
    teacher, head, second = person(world, "teacher"), person(world, "head"), make_school(world.own)
    RoleAssignment.objects.create(
        person=teacher, role=Role.TEACHER, centre=world.foreign, school=make_school(world.foreign), start=SINCE
    )
    RoleAssignment.objects.create(person=head, role=Role.HEAD, centre=world.own, school=second, start=SINCE)
    shown = page(as_("teacher"), f"{ROOM}new/")
    assert world.own.name in shown
    assert world.foreign.name in shown
    (place,) = [mark for mark in PLACE.findall(shown) if mark.startswith(f"{world.foreign.pk}-")]
    as_("teacher").post(f"{ROOM}new/?place={place}", {**WISH, "as": "teacher"})
    as_("teacher").post(f"{ROOM}new/?place=1-1", {**WISH, "as": "teacher"})
    assert [one.centre for one in ConsultationRequest.objects.order_by("pk")] == [world.foreign, world.own]
    shown = page(as_("head"), f"{ROOM}new/")
    assert world.school.name in shown
    assert second.name in shown
    as_("head").post(f"{ROOM}new/?place={world.own.pk}-{second.pk}", WISH)
    assert ConsultationRequest.objects.latest("pk").school == second
    assert "place=" not in page(as_("deputy_head"), f"{ROOM}new/")


def test_three_taps_from_a_route_item(world: World, as_: As) -> None:
    item = make_running(world, topics=("Чтение таблиц",)).items.all()[0]
    client, address = as_("teacher"), f"{ROOM}new/?item={item.pk}"
    assert address in page(client, f"/support/items/{item.pk}/")
    assert address not in page(as_("tutor"), f"/support/items/{item.pk}/")
    shown = page(client, address)
    assert item.task in shown
    client.post(address, {**WISH, "topic": item.task})
    request = ConsultationRequest.objects.get()
    assert (request.item, request.state) == (item, "assigned")
    assert f"/support/items/{item.pk}/" in page(client, f"{ROOM}{request.pk}/")
    assert f"/support/items/{item.pk}/" not in page(as_("coordinator"), f"{ROOM}{request.pk}/")
    assert page(as_("other_teacher"), address, 404)


def test_a_deputy_head_asks_in_a_minute(as_: As) -> None:
    """From the list two taps and two answers: the subject and a few words; all else may stay as it is."""
    client = as_("deputy_head")
    assert f'href="{ROOM}new/"' in page(client, ROOM)
    shown = page(client, f"{ROOM}new/")
    assert "1\xa0минут" in shown
    needed = {name for name, field in SchoolRequestForm.base_fields.items() if field.required}
    assert needed - {"kind", "way"} == {"topic", "subject"}, "kind and way are chosen already"
    answer = client.post(f"{ROOM}new/", WISH)
    assert answer["Location"] == f"{ROOM}{ConsultationRequest.objects.get().pk}/"


def test_the_board_says_why_each_tutor(world: World, as_: As) -> None:
    make_places(world.own, person(world, "tutor"), 3, subjects=["physics"])
    make_places(world.own, person(world, "other_tutor"), 2, subjects=["math"])
    hold_request(request=taken(world, own_request(world, topic="Было")), by=actor(world, "tutor"))
    request = own_request(world)
    client = as_("coordinator")
    shown = page(client, BOARD)
    first, second = (shown.index(person(world, name).short_name) for name in ("other_tutor", "tutor"))
    assert first < second, "who offers the subject stands before who has worked with the teacher"
    assert "ведёт этот предмет" in shown
    assert "уже работали вместе" in shown
    assert "свободно: 2 из 2" in shown.replace("\xa0", " ")
    tutor = person(world, "other_tutor")
    answer = client.post(f"{ROOM}{request.pk}/assign/", {"tutor": tutor.pk}, follow=True)
    assert "очередь тьютора" in answer.content.decode()
    assert client.post(f"{ROOM}{request.pk}/assign/", {"tutor": person(world, "tutor").pk}).status_code == 409
    assert client.post(f"{ROOM}{request.pk}/assign/", {"tutor": "нет"}).status_code == 422


def test_who_has_given_hours_on_the_topic_stands_before_and_who_is_away_below(world: World, as_: As) -> None:
    for one in ("tutor", "other_tutor"):
        make_places(world.own, person(world, one), 3, subjects=["math"])
    held_on(world, "Задачи на проценты в ОГЭ", "tutor")
    held_on(world, "Движение по реке", "other_tutor")
    own_request(world, topic="Как решать задачи с процентами", subject="math")
    names = [person(world, one).short_name.replace("\xa0", " ") for one in ("tutor", "other_tutor")]
    shown = suggested(page(as_("coordinator"), BOARD))
    assert shown.index(names[0]) < shown.index(names[1])
    assert shown.count("1 консультацию на эту тему") == 1
    absence(world, "coordinator", "tutor", first=timezone.localdate(), days=3)
    shown = suggested(page(as_("coordinator"), BOARD))
    assert shown.index(names[1]) < shown.index(names[0])
    assert shown.count("отсутствует до") == 1


def suggested(shown: str) -> str:
    return shown[shown.index("board-tutors") :].replace("\xa0", " ")


def held_on(world: World, topic: str, tutor: str) -> None:
    """A request of another teacher that the tutor has held."""
    given = assigned(world, own_request(world, "other_teacher", topic=topic, subject="math"), tutor)
    take_request(request=given, answer="Приду", by=actor(world, tutor))
    ConsultationRequest.objects.filter(pk=given.pk).update(state=RequestState.HELD)


def test_the_board_says_why_a_request_was_declined(world: World, as_: As) -> None:
    decline_request(request=own_request(world), reason="Тема вне плана", by=actor(world, "coordinator"))
    assert "Тема вне плана" not in page(as_("coordinator"), BOARD)
    assert "Тема вне плана" in page(as_("coordinator"), f"{BOARD}?state=declined")


def test_who_returned_a_request_stands_last(world: World, as_: As) -> None:
    make_places(world.own, person(world, "tutor"), 3, subjects=["math"])
    request = assigned(world, own_request(world))
    return_request(request=request, reason="Отпуск", by=actor(world, "tutor"))
    shown = page(as_("coordinator"), BOARD)
    suggested = shown[shown.index("board-tutors") :]
    assert suggested.index(person(world, "other_tutor").short_name) < suggested.index(person(world, "tutor").short_name)
    assert "Отпуск" in shown
    assert "Отпуск" in page(as_("coordinator"), f"{ROOM}{request.pk}/")
    assert "Отпуск" not in page(as_("teacher"), f"{ROOM}{request.pk}/")


def test_likely_duplicates_are_offered(world: World, as_: As) -> None:
    mine = own_request(world, topic="Задачи с параметром в 9 классе")
    other = school_request(world, "teacher", topic="Как решать задачи с параметрами")
    own_request(world, "other_teacher", topic="Геометрия: вписанные углы")
    own_request(world, topic="Задачи с параметром", subject="physics")
    shown = page(as_("coordinator"), f"{BOARD}?request={mine.pk}")
    block = shown[shown.index("Похоже на то же самое") :]
    assert f'href="{ROOM}{other.pk}/"' in block
    assert "вписанные" not in block


def test_the_board_is_filtered(world: World, as_: As) -> None:
    assigned(world, own_request(world, topic="Отданная"))
    own_request(world, topic="Новая", subject="physics")
    client = as_("coordinator")
    assert "Отданная" not in page(client, f"{BOARD}?state=asked")
    assert "Новая" not in page(client, f"{BOARD}?state=assigned")
    assert "Отданная" not in page(client, f"{BOARD}?subject=physics")
    assert "По этим условиям ничего нет" in page(client, f"{BOARD}?state=taken")
    assert "Открытых заявок нет" in page(as_("foreign_coordinator"), BOARD)


def test_the_tutor_answers_on_the_page(world: World, as_: As) -> None:
    request = assigned(world, own_request(world, note="Класс слабый"))
    client, address = as_("tutor"), f"{ROOM}{request.pk}/"
    assert "Класс слабый" in page(client, address)
    assert client.post(f"{address}take/", {"answer": ""}).status_code == 422
    client.post(f"{address}take/", {"answer": "Вторник, 14:30, кабинет 12"})
    assert "Вторник, 14:30, кабинет 12" in page(as_("teacher"), address)
    assert client.post(f"{address}hold/").status_code == 302
    assert "Консультация прошла" not in page(client, address)
    assert page(as_("other_tutor"), address, 404)


def test_a_returned_request_leads_to_the_list(world: World, as_: As) -> None:
    request = assigned(world, own_request(world))
    client = as_("tutor")
    assert client.post(f"{ROOM}{request.pk}/return/", {"reason": ""}).status_code == 422
    assert client.post(f"{ROOM}{request.pk}/return/", {"reason": "Болею"})["Location"] == ROOM
    assert page(client, f"{ROOM}{request.pk}/", 404)


def test_the_head_does_not_see_what_a_teacher_asks_alone(world: World, as_: As) -> None:
    own, named = own_request(world), school_request(world, "teacher", "other_teacher", note="Тайна завуча")
    for viewer in ("head", "deputy_head"):
        assert page(as_(viewer), f"{ROOM}{own.pk}/", 404)
        assert "Тайна завуча" in page(as_(viewer), f"{ROOM}{named.pk}/")
    shown = page(as_("teacher"), f"{ROOM}{named.pk}/")
    assert "Тайна завуча" not in shown
    assert person(world, "other_teacher").short_name not in shown


@pytest.mark.parametrize("address", [ROOM, BOARD])
def test_as_many_queries_for_three_as_for_one(
    world: World, as_: As, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_places(world.own, person(world, "tutor"), 3, subjects=["math"])
    own_request(world)
    client = as_("coordinator")
    client.get(address)
    with django_assert_num_queries(2 if address == ROOM else 20):
        client.get(address)
    for number in range(2):
        school_request(world, "teacher", topic=f"Задачи с параметром {number}")
    with django_assert_num_queries(2 if address == ROOM else 20):
        client.get(address)


def test_an_answer_is_changed_or_taken_back_on_the_page(world: World, as_: As) -> None:
    request = taken(world, own_request(world))
    address = f"{ROOM}{request.pk}/"
    assert "Назвать другое время" in page(as_("tutor"), address)
    assert "Назвать другое время" not in page(as_("coordinator"), address)
    as_("tutor").post(f"{address}take/", {"answer": "Среда, 15:00"})
    assert "Среда, 15:00" in page(as_("teacher"), address)
    assert f'action="{address}recall/"' in page(as_("coordinator"), address)
    as_("coordinator").post(f"{address}recall/")
    assert "Среда, 15:00" not in page(as_("teacher"), address)
    assert page(as_("tutor"), address, 404)


def test_the_menu_leads_only_those_who_may_go(world: World, as_: As) -> None:
    """Whoever only sits in the commission has no list of requests, and no way to it."""
    RoleAssignment.objects.filter(person=person(world, "other_tutor")).update(role=Role.COMMISSION_MEMBER)
    client = as_("other_tutor")
    assert client.get(ROOM).status_code == 403
    assert f'href="{ROOM}"' not in page(client, "/")
    assert f'href="{ROOM}"' in page(as_("tutor"), "/")
