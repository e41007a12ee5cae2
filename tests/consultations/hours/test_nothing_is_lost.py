"""What was written of an hour is neither lost nor read by who was not there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.consultations.hour_factories import given, recorded
from tests.consultations.request_factories import own_request, taken
from tests.factories import make_member
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.world import World
from traektoria.consultations.hours import letters
from traektoria.consultations.hours.actions import giving
from traektoria.consultations.models import ConsultationHour
from traektoria.consultations.requests.actions.requests import withdraw_request
from traektoria.consultations.requests.letters import TO_ASKER, to_asker
from traektoria.consultations.requests.queries import attendees
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.routes.models import RouteItem, TutorSupport
from traektoria.routes.tutees.enums import SupportState

As = Callable[[str], Client]
HOURS = "/consultations/hours/"
pytestmark = pytest.mark.django_db


def rewritten(world: World, hour: ConsultationHour, *teachers: str, **fields: object) -> ConsultationHour:
    """The correction of its tutor: these teachers, these fields; the moment stays."""
    facts = {**giving.facts_of(hour), **fields}
    facts.pop("teachers")
    return giving.correct_hour(
        hour=hour, given=giving.GivenHour(**facts), teachers=[person(world, name).pk for name in teachers],
        seen=giving.mark_of(hour), by=actor(world, "tutor"),
    )  # fmt: skip


def test_who_comes_by_a_correction_reads_nothing_of_before(world: World, as_: As) -> None:
    hour = recorded(world, "teacher", shared_note="О первом", recommendations="Первому", topic="Тема первого")
    new = {"shared_note": "О втором", "recommendations": "Второму", "topic": "Тема второго"}
    rewritten(world, hour, "other_teacher", **new)
    address = f"{HOURS}{hour.pk}/"
    shown = as_("other_teacher").get(address).content.decode()
    assert "О втором" in shown
    hidden = ("О первом", "Первому", "Тема первого", person(world, "teacher").short_name)
    assert not [words for words in hidden if words in shown]
    assert all(words in as_("tutor").get(address).content.decode() for words in hidden)
    assert as_("teacher").get(address).status_code == 404


def test_who_stays_reads_the_old_words_without_the_name_of_who_was_taken_out(world: World, as_: As) -> None:
    hour = recorded(world, "teacher", "other_teacher", shared_note="Было так")
    rewritten(world, hour, "teacher", shared_note="Стало иначе")
    shown = as_("teacher").get(f"{HOURS}{hour.pk}/").content.decode()
    assert "Было так" in shown
    assert person(world, "other_teacher").short_name not in shown


def test_another_word_makes_another_hour(world: World) -> None:
    """The same time with other recommendations, or from a request, is never silently the old one."""
    now, request = timezone.now(), taken(world, own_request(world))
    first = recorded(world, now=now)
    for changes in ({"recommendations": "Прочитать"}, {"private_note": "Себе"}, {"request": request}):
        with pytest.raises(Conflict) as refusal:
            recorded(world, now=now, **changes)
        assert refusal.value.code == "at_once"
    assert recorded(world, now=now) == first
    request.refresh_from_db()
    assert request.state == "taken"


def test_the_same_press_closes_the_request_that_the_first_left_open(world: World) -> None:
    now, request = timezone.now(), taken(world, own_request(world))
    hours = [recorded(world, now=now, request=request, closes=closes) for closes in (False, True, True)]
    request.refresh_from_db()
    assert (len(set(hours)), request.state) == (1, "held")


def test_the_page_leads_to_the_hour_that_stands_there(world: World, as_: As) -> None:
    hour, client = recorded(world, ago=60), as_("tutor")
    local = timezone.localtime(hour.start)
    sent = {
        "others": person(world, "teacher").full_name, "topic": "Другое",
        "subject": "math", "day": local.date().isoformat(), "began": f"{local:%H:%M}", "minutes": "15",
        "way": "in_person",
    }  # fmt: skip
    answer = client.post(f"{HOURS}new/", sent)
    assert answer.status_code == 409
    assert f'href="{HOURS}{hour.pk}/"' in answer.content.decode()


def test_a_long_list_takes_nobody_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was there is offered, however many the tutor supports."""
    make_running(world, topics=("Чтение таблиц",))
    monkeypatch.setattr(attendees, "MOST_SHOWN", 1)
    there = {person(world, name).pk for name in ("other_teacher", "foreign_teacher")}
    shown = attendees.offered(person(world, "tutor").pk, world.own.pk, there)
    assert {pk for pk, _name in shown} == there
    assert len(attendees.offered(person(world, "tutor").pk, world.own.pk)) == 1


def test_an_hour_cites_only_what_it_can_have_served(world: World, as_: As) -> None:
    item = make_running(world, topics=("Чтение таблиц",)).items.all()[0]
    support, whom = item.route.support, [person(world, "teacher").pk]
    with pytest.raises(Refused):
        recorded(world, item=item, tutor="other_tutor")
    make_member(world.foreign, Role.TUTOR, person=person(world, "tutor"))
    with pytest.raises(Invalid) as wrong:
        giving.record_hour(
            centre=world.foreign, given=given(), teachers=[person(world, "foreign_teacher").pk], item=item,
            by=actor(world, "tutor"),
        )  # fmt: skip
    assert wrong.value.code == "another_centre"
    request = taken(world, own_request(world))
    withdraw_request(request=request, by=actor(world, "teacher"))
    with pytest.raises(Conflict) as refusal:
        recorded(world, request=request)
    assert refusal.value.code == "closed"
    assert as_("tutor").get(f"{HOURS}new/?request={request.pk}").status_code == 409
    TutorSupport.objects.filter(pk=support.pk).update(state=SupportState.PROPOSED)
    item = RouteItem.objects.get(pk=item.pk)
    assert as_("tutor").get(f"{HOURS}new/?support={support.pk}").status_code == 409
    with pytest.raises(Conflict):
        giving.record_hour(centre=world.own, given=given(), teachers=whom, item=item, by=actor(world, "tutor"))


def news(world: World, name: str) -> str:
    """What the bell says of the hour, "" where it says nothing."""
    who = person(world, name).pk
    rows = list(Message.objects.filter(kind=letters.HOUR, person_id=who))
    found = [one for one in letters.tell(rows, readers([who])[who]) if isinstance(one, Told)]
    return " ".join(" ".join(one.sentences) for one in found)


def test_a_change_is_news_to_who_was_there_and_to_who_is_taken_out(world: World) -> None:
    hour = recorded(world, "teacher", "other_teacher")
    assert "записывает" in news(world, "teacher")
    hour = rewritten(world, hour, "teacher", "other_teacher", private_note="Себе")
    assert "записывает" in news(world, "teacher"), "the note for oneself is no news"
    hour = rewritten(world, hour, "teacher", topic="Иное")
    assert "исправляет" in news(world, "teacher")
    assert "вас не было" in news(world, "other_teacher")
    hour = rewritten(world, hour, "teacher", "other_teacher", topic="Иное")
    assert "записывает" in news(world, "other_teacher")
    giving.withdraw_hour(hour=hour, reason="Записано дважды", by=actor(world, "tutor"))
    assert "отзывает" in news(world, "teacher")


def test_what_a_taken_out_teacher_had_said_is_kept_for_the_tutor(world: World, as_: As) -> None:
    hour = recorded(world, "teacher", "other_teacher")
    giving.say_how_it_was(hour=hour, feedback="helped", by=actor(world, "other_teacher"))
    rewritten(world, hour, "teacher")
    address = f"{HOURS}{hour.pk}/"
    assert hour.editions.get().facts["feedback"] == {str(person(world, "other_teacher").pk): "helped"}
    assert "помогло" in as_("tutor").get(address).content.decode()
    assert person(world, "other_teacher").short_name not in as_("teacher").get(address).content.decode()


def test_the_request_of_a_withdrawn_hour_is_open_again(world: World) -> None:
    """Once no hour of it stands; who asked is told."""
    request = taken(world, own_request(world))
    first, second = (recorded(world, ago=ago, request=request) for ago in (200, 100))
    states = []
    for hour in (first, second, second):
        giving.withdraw_hour(hour=hour, reason="Не состоялась", by=actor(world, "tutor"))
        request.refresh_from_db()
        states.append(request.state)
    assert states == ["held", "taken", "taken"]
    who = person(world, "teacher").pk
    rows = list(Message.objects.filter(kind=TO_ASKER, person_id=who))
    (told,) = to_asker(rows, readers([who])[who])
    assert isinstance(told, Told)
    assert "снова открыта" in told.subject
    recorded(world, ago=100, request=request)
    request.refresh_from_db()
    assert request.state == "held"


def test_a_number_that_no_row_has_is_no_fault(world: World, as_: As) -> None:
    client, long = as_("tutor"), "9" * 5000
    for name in ("request", "item", "support"):
        assert client.get(f"{HOURS}new/?{name}={long}").status_code == 200


def test_an_old_hour_is_corrected_where_its_time_and_people_stay(world: World) -> None:
    """Its day is long past, the role of who was there was taken away on its first day."""
    hour = recorded(world)
    old = {"start": hour.start - timedelta(days=401), "end": hour.end - timedelta(days=401)}
    ConsultationHour.objects.filter(pk=hour.pk).update(**old)
    RoleAssignment.objects.filter(person=person(world, "teacher")).delete()
    hour.refresh_from_db()
    assert rewritten(world, hour, "teacher", topic="Иное").topic == "Иное"
    with pytest.raises(Invalid):
        rewritten(world, hour, "teacher", "foreign_teacher")


def test_who_is_no_tutor_of_the_centre_any_more_reads_no_hour_of_it(world: World, as_: As) -> None:
    hour = recorded(world, "teacher", private_note="Для себя")
    tutor = person(world, "tutor")
    address = f"{HOURS}{hour.pk}/"
    assert "Для себя" in as_("tutor").get(address).content.decode()
    RoleAssignment.objects.filter(person=tutor, role=Role.TUTOR).update(centre=world.foreign)
    assert as_("tutor").get(address).status_code == 404
    assert f'href="{address}"' not in as_("tutor").get(HOURS).content.decode()
    make_member(world.own, Role.COORDINATOR, person=tutor)
    assert "Для себя" not in as_("tutor").get(address).content.decode()
