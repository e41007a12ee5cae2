"""Asking for a consultation and answering: who may, whose turn it is, what is told, what a second press does."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.consultations.request_factories import assigned, own_request, school_request, taken, wish
from tests.factories import make_regulation
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.waiting import lines_for, what_differs
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.actions import answering, requests
from traektoria.consultations.requests.letters import TO_ASKER, TO_TUTOR, to_asker, to_tutor
from traektoria.consultations.requests.permissions import can_read_note
from traektoria.consultations.requests.queries.requests import find
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.models import Message
from traektoria.organisations import zones
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.actions import end_role
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.models import TutorStatus

pytestmark = pytest.mark.django_db


def state(request: ConsultationRequest) -> str:
    request.refresh_from_db()
    return request.state


def told(kind: str, name: str, world: World) -> list[str]:
    """Subjects of what this kind says to the person now."""
    who = person(world, name).pk
    rows = list(Message.objects.filter(kind=kind, person_id=who).order_by("pk"))
    said = (to_tutor if kind == TO_TUTOR else to_asker)(rows, readers([who])[who])
    return [one.subject for one in said if isinstance(one, Told)]


def whose(world: World, name: str) -> list[str]:
    return [line.what for line in lines_for(actor(world, name), kinds="consultations.")]


def test_the_way_of_a_request(world: World) -> None:
    """Asked, given, answered, held: at each step one person's turn, and the asker always sees whose."""
    request = own_request(world)
    assert whose(world, "coordinator") == ["1\xa0заявка на консультацию ждёт тьютора"]
    assert whose(world, "teacher") == ["Ваша заявка на консультацию: математика"]
    assigned(world, request)
    assert (whose(world, "coordinator"), whose(world, "tutor")) == (
        [],
        ["У вас просят консультацию: математика"],
    )
    assert told(TO_TUTOR, "tutor", world) == ["Заявка на консультацию"]
    answering.take_request(request=request, answer="Вторник", by=actor(world, "tutor"))
    assert told(TO_ASKER, "teacher", world) == ["На вашу заявку на консультацию ответили"]
    assert whose(world, "tutor") == ["Провести консультацию: математика"]
    answering.hold_request(request=request, by=actor(world, "tutor"))
    assert state(request) == "held"
    assert whose(world, "tutor") == whose(world, "teacher") == []
    assert what_differs() == []


def test_the_promise_is_of_the_regulation_of_that_day(world: World) -> None:
    make_regulation(world.own, consulting={"urgent_hours": 3, "answer_hours": 480})
    slow, urgent = own_request(world), own_request(world, topic="Срочное", urgent=True)
    assert slow.answer_by - slow.asked_at >= timedelta(hours=480)
    assert urgent.answer_by < slow.answer_by
    before = slow.answer_by
    make_regulation(world.own, consulting={"urgent_hours": 1, "answer_hours": 2})
    slow.refresh_from_db()
    assert slow.answer_by == before


def test_a_second_press_is_the_same_request(world: World) -> None:
    assert own_request(world) == own_request(world, topic="задачи  С ПАРАМЕТРОМ")
    assert own_request(world, topic="Другое") != own_request(world)
    assert school_request(world, "teacher") == school_request(world, "teacher")
    assert own_request(world, "other_teacher") != own_request(world)


def test_what_differs_in_anything_is_a_request_of_its_own(world: World) -> None:
    """Another note, number, teacher, head, urgency: nothing that was written is lost."""
    first = school_request(world, "teacher", note="Первая")
    others = [
        school_request(world, "other_teacher", note="Первая"),
        school_request(world, "teacher", note="Вторая"),
        school_request(world, "teacher", note="Первая", urgent=True),
        school_request(world, "teacher", note="Первая", number=7),
        requests.ask_for_school(
            centre=world.own, school=world.school, teachers=[person(world, "teacher")], wish=wish(note="Первая"),
            by=actor(world, "deputy_head"),
        ),
    ]  # fmt: skip
    assert len({first.pk, *(one.pk for one in others)}) == 6
    assert school_request(world, "teacher", note="Первая", number=7) == others[3]
    taken(world, first)
    assert school_request(world, "teacher", note="Первая") != first, "what was answered is not asked again unheard"


def test_a_school_asks_for_its_own_teachers_alone(world: World) -> None:
    request = school_request(world, "teacher", "other_teacher")
    assert (request.number, request.kind) == (2, "group")
    assert whose(world, "other_teacher") == ["Школа попросила для вас консультацию: математика"]
    for teachers, number in (([person(world, "foreign_teacher")], 1), ([], 0), ([], 201)):
        with pytest.raises(Invalid):
            requests.ask_for_school(
                centre=world.own, school=world.school, teachers=teachers, wish=wish(topic="Иное"), number=number,
                by=actor(world, "head"),
            )  # fmt: skip
    for name in ("foreign_head", "teacher", "coordinator"):
        with pytest.raises(Refused):
            requests.ask_for_school(
                centre=world.own, school=world.school, teachers=[], wish=wish(), by=actor(world, name)
            )
    with pytest.raises(Refused):
        requests.ask_for_self(centre=world.foreign, wish=wish(), by=actor(world, "teacher"))


def test_on_a_route_item_it_goes_to_the_tutor_of_the_route(world: World) -> None:
    route = make_running(world, topics=("Чтение таблиц",))
    item = route.items.all()[0]
    request = requests.ask_for_self(centre=world.own, wish=wish(), item=item, by=actor(world, "teacher"))
    assert (request.state, request.tutor, request.item) == ("assigned", person(world, "tutor"), item)
    again = requests.ask_for_self(centre=world.own, wish=wish(), item=item, by=actor(world, "teacher"))
    assert again == request
    with pytest.raises(Refused):
        requests.ask_for_self(centre=world.own, wish=wish(), item=item, by=actor(world, "other_teacher"))
    end_role(role=RoleAssignment.objects.get(person=person(world, "tutor")), by=actor(world, "coordinator"))
    assert state(request) == "asked"
    other = requests.ask_for_self(centre=world.own, wish=wish(topic="Иное"), item=item, by=actor(world, "teacher"))
    assert (other.state, other.tutor) == ("asked", None)
    item.state, item.done_at = "done", timezone.now()
    item.save()
    with pytest.raises(Conflict):
        requests.ask_for_self(centre=world.own, wish=wish(topic="Ещё"), item=item, by=actor(world, "teacher"))


def test_on_an_item_of_a_suspended_tutor_it_waits_for_the_coordinator(world: World) -> None:
    item = make_running(world, topics=("Чтение таблиц",)).items.all()[0]
    today = timezone.localdate()
    TutorStatus.objects.create(
        centre=world.own, person=person(world, "tutor"), regulation=regulation_in_force(world.own.pk), start=today,
        state="suspended", suspended_from=today,
    )  # fmt: skip
    request = requests.ask_for_self(centre=world.own, wish=wish(), item=item, by=actor(world, "teacher"))
    assert (request.state, request.tutor) == ("asked", None)


def test_a_returned_request_keeps_its_promise_and_looks_for_another(world: World) -> None:
    request = assigned(world, own_request(world))
    due = request.answer_by
    with pytest.raises(Invalid):
        answering.return_request(request=request, reason=" ", by=actor(world, "tutor"))
    with pytest.raises(Refused):
        answering.return_request(request=request, reason="Отпуск", by=actor(world, "other_tutor"))
    request = answering.return_request(request=request, reason="Отпуск", by=actor(world, "tutor"))
    assert (request.state, request.tutor_id, request.answer_by) == ("asked", None, due)
    assert request.returns.get().reason == "Отпуск"
    assigned(world, request, "other_tutor")
    assert told(TO_TUTOR, "other_tutor", world) == ["Заявка на консультацию"]
    assert told(TO_TUTOR, "tutor", world) == []


def test_the_coordinator_gives_takes_back_and_declines(world: World) -> None:
    request, me = own_request(world), actor(world, "coordinator")
    for name in ("foreign_tutor", "other_teacher"):
        with pytest.raises(Conflict):
            answering.assign_request(request=request, tutor=person(world, name), by=me)
    assert assigned(world, assigned(world, request)).state == "assigned"
    with pytest.raises(Conflict):
        assigned(world, request, "other_tutor")
    for _press in range(2):
        assert answering.recall_request(request=request, by=me).state == "asked"
    assert told(TO_TUTOR, "tutor", world) == ["Заявка больше не у вас"]
    with pytest.raises(Invalid):
        answering.decline_request(request=request, reason="", by=me)
    with pytest.raises(Refused):
        answering.decline_request(request=request, reason="Нет", by=actor(world, "foreign_coordinator"))
    for _press in range(2):
        answering.decline_request(request=request, reason="Тема курсов повышения квалификации", by=me)
    assert state(request) == "declined"
    assert Message.objects.filter(kind=TO_ASKER).count() == 1


def test_nobody_consults_themselves(world: World) -> None:
    """A tutor who teaches asks as a teacher."""
    tutor = person(world, "tutor")
    RoleAssignment.objects.create(
        person=tutor, role=Role.TEACHER, centre=world.own, school=world.school, start=timezone.localdate()
    )
    with pytest.raises(Invalid):
        assigned(world, own_request(world, "tutor"))


def test_withdrawing_tells_the_tutor(world: World) -> None:
    request = taken(world, own_request(world))
    for name in ("tutor", "coordinator", "head", "other_teacher"):
        with pytest.raises(Refused):
            requests.withdraw_request(request=request, by=actor(world, name))
    for _press in range(2):
        requests.withdraw_request(request=request, by=actor(world, "teacher"))
    assert (state(request), told(TO_TUTOR, "tutor", world)) == ("withdrawn", ["Заявка больше не у вас"])
    with pytest.raises(Conflict):
        answering.hold_request(request=request, by=actor(world, "tutor"))
    of_school = school_request(world, "teacher")
    assert requests.withdraw_request(request=of_school, by=actor(world, "deputy_head")).state == "withdrawn"


@pytest.mark.parametrize("name", ["tutor", "teacher"])
def test_whoever_leaves_is_waited_for_no_longer(world: World, name: str) -> None:
    own, of_school = taken(world, own_request(world)), assigned(world, school_request(world, "teacher"))
    for role in RoleAssignment.objects.filter(person=person(world, name)):
        end_role(role=role, by=actor(world, "coordinator"))
    left = {"tutor": ("asked", "asked"), "teacher": ("withdrawn", "assigned")}[name]
    assert (state(own), state(of_school)) == left
    assert what_differs() == []


def test_what_a_head_asked_stays_with_the_school(world: World) -> None:
    """A former head neither reads nor withdraws it; the heads of today do, on their desks too."""
    request, line = taken(world, school_request(world, "teacher", note="О классе")), "Ваша заявка"
    assert [what.split(" на ")[0] for what in whose(world, "head")] == [line]
    assert [what.split(" на ")[0] for what in whose(world, "deputy_head")] == [line]
    for role in RoleAssignment.objects.filter(person=person(world, "head")):
        end_role(role=role, by=actor(world, "coordinator"))
    former = actor(world, "head")
    assert (find(former, request.pk), can_read_note(former, request), whose(world, "head")) == (None, False, [])
    with pytest.raises(Refused):
        requests.withdraw_request(request=request, by=former)
    assert find(actor(world, "deputy_head"), request.pk) == request
    assert requests.withdraw_request(request=request, by=actor(world, "deputy_head")).state == "withdrawn"


def test_a_school_names_nobody_who_has_left_it(world: World) -> None:
    request, held = school_request(world, "teacher", "other_teacher"), school_request(world, "teacher", topic="Иное")
    answering.hold_request(request=taken(world, held), by=actor(world, "tutor"))
    for role in RoleAssignment.objects.filter(person=person(world, "teacher")):
        end_role(role=role, by=actor(world, "coordinator"))
    request.refresh_from_db()
    assert (list(request.teachers.all()), request.number) == ([person(world, "other_teacher")], 2)
    assert find(actor(world, "teacher"), request.pk) is None
    assert list(held.teachers.all()) == [person(world, "teacher")], "what was held stays as it was"
    assert what_differs() == []


def test_letters_are_told_to_those_who_may_read_them_now(world: World) -> None:
    request = taken(world, own_request(world))
    asker = person(world, "teacher")
    RoleAssignment.objects.filter(person=asker).update(end=timezone.localdate() - timedelta(days=1))
    assert told(TO_ASKER, "teacher", world) == []
    RoleAssignment.objects.filter(person=person(world, "tutor")).update(end=timezone.localdate() - timedelta(days=1))
    assert told(TO_TUTOR, "tutor", world) == []
    assert isinstance(request.answered_at, datetime)


def test_an_answered_request_does_not_stand_for_ever(world: World) -> None:
    """The tutor has a day by which it is held; after it the coordinator sees it too, and may take it back."""
    request = taken(world, own_request(world))
    assert request.answered_at
    answered = timezone.localdate(request.answered_at, zones.zone(world.own.municipality.time_zone))
    last, after = answered + timedelta(days=14), answered + timedelta(days=15)
    kinds = "consultations."
    assert [line.due for line in lines_for(actor(world, "tutor"), answered, kinds)] == [last]
    assert lines_for(actor(world, "coordinator"), last, kinds) == []
    seen = [line.what for line in lines_for(actor(world, "coordinator"), after, kinds)]
    assert seen == ["Прошла ли консультация? Ответ давно дан, заявка не закрыта: математика"]
    for name in ("tutor", "foreign_coordinator"):
        with pytest.raises(Refused):
            answering.recall_request(request=request, by=actor(world, name))
    assert answering.recall_request(request=request, by=actor(world, "coordinator")).state == "asked"
    assert whose(world, "tutor") == []
    assert what_differs() == []
