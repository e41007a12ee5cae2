"""Pages of tutor support: what each role reads, forms that keep what was typed, bounded queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_class, make_employment, make_member
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.routes.models import LearningRequest, TutorSupport
from traektoria.routes.tutees.queries import members_seen_by, visible_to

As = Callable[[str], Client]
LIST = "/support/"
PERIOD = {"subject": "math", "basis": "request", "start": "2026-09-01", "end": "2027-05-31"}


@pytest.fixture
def support(world: World) -> TutorSupport:
    row = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, end_reason="тайна")
    LearningRequest.objects.create(support=row, person=world.accounts["teacher"].person, text="Хочу вести дискуссию")
    return row


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("viewer", ["tutor", "teacher"])
def test_support_detail_shows_the_request_to_the_sides(as_: As, support: TutorSupport, viewer: str) -> None:
    assert "Хочу вести дискуссию" in page(as_(viewer), f"{LIST}{support.pk}/")


@pytest.mark.parametrize("viewer", ["coordinator", "head"])
def test_support_detail_shows_others_no_request_and_no_field(as_: As, support: TutorSupport, viewer: str) -> None:
    shown = page(as_(viewer), f"{LIST}{support.pk}/")
    assert "дискуссию" not in shown
    assert "/diagnostics/people/" not in shown
    assert '"/diagnostics/"' not in shown


def test_a_head_reads_neither_refusals_nor_reasons(world: World, as_: As, support: TutorSupport) -> None:
    assert "тайна" not in page(as_("head"), f"{LIST}{support.pk}/")
    assert "тайна" in page(as_("coordinator"), f"{LIST}{support.pk}/")
    TutorSupport.objects.update(state="declined")
    assert as_("head").get(f"{LIST}{support.pk}/").status_code == 404
    assert not visible_to(actor_of(world.accounts["head"])).exists()


def test_a_head_reads_only_the_own_schools_members_of_a_group(world: World) -> None:
    other = make_member(world.own, Role.TEACHER)
    teacher = world.accounts["teacher"].person
    make_support(world.own, world.accounts["tutor"].person, teacher, other.person)
    seen = members_seen_by(actor_of(world.accounts["head"]))
    assert [member.person for member in seen] == [teacher]


@pytest.mark.parametrize("viewer", ["tutor", "teacher", "coordinator", "head"])
@pytest.mark.parametrize("number", [1, 3])
def test_support_list_queries(
    world: World, as_: As, viewer: str, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(number):
        extra = make_member(world.own, Role.TEACHER, world.school).person
        assert extra is not None
        make_class(make_employment(extra, world.school))
        make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, extra)
    client = as_(viewer)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_support_list_filters_in_the_address(as_: As, support: TutorSupport) -> None:
    client = as_("coordinator")
    row = f'href="{LIST}{support.pk}/"'
    assert row in page(client, f"{LIST}?state=active&subject=math&tutor={support.tutor_id}")
    assert row not in page(client, f"{LIST}?state=ended")
    assert row in page(client, f"{LIST}?state=nonsense")


@pytest.mark.parametrize("viewer", ["tutor", "teacher", "coordinator", "head"])
def test_an_empty_support_list_teaches(as_: As, viewer: str) -> None:
    assert 'class="empty"' in page(as_(viewer), LIST)


def test_support_new_by_each_role(world: World, as_: As) -> None:
    tutor, teacher = world.accounts["tutor"].person, world.accounts["teacher"].person
    other = world.accounts["other_teacher"].person
    assert tutor
    assert teacher
    assert other
    given: dict[str, dict[str, Any]] = {
        "coordinator": {"tutor": tutor.pk, "members": [teacher.pk, other.pk], "name": "Читаем условие"},
        "tutor": {"members": [teacher.pk]},
        "teacher": {"tutor": world.accounts["other_tutor"].person_id},
    }
    for viewer, facts in given.items():
        answer = as_(viewer).post(f"{LIST}new/", {**PERIOD, **facts, "as": viewer})
        row = TutorSupport.objects.order_by("-pk")[0]
        assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{row.pk}/"), viewer
    assert TutorSupport.objects.count() == 3


def test_support_new_keeps_what_was_typed(world: World, as_: As) -> None:
    teacher, other = world.accounts["teacher"].person_id, world.accounts["other_teacher"].person_id
    wrong = {**PERIOD, "members": [teacher, other], "basis_note": "из беседы", "end": "2026-01-01"}
    answer = as_("tutor").post(f"{LIST}new/", wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "из беседы" in shown
    assert shown.count("checked") == 2
    assert not TutorSupport.objects.exists()


def test_support_new_finds_teachers_and_keeps_the_chosen(world: World, as_: As) -> None:
    teacher = world.accounts["teacher"].person
    assert teacher
    nobody = page(as_("tutor"), f"{LIST}new/?q=нетакого&members={teacher.pk}&basis_note=из+беседы")
    assert teacher.surname in nobody
    assert "из беседы" in nobody
    assert world.accounts["other_teacher"].person.surname not in nobody  # type: ignore[union-attr]


def test_support_new_looks_for_a_teacher_without_putting_the_token_into_the_address(world: World, as_: As) -> None:
    teacher = world.accounts["teacher"].person
    assert teacher
    typed = {
        **PERIOD,
        "csrfmiddlewaretoken": "secret",
        "find": "1",
        "q": "нетакого",
        "members": [teacher.pk],
        "basis_note": "из беседы",
    }
    answer = as_("tutor").post(f"{LIST}new/", typed)
    assert answer.status_code == 302
    assert "secret" not in answer["Location"]
    shown = page(as_("tutor"), answer["Location"])
    assert teacher.surname in shown
    assert "из беседы" in shown
    assert "formmethod" not in shown
    assert not TutorSupport.objects.exists()


def test_consent_and_end_by_pages(world: World, as_: As) -> None:
    row = make_support(world.own, world.accounts["tutor"].person, world.accounts["teacher"].person, state="proposed")
    address = f"{LIST}{row.pk}/"
    assert "consent/" in page(as_("teacher"), address)
    assert "consent/" not in page(as_("coordinator"), address)
    for viewer in ("tutor", "teacher"):
        assert as_(viewer).post(f"{address}consent/")["Location"] == address
    row.refresh_from_db()
    assert row.state == "active"
    assert as_("teacher").post(f"{address}end/", {"reason": "х" * 501}).status_code == 422
    as_("teacher").post(f"{address}end/")
    row.refresh_from_db()
    assert row.state == "ended"
    assert as_("tutor").post(f"{address}consent/").status_code == 409


def test_request_edit_saves_and_shows_errors(as_: As, support: TutorSupport) -> None:
    client, address = as_("teacher"), f"{LIST}{support.pk}/request/"
    assert "Хочу вести дискуссию" in page(client, address)
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Хочу слышать каждого"})["Location"] == f"{LIST}{support.pk}/"
    assert LearningRequest.objects.count() == 2


def test_support_list_past_its_end_does_not_say_that_nothing_began(as_: As, support: TutorSupport) -> None:
    shown = page(as_("coordinator"), f"{LIST}?page=7")
    assert "Сопровождения пока нет" not in shown
    assert "По этим условиям ничего нет" in shown
