"""Pages of requests for a tutor: each role's way, forms that keep what was typed, bounded queries."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_member
from tests.routes.need_factories import consent, make_need, make_places, offer, own_need, person, state
from tests.routes.route_factories import actor, make_route_support
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.people.enums import Role
from traektoria.routes.models import SupportMember, SupportNeed, TutorSupport
from traektoria.routes.supports.actions.reassigning import reassign_support
from traektoria.routes.supports.actions.supports import decline_support

As = Callable[[str], Client]
NEEDS = "/support/needs/"
BOARD = f"{NEEDS}board/"


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_need_new_of_a_teacher(as_: As) -> None:
    client = as_("teacher")
    assert "1\xa0минут" in page(client, f"{NEEDS}new/")
    sent = {"subject": "math", "basis": "request", "text": "Хочу вести дискуссию", "as": "teacher"}
    for _press in range(2):
        answer = client.post(f"{NEEDS}new/", sent)
        need = SupportNeed.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{NEEDS}{need.pk}/")
    assert "ищем тьютора" in page(client, f"{NEEDS}{need.pk}/")
    assert f'href="{NEEDS}{need.pk}/"' in page(client, NEEDS)


def test_need_new_of_a_head(world: World, as_: As) -> None:
    client, teacher = as_("head"), person(world, "teacher")
    assert teacher.short_name in page(client, f"{NEEDS}new/")
    wrong = client.post(f"{NEEDS}new/", {"subject": "math", "basis": "results", "text": "Слабые задачи"})
    assert wrong.status_code == 422
    assert "Слабые задачи" in wrong.content.decode()
    client.post(f"{NEEDS}new/", {"subject": "math", "basis": "results", "teachers": [teacher.pk], "number": 3})
    need = SupportNeed.objects.get()
    assert (need.number, need.school, list(need.teachers.all())) == (3, world.school, [teacher])
    foreign = {"subject": "math", "basis": "results", "teachers": [person(world, "foreign_teacher").pk]}
    assert client.post(f"{NEEDS}new/", foreign).status_code == 422


def test_need_detail_of_a_named_teacher(world: World, as_: As) -> None:
    need = make_need(world, "teacher", "other_teacher", text="Тайна директора")
    client, address = as_("teacher"), f"{NEEDS}{need.pk}/"
    shown = page(client, address)
    assert "Школа попросила тьютора для вас" in shown
    assert "Тайна директора" not in shown
    assert person(world, "other_teacher").short_name not in shown
    for _press in range(2):
        assert client.post(f"{address}refuse/")["Location"] == NEEDS
    need.refresh_from_db()
    assert (need.number, client.get(address).status_code) == (1, 404)


def test_the_school_reads_how_far_it_is_but_not_who_declined(world: World, as_: As) -> None:
    need = make_need(world, "teacher")
    decline_support(support=offer(world, need), by=actor(world, "tutor"))
    address = f"{NEEDS}{need.pk}/"
    for viewer in ("head", "deputy_head"):
        shown = page(as_(viewer), address)
        assert person(world, "tutor").short_name not in shown
        assert "тьютора ищут снова" in shown
    assert person(world, "tutor").short_name in page(as_("coordinator"), address)
    assert "1\xa0предложение не сложилось" in page(as_("coordinator"), BOARD)


def test_need_withdraw_asks_for_a_reason(world: World, as_: As) -> None:
    need = own_need(world)
    client, address = as_("teacher"), f"{NEEDS}{need.pk}/withdraw/"
    assert client.post(address).status_code == 422
    assert client.post(address, {"reason": "Справилась"})["Location"] == f"{NEEDS}{need.pk}/"
    assert state(need) == "withdrawn"


def test_need_board_leads_to_an_offer_in_two_presses(world: World, as_: As) -> None:
    make_places(world.own, person(world, "tutor"), 2, subjects=["math"])
    need, client = own_need(world), as_("coordinator")
    tutor = person(world, "tutor")
    address = f"{NEEDS}{need.pk}/offer/?tutor={tutor.pk}"
    assert address in page(client, BOARD)
    form = client.get(address).context["form"]
    given = {name: form.initial[name] for name in ("members", "start", "end")} | {"tutor": tutor.pk}
    assert client.post(address, given)["Location"] == BOARD
    support = TutorSupport.objects.get()
    assert (support.need, support.kind, support.subject, state(need)) == (need, "individual", "math", "offered")
    assert client.post(address, given)["Location"] == BOARD
    assert TutorSupport.objects.count() == 1
    again = client.post(address, {**given, "tutor": person(world, "other_tutor").pk})
    assert again.status_code == 409
    assert "уже всё решено" in again.content.decode()


@pytest.mark.parametrize(("subject", "main"), [("math", 1), ("history", 0)])
def test_need_board_has_no_main_button_on_a_tutor_of_another_subject(
    world: World, as_: As, subject: str, main: int
) -> None:
    make_places(world.own, person(world, "tutor"), 2, subjects=[subject])
    own_need(world)
    shown = page(as_("coordinator"), BOARD)
    assert shown.count("button--primary") == main
    assert ("Свободного тьютора по этому предмету нет" in shown) is (main == 0)


def test_need_offer_of_a_group_is_named_for_the_school(world: World, as_: As) -> None:
    need, client = make_need(world, "teacher", "other_teacher"), as_("coordinator")
    address = f"{NEEDS}{need.pk}/offer/"
    form = client.get(address).context["form"]
    sent = {**form.initial, "tutor": person(world, "tutor").pk}
    assert client.post(address, {**sent, "name": ""}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert (TutorSupport.objects.get().kind, TutorSupport.objects.get().name) == ("group", "СОШ № 1: математика")


def test_need_offer_says_that_the_last_place_went(world: World, as_: As) -> None:
    make_places(world.own, person(world, "tutor"), 0)
    need, client = own_need(world), as_("coordinator")
    address = f"{NEEDS}{need.pk}/offer/"
    answer = client.post(address, {**client.get(address).context["form"].initial, "tutor": person(world, "tutor").pk})
    assert answer.status_code == 409
    assert "мест 0, занято 0" in answer.content.decode()
    assert not TutorSupport.objects.exists()


def test_need_board_filters(world: World, as_: As) -> None:
    math, physics = own_need(world, text="Дискуссия"), make_need(world, "other_teacher", subject="physics")
    client = as_("coordinator")
    both = page(client, BOARD)
    assert all(f"need={need.pk}#tutors" in both for need in (math, physics))
    assert f"need={physics.pk}#" not in page(client, f"{BOARD}?subject=math&school={world.school.pk}")
    assert f"need={math.pk}#" in page(client, f"{BOARD}?school={world.school.pk}")
    assert "По этим условиям ничего нет" in page(client, f"{BOARD}?subject=history")
    assert "Дискуссия" in page(client, f"{BOARD}?need={math.pk}")


@pytest.mark.parametrize(("viewer", "address"), [("coordinator", BOARD), ("coordinator", NEEDS), ("head", NEEDS)])
@pytest.mark.parametrize("number", [1, 3])
def test_need_lists_queries(
    world: World, as_: As, viewer: str, address: str, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(number):
        name = f"extra{index}"
        world.accounts[name] = make_member(world.own, Role.TEACHER, world.school)
        world.accounts[f"tutor{index}"] = make_member(world.own, Role.TUTOR)
        need = make_need(world, "teacher", name, number=index + 3)
        consent(world, offer(world, need, name), "tutor", name)
    client = as_(viewer)
    client.get(address)
    with django_assert_max_num_queries(19 if address == BOARD else 8):
        client.get(address)


def test_empty_pages_teach(as_: As) -> None:
    for viewer, address in (("coordinator", BOARD), ("coordinator", NEEDS), ("teacher", NEEDS), ("head", NEEDS)):
        assert 'class="empty"' in page(as_(viewer), address)


def test_support_new_tells_the_places(world: World, as_: As) -> None:
    make_places(world.own, person(world, "tutor"), 1)
    make_places(world.own, person(world, "other_tutor"), 3)
    offer(world, None)
    shown = page(as_("coordinator"), "/support/new/")
    assert f"{person(world, 'tutor').short_name}, свободных мест нет" in shown
    assert f"{person(world, 'other_tutor').short_name}, свободно мест: 3 из 3" in shown
    assert "Свободных мест у вас сейчас нет" in page(as_("tutor"), "/support/new/")
    sent = {"subject": "math", "basis": "request", "start": "2026-09-01", "end": "2027-05-31", "as": "teacher"}
    answer = as_("other_teacher").post("/support/new/", {**sent, "tutor": person(world, "tutor").pk})
    assert answer.status_code == 409
    assert "мест 1, занято 1" in answer.content.decode()


def test_support_reassign_by_pages(world: World, as_: As) -> None:
    old = make_route_support(world)
    address, client = f"/support/{old.pk}/", as_("tutor")
    assert f"{address}reassign/" in page(client, address)
    assert client.post(f"{address}reassign/", {"tutor": person(world, "other_tutor").pk}).status_code == 422
    sent = {"tutor": person(world, "other_tutor").pk, "reason": "Ухожу в отпуск"}
    assert client.post(f"{address}reassign/", sent)["Location"] == address
    new = TutorSupport.objects.get(replaces=old)
    assert f"{address}reassign/" not in page(client, address)
    asked = page(as_("teacher"), f"/support/{new.pk}/")
    assert "Ухожу в отпуск" in asked
    assert person(world, "tutor").short_name in asked
    consent(world, new, "other_tutor", "teacher")
    assert person(world, "other_tutor").short_name in page(client, address)
    assert client.get(f"/support/{new.pk}/").status_code == 404
    third = make_route_support(world, "other_teacher")
    assert as_("coordinator").post(f"/support/{third.pk}/reassign/", sent)["Location"] != f"/support/{third.pk}/"


def test_support_reassign_says_that_there_is_no_place(world: World, as_: As) -> None:
    make_places(world.own, person(world, "other_tutor"), 0)
    old = make_route_support(world)
    sent = {"tutor": person(world, "other_tutor").pk, "reason": "Отпуск"}
    assert as_("coordinator").post(f"/support/{old.pk}/reassign/", sent).status_code == 409
    with pytest.raises(Exception, match="мест 0"):
        reassign_support(support=old, tutor=person(world, "other_tutor"), reason="О", by=actor(world, "coordinator"))


def test_member_add_by_pages(world: World, as_: As) -> None:
    third = make_member(world.own, Role.TEACHER, world.school).person
    assert third is not None
    teachers = (person(world, "teacher"), person(world, "other_teacher"))
    group = make_support(world.own, person(world, "tutor"), *teachers)
    address, client = f"/support/{group.pk}/members/add/", as_("tutor")
    assert address in page(client, f"/support/{group.pk}/")
    assert third.short_name in page(client, f"{address}?q={third.surname}")
    assert "Никто не нашёлся" in page(client, f"{address}?q=нетакого")
    assert client.post(address, {"person": ""}).status_code == 422
    assert client.post(address, {"person": third.pk})["Location"] == f"/support/{group.pk}/"
    assert SupportMember.objects.get(person=third).consented_at is None
    make_places(world.own, person(world, "tutor"), 1)
    world.accounts["fourth"] = make_member(world.own, Role.TEACHER, world.school)
    assert client.post(address, {"person": person(world, "fourth").pk}).status_code == 409
