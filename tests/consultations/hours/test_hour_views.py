"""Pages of hours: written down on a telephone, read by those who were there, corrected, said how it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone
from lxml.html import fromstring
from pytest_django import DjangoAssertNumQueries

from tests.consultations.hour_factories import recorded
from tests.consultations.request_factories import own_request, taken
from tests.factories import make_member, make_person
from tests.routes.need_factories import person
from tests.routes.route_factories import make_running
from tests.world import World
from traektoria.consultations.hours.readers import READERS, seen_by
from traektoria.consultations.models import ConsultationHour
from traektoria.people.enums import Role
from traektoria.routes.models import LearningRoute
from traektoria.routes.tutees.readers import SupportReader

As = Callable[[str], Client]
HOURS = "/consultations/hours/"


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def sheet(client: Client, address: str, **changes: object) -> dict[str, object]:
    """What the browser would send of the page as it opens."""
    form = next(one for one in fromstring(page(client, address)).forms if "topic" in one.fields)
    data: dict[str, list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return {**data, **changes}


def test_two_taps_from_a_request(world: World, as_: As) -> None:
    """Everything is filled in: the tutor opens the form and presses."""
    request = taken(world, own_request(world))
    client, address = as_("tutor"), f"{HOURS}new/?request={request.pk}"
    assert f"hours/new/?request={request.pk}" in page(client, f"/consultations/{request.pk}/")
    answer = client.post(address, sheet(client, address))
    hour = ConsultationHour.objects.get()
    assert answer["Location"] == f"{HOURS}{hour.pk}/"
    assert (hour.topic, hour.request, hour.minutes) == (request.topic, request, 45)
    assert [one.person for one in hour.teachers.all()] == [person(world, "teacher")]
    request.refresh_from_db()
    assert request.state == "held"
    assert page(as_("other_tutor"), address, 404)


def test_from_a_support_and_from_an_item(world: World, as_: As) -> None:
    route = make_running(world, topics=("Чтение таблиц",))
    item, client = route.items.all()[0], as_("tutor")
    assert f"{HOURS}new/?support={route.support_id}" in page(client, f"/support/{route.support_id}/")
    assert f"{HOURS}new/?item={item.pk}" in page(client, f"/support/items/{item.pk}/")
    assert f"{HOURS}new/?item={item.pk}" not in page(as_("teacher"), f"/support/items/{item.pk}/")
    client.post(f"{HOURS}new/?item={item.pk}", sheet(client, f"{HOURS}new/?item={item.pk}"))
    hour = ConsultationHour.objects.get()
    assert (hour.item, hour.topic) == (item, item.task)


def test_a_walk_in_by_surname(world: World, as_: As) -> None:
    teacher, client, address = person(world, "other_teacher"), as_("tutor"), f"{HOURS}new/"
    facts = {"topic": "Рабочая программа", "subject": "math"}
    nobody = client.post(address, sheet(client, address, **facts, others="Никогонетов"))
    assert nobody.status_code == 422
    assert "Никогонетов" in nobody.content.decode()
    foreign = client.post(address, sheet(client, address, **facts, others=person(world, "foreign_teacher").full_name))
    assert foreign.status_code == 422
    empty = client.post(address, sheet(client, address, **facts))
    assert "Скажите, кто был" in empty.content.decode()
    client.post(address, sheet(client, address, **facts, others=teacher.full_name))
    assert ConsultationHour.objects.get().teachers.get().person == teacher


def test_of_namesakes_one_is_ticked(world: World, as_: As) -> None:
    """Nothing is typed again: the form that comes back asks which of them, and refuses who is none of them."""
    _other, meant = (make_person(surname="Тёзкина", given=given) for given in ("Анна", "Вера"))
    for one in (_other, meant):
        make_member(world.own, Role.TEACHER, world.school, one)
    client, address = as_("tutor"), f"{HOURS}new/"
    facts = {"topic": "Рабочая программа", "subject": "math", "others": "Тёзкина"}
    asked = client.post(address, sheet(client, address, **facts))
    shown = asked.content.decode()
    assert (asked.status_code, "Кто из них был" in shown, shown.count('name="meant"')) == (422, True, 2)
    assert "отметьте, кто был" in shown
    other = person(world, "foreign_teacher").pk
    assert client.post(address, sheet(client, address, **facts, meant=[other])).status_code == 422
    client.post(address, sheet(client, address, **facts, meant=[meant.pk]))
    assert ConsultationHour.objects.get().teachers.get().person == meant


def test_an_hour_at_once_is_said_at_the_form(world: World, as_: As) -> None:
    hour = recorded(world, ago=60)
    client, address = as_("tutor"), f"{HOURS}new/"
    local = timezone.localtime(hour.start)
    when = {"day": local.date().isoformat(), "began": f"{local:%H:%M}", "minutes": "15", "subject": "math"}
    sent = sheet(client, address, **when, topic="Другое", others=person(world, "other_teacher").full_name)
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "В это время у вас другая консультация" in answer.content.decode()
    assert "Другое" in answer.content.decode()


def test_each_field_is_read_by_those_whom_its_form_names(world: World, as_: As) -> None:
    """A mark in each field, looked for on the pages of each viewer."""
    marks = {field: f"МЕТКА{place}МЕТКА" for place, field in enumerate(READERS)}
    hour = recorded(world, **{field.removeprefix("hour."): mark for field, mark in marks.items()})
    reads = {
        "tutor": SupportReader.AUTHOR, "teacher": SupportReader.TEACHERS, "coordinator": SupportReader.COORDINATOR,
        "other_teacher": None, "other_tutor": None, "foreign_coordinator": None,
    }  # fmt: skip
    for viewer, reader in reads.items():
        client = as_(viewer)
        text = "".join(client.get(url).content.decode() for url in (HOURS, f"{HOURS}{hour.pk}/", "/"))
        seen = {field for field, mark in marks.items() if mark in text}
        assert seen == {field for field, allowed in READERS.items() if reader in allowed}, viewer
    form = page(as_("tutor"), f"{HOURS}new/").replace("\xa0", " ")
    assert (seen_by("hour.shared_note"), seen_by("hour.private_note")) == ("вы и учитель", "только вы")
    assert "Видите: вы и учитель." in form
    assert "Видите: только вы." in form


def test_a_correction_shows_what_was_said_before(world: World, as_: As) -> None:
    hour = recorded(world, shared_note="Было так", private_note="Секрет тьютора")
    client, address = as_("tutor"), f"{HOURS}{hour.pk}/edit/"
    old = sheet(client, address)
    client.post(address, {**old, "shared_note": "Стало иначе", "private_note": "Другой секрет"})
    shown = page(client, f"{HOURS}{hour.pk}/")
    assert all(words in shown for words in ("Было так", "Стало иначе", "Секрет тьютора"))
    of_teacher = page(as_("teacher"), f"{HOURS}{hour.pk}/")
    assert "Было так" in of_teacher
    assert "екрет" not in of_teacher
    assert client.post(address, {**old, "topic": "Поздно"}).status_code == 409
    assert "Было так" not in page(as_("coordinator"), f"{HOURS}{hour.pk}/")


def test_feedback_and_withdrawing(world: World, as_: As) -> None:
    hour = recorded(world)
    teacher, tutor, address = as_("teacher"), as_("tutor"), f"{HOURS}{hour.pk}/"
    assert "Как прошло?" in page(teacher, address)
    assert "Как прошло?" not in page(tutor, address)
    assert teacher.post(f"{address}feedback/", {"feedback": "помогло"}).status_code == 422
    teacher.post(f"{address}feedback/", {"feedback": "helped"})
    assert "помогло" in page(tutor, address)
    assert "помогло" not in page(as_("coordinator"), address)
    assert tutor.post(f"{address}withdraw/", {"reason": ""}).status_code == 422
    tutor.post(f"{address}withdraw/", {"reason": "Записано дважды"})
    for client in (teacher, tutor, as_("coordinator")):
        assert "Записано дважды" in page(client, address)
    assert "Как прошло?" not in page(teacher, address)
    assert client.get(f"{address}edit/").status_code in (403, 409)


def test_as_many_queries_for_three_as_for_one(
    world: World, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    recorded(world)
    client = as_("tutor")
    client.get(HOURS)
    with django_assert_num_queries(3):
        client.get(HOURS)
    for ago in (200, 300):
        recorded(world, "teacher", "other_teacher", ago=ago)
    with django_assert_num_queries(3):
        client.get(HOURS)


@pytest.mark.parametrize("viewer", ["head", "administrator"])
def test_hours_are_no_business_of(viewer: str, as_: As) -> None:
    assert page(as_(viewer), HOURS, 403)


def test_what_was_agreed_goes_into_the_routes_as_their_rule_says(world: World, as_: As) -> None:
    """A draft takes the lines; of an agreed route the teacher is asked; what can not take them is said, and the hour is
    written down all the same."""
    route = make_running(world, topics=("Чтение таблиц",))
    client, address = as_("tutor"), f"{HOURS}new/?support={route.support_id}"
    assert "Пункты в маршрут" in page(client, address)
    assert "Пункты в маршрут" not in page(as_("other_tutor"), f"{HOURS}new/"), "leads nobody"
    steps = "Разобрать три задачи\r\n\r\nПоказать урок коллегам"
    links = "Сборник: https://example.org/a?b=1\r\n<b>Карточки</b>"
    sent = sheet(client, address, steps=steps, materials=links, topic="Первый час")
    answer = client.post(address, sent, follow=True).content.decode()
    assert "Учителя просят согласовать изменение" in answer
    assert '<a href="https://example.org/a?b=1"' in answer.replace("&amp;", "&")
    assert "&lt;b&gt;Карточки&lt;/b&gt;" in answer
    route.refresh_from_db()
    assert route.pending_version == 2
    new = list(route.items.filter(pending=True).order_by("position").values_list("task", flat=True))
    assert new == ["Разобрать три задачи", "Показать урок коллегам"]
    assert "Первый час" in page(as_("teacher"), HOURS)
    ConsultationHour.objects.update(start=F("start") - timedelta(days=2), end=F("end") - timedelta(days=2))
    later = sheet(client, address, steps="Ещё одно", topic="Второй час")
    answer = client.post(address, later, follow=True).content.decode()
    assert "Маршрут ждёт согласия" in answer
    assert (route.items.filter(pending=True).count(), ConsultationHour.objects.count()) == (2, 2)
    LearningRoute.objects.update(state="draft", pending_version=None, correction=None)
    ConsultationHour.objects.update(start=F("start") - timedelta(days=2), end=F("end") - timedelta(days=2))
    third = sheet(client, address, steps="Ещё одно", topic="Третий час")
    assert "Добавлено в маршрут" in client.post(address, third, follow=True).content.decode()
    assert route.items.get(task="Ещё одно").pending is False
