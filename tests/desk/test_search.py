"""The search of everything: found by any form of a word, only what the person may see, and «Create»."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.diagnostics.campaign_factories import make_item
from tests.factories import make_employment, make_person, make_school
from tests.routes.support_factories import make_support
from tests.tutors.status_factories import make_status
from tests.world import VIEWERS, World
from traektoria.core.registries import search
from traektoria.organisations.models import School
from traektoria.people.actor import actor_of
from traektoria.people.models import Person
from traektoria.routes.models import LearningRoute, SupportMember

As = Callable[[str], Client]
SIGNED_IN = [viewer for viewer in VIEWERS if viewer != "anonymous"]


def hits(client: Client, words: str) -> dict[str, list[str]]:
    """What is shown, by the heading of the group; asked as the field of the header asks."""
    page = client.post("/design/find/", {"to": "/search/", "words": words}, follow=True)
    assert page.status_code == 200
    assert all(word not in unquote(page.redirect_chain[-1][0]) for word in words.split() if len(word) > 3)
    return {str(group.label): [hit.title for hit in group.hits] for group in page.context["groups"]}


def everywhere(world: World) -> tuple[Person, School, LearningRoute]:
    """A teacher with a support and a route that is still a draft, a school, an item of the bank, a tutor."""
    teacher = make_person("Семёнова", "Анна", "Ивановна")
    school = make_school(world.own, "Лицей № 4 с. Берёзовка")
    make_employment(teacher, school)
    tutor = world.accounts["tutor"].person
    assert tutor is not None
    support = make_support(world.own, tutor, teacher)
    route = LearningRoute.objects.create(
        centre=world.own, support=support, title="Приёмы чтения", start=support.start, end=support.end
    )
    return teacher, school, route


@pytest.mark.parametrize("words", ["Семёновой", "семенову анну", "СЕМЁНОВА", "Анне Семеновой", "сем"])
def test_a_person_is_found_by_any_form_of_the_name(world: World, as_: As, words: str) -> None:
    everywhere(world)
    found = hits(as_("coordinator"), words)
    assert "Семёнова Анна Ивановна" in found["Люди"]
    assert hits(as_("tutor"), words)["Маршруты"] == ["Приёмы чтения"]


def test_a_coordinator_finds_a_route_from_the_day_it_is_put_forward(world: World, as_: As) -> None:
    _teacher, _school, route = everywhere(world)
    assert "Маршруты" not in hits(as_("coordinator"), "Семёновой")
    LearningRoute.objects.filter(pk=route.pk).update(in_force_since=route.support.created_at)
    assert hits(as_("coordinator"), "Семёновой")["Маршруты"] == ["Приёмы чтения"]


@pytest.mark.parametrize("words", ["лицей 4", "лицее № 4", "Берёзовке", "БЕРЕЗОВКА", "школа 4", "лицеем"])
def test_a_school_is_found_by_any_form_of_its_words(world: World, as_: As, words: str) -> None:
    _teacher, school, _route = everywhere(world)
    assert school.name in hits(as_("coordinator"), words)["Школы"]
    assert [one.name for one in as_("coordinator").get("/centre/schools/", {"q": words}).context["page"]] == [
        school.name
    ]


@pytest.mark.parametrize("words", ["приемов чтения", "маршрут Семёновой", "приёмы", "ПРИЁМЫ"])
def test_a_route_is_found_by_its_title_and_people(world: World, as_: As, words: str) -> None:
    everywhere(world)
    assert hits(as_("tutor"), words)["Маршруты"] == ["Приёмы чтения"]


def test_an_item_of_the_bank_is_found_by_its_words(world: World, as_: As) -> None:
    item = make_item(world.own).item
    item.name, item.topic = "Ёлки и дроби", "Числа"
    item.save()
    for words in ("дробей", "елка", "задания дробь", "ЧИСЛО дроби"):
        assert item.name in hits(as_("coordinator"), words)["Задания банка"], words
    assert "Задания банка" not in hits(as_("tutor"), "дробей")


def test_a_tutor_is_found_by_everybody_in_the_centre_and_by_nobody_else(world: World, as_: As) -> None:
    status = make_status(world.own, world.accounts["tutor"].person)
    surname = status.person.surname
    assert status.person.full_name in hits(as_("teacher"), surname)["Тьюторы"]
    assert "Тьюторы" not in hits(as_("foreign_coordinator"), surname)


@pytest.mark.parametrize("viewer", SIGNED_IN)
def test_nobody_finds_what_they_may_not_open(world: World, as_: As, viewer: str) -> None:
    """Each hit opens for whoever found it; a stranger, a head of another school and another tutor find nothing."""
    make_status(world.own, world.accounts["tutor"].person)
    make_item(world.own)
    everywhere(world)
    client, actor = as_(viewer), actor_of(world.accounts[viewer])
    seen: set[str] = set()
    for source in search:
        for words in ("а", "о", "№", "1", "с", "Семёнова", "чтение", "положение"):
            for hit in source.find(actor, words):
                if hit.url not in seen:
                    assert client.get(hit.url).status_code == 200, (source.slug, words, hit)
                    seen.add(hit.url)
    assert seen or viewer not in {"coordinator", "tutor"}
    if viewer not in {"coordinator", "tutor"}:
        assert not {"Люди", "Маршруты", "Сопровождения", "Школы"} & set(hits(client, "Семёнова Анна Ивановна"))


def test_a_head_does_not_find_a_route_by_a_teacher_of_another_school_in_the_group(world: World, as_: As) -> None:
    _teacher, _school, route = everywhere(world)
    own = world.accounts["teacher"].person
    assert own is not None
    SupportMember.objects.create(support=route.support, person=own, consented_at=route.support.created_at)
    SupportMember.objects.filter(support=route.support).update(consented_at=route.support.created_at)
    type(route.support).objects.filter(pk=route.support_id).update(state="active")
    assert hits(as_("head"), own.surname)["Сопровождения"]
    assert "Сопровождения" not in hits(as_("head"), "Семёнова")


def test_places_and_actions_are_found_by_their_names(as_: As) -> None:
    assert "Загрузить результаты" in hits(as_("coordinator"), "загрузить результат")["Разделы и действия"]


@pytest.mark.parametrize("words", ["?", "%", "_", "'", "\\", "щщщщ", "а" * 200, "\0"])
def test_signs_find_nothing_and_break_nothing(as_: As, words: str) -> None:
    page = as_("coordinator").post("/design/find/", {"to": "/search/", "words": words}, follow=True)
    assert page.status_code == 200
    assert not page.context["groups"]


@pytest.mark.parametrize("viewer", ["coordinator", "tutor", "head", "teacher"])
def test_search_queries(
    world: World, as_: As, viewer: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    everywhere(world)
    for _one in range(3):
        make_employment(make_person("Семёнова"), world.school)
    client = as_(viewer)
    client.post("/design/find/", {"to": "/search/", "words": "Семёновой"}, follow=True)
    key = client.session["typed"]
    with django_assert_max_num_queries(30):
        client.get(f"/search/?find={next(iter(key))}")


@pytest.mark.parametrize("viewer", SIGNED_IN)
def test_whatever_can_be_begun_opens(as_: As, viewer: str) -> None:
    client = as_(viewer)
    offered = [place.url for place in client.get("/").context["beginnings"]]
    assert offered or viewer not in {"administrator", "coordinator", "tutor", "teacher", "head", "deputy_head"}
    assert [client.get(url, follow=True).status_code for url in offered] == [200] * len(offered)


def test_words_of_a_page_are_not_what_was_searched_for() -> None:
    """Many pages have words of their own: the field of the header shows only those of the search."""
    shown = render_to_string("components/top_search.html", {"words": "слова страницы", "beginnings": []})
    assert "слова страницы" not in shown
    assert 'value="найти"' in render_to_string("components/top_search.html", {"searched": "найти"})
