"""Hours that were given: who may write them down, never two at once, what a correction keeps, who reads what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.consultations.hour_factories import given, recorded
from tests.consultations.request_factories import assigned, own_request, taken
from tests.routes.need_factories import person
from tests.routes.route_factories import actor, make_running
from tests.waiting import what_differs
from tests.world import World
from traektoria.consultations.hours.actions import giving
from traektoria.consultations.hours.letters import HOUR, tell
from traektoria.consultations.models import ConsultationHour
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import Engagement
from traektoria.messaging.kinds import Told, readers
from traektoria.messaging.models import Message
from traektoria.people.models import RoleAssignment

pytestmark = pytest.mark.django_db


def told(world: World, name: str) -> int:
    who = person(world, name).pk
    rows = list(Message.objects.filter(kind=HOUR, person_id=who))
    return sum(isinstance(one, Told) for one in tell(rows, readers([who])[who]))


def correct(world: World, hour: ConsultationHour, seen: str = "", **fields: object) -> ConsultationHour:
    facts = giving.facts_of(hour)
    whom = facts.pop("teachers")
    new = replace(giving.GivenHour(**facts), **fields)
    mark = seen or giving.mark_of(hour)
    return giving.correct_hour(hour=hour, given=new, teachers=whom, seen=mark, by=actor(world, "tutor"))


def test_an_hour_counts_for_each_teacher_and_tells_them(world: World) -> None:
    hour = recorded(world, "teacher", "other_teacher", pupils=12)
    assert (hour.minutes, hour.teachers.count(), hour.pupils) == (45, 2, 12)
    assert told(world, "teacher") == told(world, "other_teacher") == 1


def test_the_same_hour_pressed_twice_is_one(world: World) -> None:
    now = timezone.now()
    assert recorded(world, now=now) == recorded(world, now=now)
    assert ConsultationHour.objects.count() == 1


def test_a_tutor_has_no_two_hours_at_once(world: World) -> None:
    now = timezone.now()
    first = recorded(world, ago=120, minutes=45, now=now)
    for ago, minutes in ((121, 2), (110, 10), (76, 30), (150, 90)):
        with pytest.raises(Conflict) as refusal:
            recorded(world, "other_teacher", ago=ago, minutes=minutes, now=now)
        assert refusal.value.code == "at_once"
    recorded(world, "other_teacher", ago=75, minutes=30, now=now)  # touches
    recorded(world, "other_teacher", ago=150, minutes=30, now=now)
    recorded(world, "other_teacher", tutor="other_tutor", ago=120, now=now)
    giving.withdraw_hour(hour=first, reason="Не состоялась", by=actor(world, "tutor"))
    recorded(world, "other_teacher", ago=120, minutes=45, now=now)


def test_what_cannot_have_been(world: World) -> None:
    wrong = {
        "not_begun": given(ago=-10), "too_long": given(ago=700, minutes=481),
        "too_long_ago": given(ago=60 * 24 * 401),
    }  # fmt: skip
    teacher, me = [person(world, "teacher").pk], actor(world, "tutor")
    for code, facts in wrong.items():
        with pytest.raises(Invalid) as refusal:
            giving.record_hour(centre=world.own, given=facts, teachers=teacher, by=me)
        assert refusal.value.code == code
    for code, whom in (("nobody", []), ("own_hour", [me.person_id]), ("not_a_teacher", [person(world, "head").pk])):
        with pytest.raises(Invalid) as refusal:
            giving.record_hour(centre=world.own, given=given(), teachers=whom, by=me)
        assert refusal.value.code == code
    for name in ("teacher", "coordinator", "foreign_tutor"):
        with pytest.raises(Refused):
            giving.record_hour(centre=world.own, given=given(), teachers=teacher, by=actor(world, name))


def test_an_hour_closes_its_request(world: World) -> None:
    request, waits = taken(world, own_request(world)), assigned(world, own_request(world, topic="Иное"))
    recorded(world, ago=60, request=request)
    recorded(world, ago=200, request=waits, closes=False)
    request.refresh_from_db()
    waits.refresh_from_db()
    assert (request.state, waits.state) == ("held", "assigned")
    recorded(world, ago=300, request=waits)
    waits.refresh_from_db()
    assert (waits.state, waits.answered_at is not None) == ("held", True)
    with pytest.raises(Refused):
        recorded(world, ago=400, request=request, tutor="other_tutor")


def test_an_hour_on_a_route_item_cites_it(world: World) -> None:
    item = make_running(world, topics=("Чтение таблиц",)).items.all()[0]
    assert recorded(world, item=item).item == item


def test_a_correction_keeps_what_was_said(world: World) -> None:
    hour = recorded(world, "teacher", "other_teacher", shared_note="Первая", private_note="Тайная")
    giving.say_how_it_was(hour=hour, feedback="helped", by=actor(world, "teacher"))
    before = giving.mark_of(hour)
    hour = correct(world, hour, shared_note="Вторая")
    edition = hour.editions.get()
    assert (hour.number, edition.number, edition.facts["shared_note"]) == (2, 1, "Первая")
    assert hour.teachers.get(person=person(world, "teacher")).feedback == "helped"
    assert correct(world, hour, shared_note="Вторая").number == 2, "the same again changes nothing"
    with pytest.raises(Conflict) as refusal:
        correct(world, hour, seen=before, shared_note="Третья")
    assert refusal.value.code == "changed_meanwhile"
    with pytest.raises(Refused):
        giving.correct_hour(
            hour=hour, given=given(), teachers=[person(world, "teacher").pk], seen=before,
            by=actor(world, "other_tutor"),
        )  # fmt: skip


def test_a_correction_clashes_with_other_hours_but_not_with_itself(world: World) -> None:
    now = timezone.now()
    hour, other = recorded(world, ago=120, minutes=45, now=now), recorded(world, ago=60, minutes=30, now=now)
    correct(world, hour, end=hour.end + timedelta(minutes=15))
    hour.refresh_from_db()
    with pytest.raises(Conflict):
        correct(world, hour, end=other.start + timedelta(minutes=1))


def test_a_withdrawn_hour_stays_to_be_read(world: World) -> None:
    hour = recorded(world)
    with pytest.raises(Invalid):
        giving.withdraw_hour(hour=hour, reason=" ", by=actor(world, "tutor"))
    for _press in range(2):
        hour = giving.withdraw_hour(hour=hour, reason="Записано дважды", by=actor(world, "tutor"))
    assert hour.withdrawn_why == "Записано дважды"
    with pytest.raises(Conflict):
        correct(world, hour, topic="Иное")
    with pytest.raises(Conflict):
        giving.say_how_it_was(hour=hour, feedback="helped", by=actor(world, "teacher"))


def test_feedback_is_of_who_was_there(world: World) -> None:
    hour = recorded(world)
    for said in ("partly", "helped", "helped"):
        row = giving.say_how_it_was(hour=hour, feedback=said, by=actor(world, "teacher"))
    assert (row.feedback, row.feedback_at is not None) == ("helped", True)
    with pytest.raises(Refused):
        giving.say_how_it_was(hour=hour, feedback="helped", by=actor(world, "other_teacher"))


def test_who_left_keeps_being_counted_but_writes_no_more(world: World) -> None:
    hour = recorded(world)
    RoleAssignment.objects.filter(person=person(world, "tutor")).update(end=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused):
        correct(world, hour, topic="Иное")
    RoleAssignment.objects.filter(person=person(world, "teacher")).update(end=timezone.localdate() - timedelta(days=1))
    recorded(world, tutor="other_tutor")  # was a teacher of the centre: an hour of last week is written down


def taken_time(hour: ConsultationHour) -> dict[int | None, tuple[str, bool, int | None]]:
    rows = Engagement.objects.filter(object_kind="consultations.consultationhour", object_id=hour.pk)
    return {row.person_id: (row.state, row.main, row.about_id) for row in rows}


def test_an_hour_takes_the_time_of_all_who_were_there(world: World) -> None:
    tutor, teacher, other = (person(world, name).pk for name in ("tutor", "teacher", "other_teacher"))
    hour = recorded(world, "teacher")
    assert taken_time(hour) == {tutor: ("fixed", True, teacher), teacher: ("fixed", False, tutor)}
    facts = giving.facts_of(hour)
    facts.pop("teachers")
    given_again = giving.GivenHour(**facts)
    mark = giving.mark_of(hour)
    giving.correct_hour(hour=hour, given=given_again, teachers=[other], seen=mark, by=actor(world, "tutor"))
    assert taken_time(hour) == {
        tutor: ("fixed", True, other), teacher: ("cancelled", False, tutor), other: ("fixed", False, tutor)
    }  # fmt: skip
    giving.withdraw_hour(hour=hour, reason="Записан по ошибке", by=actor(world, "tutor"))
    assert {state for state, _main, _about in taken_time(hour).values()} == {"cancelled"}
    assert not what_differs()
