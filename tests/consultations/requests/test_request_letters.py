"""What is told of a request, and told again: each change is news, whatever was read before."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.consultations.request_factories import assigned, own_request, school_request, taken
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.waiting import lines_for
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.actions import answering, requests
from traektoria.consultations.requests.letters import TO_ASKER, TO_TUTOR, to_asker, to_tutor
from traektoria.engines.promises import answer_by
from traektoria.messaging.enums import State
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.models import Message
from traektoria.organisations import zones
from traektoria.people.actions import end_role
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db
ASKED, OVER = "Заявка на консультацию", "Заявка больше не у вас"
ANSWERED, DROPPED = "На вашу заявку на консультацию ответили", "Ответ на вашу заявку больше не действует"


def news(world: World, kind: str, name: str) -> list[str]:
    """Subjects of what this kind tells the person now and they have not read; then it has gone and is read."""
    who = person(world, name).pk
    rows = list(Message.objects.filter(kind=kind, person_id=who, read_at=None).order_by("pk"))
    said = (to_tutor if kind == TO_TUTOR else to_asker)(rows, readers([who])[who])
    subjects = [one.subject for one in said if isinstance(one, Told)]
    now = timezone.now()
    Message.objects.filter(kind=kind, person_id=who).update(state=State.SENT, done_at=now, read_at=now)
    return subjects


def leave(world: World, name: str) -> None:
    for role in RoleAssignment.objects.filter(person=person(world, name)):
        end_role(role=role, by=actor(world, "coordinator"))


def returned(world: World, request: ConsultationRequest) -> None:
    answering.return_request(request=request, reason="Болею", by=actor(world, "tutor"))


def recalled(world: World, request: ConsultationRequest) -> None:
    answering.recall_request(request=request, by=actor(world, "coordinator"))


def lost(world: World, _request: ConsultationRequest) -> None:
    leave(world, "tutor")


@pytest.mark.parametrize("drop", [returned, recalled, lost])
def test_an_answer_that_no_longer_holds_is_told_and_so_is_the_next(
    world: World, drop: Callable[[World, ConsultationRequest], None]
) -> None:
    request = taken(world, own_request(world))
    assert news(world, TO_ASKER, "teacher") == [ANSWERED]
    drop(world, request)
    request.refresh_from_db()
    assert (request.state, request.tutor_id, request.answer, request.answered_at) == ("asked", None, "", None)
    assert news(world, TO_ASKER, "teacher") == [DROPPED]
    taken(world, request, "other_tutor")
    assert news(world, TO_ASKER, "teacher") == [ANSWERED]


def test_before_an_answer_a_return_is_no_news_for_the_asker(world: World) -> None:
    returned(world, assigned(world, own_request(world)))
    assert news(world, TO_ASKER, "teacher") == []


def test_given_again_to_the_same_tutor_it_is_news_again(world: World) -> None:
    request = assigned(world, own_request(world))
    assert news(world, TO_TUTOR, "tutor") == [ASKED]
    for _press in range(2):
        recalled(world, request)
    assert news(world, TO_TUTOR, "tutor") == [OVER]
    for _press in range(2):
        assigned(world, request)
    assert news(world, TO_TUTOR, "tutor") == [ASKED]


def test_the_tutor_names_another_time(world: World) -> None:
    request = taken(world, own_request(world))
    assert news(world, TO_ASKER, "teacher") == [ANSWERED]
    for _press in range(2):
        request = answering.take_request(request=request, answer="Среда, 15:00", by=actor(world, "tutor"))
    assert (request.state, request.answer) == ("taken", "Среда, 15:00")
    assert news(world, TO_ASKER, "teacher") == [ANSWERED]


def test_the_tutor_is_told_that_it_was_declined_or_that_the_asker_left(world: World) -> None:
    first, second = assigned(world, own_request(world)), assigned(world, own_request(world, "other_teacher"))
    third = assigned(world, own_request(world, topic="Иное"))
    assert news(world, TO_TUTOR, "tutor") == [ASKED] * 3
    answering.decline_request(request=first, reason="Нет часов", by=actor(world, "coordinator"))
    leave(world, "other_teacher")
    requests.withdraw_request(request=third, by=actor(world, "teacher"))
    second.refresh_from_db()
    assert second.state == "withdrawn"
    assert news(world, TO_TUTOR, "tutor") == [OVER] * 3


def test_the_answer_to_a_school_is_told_to_its_heads_of_that_day(world: World) -> None:
    """Whoever of them asked: who has left is not told, who stays is."""
    request = school_request(world, "teacher")
    leave(world, "head")
    taken(world, request)
    assert news(world, TO_ASKER, "deputy_head") == [ANSWERED]
    for name in ("head", "foreign_head", "teacher"):
        assert news(world, TO_ASKER, name) == []


def test_the_letter_names_the_day_that_the_page_and_the_desk_name(world: World) -> None:
    """Asked on Saturday with 24 hours: until the end of Monday, by the clock of the centre."""
    clock = zones.zone(world.own.municipality.time_zone)
    request = own_request(world)
    request.answer_by = answer_by(datetime(2026, 11, 28, 12, tzinfo=clock), 24, clock)
    request.save()
    assigned(world, request)
    who = person(world, "tutor").pk
    with timezone.override(UTC):
        (letter,) = to_tutor(list(Message.objects.filter(kind=TO_TUTOR, person_id=who)), readers([who])[who])
        assert isinstance(letter, Told)
        said = letter.sentences[1].replace("\xa0", " ")
    assert "до конца 30 ноября" in said
    assert [line.due for line in lines_for(actor(world, "tutor"), kinds="consultations.")] == [date(2026, 11, 30)]
