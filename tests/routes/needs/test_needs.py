"""Requests for a tutor: who asks for whom, what an offer does to them, who may say no, what the school learns."""

from datetime import date
from typing import Any

import pytest

from tests.factories import make_member, make_school
from tests.routes.need_factories import PERIOD, consent, make_need, make_places, offer, own_need, person, state
from tests.routes.route_factories import actor
from tests.waiting import lines_for
from tests.world import World
from traektoria.core.errors import Conflict, DomainError, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.enums import Role
from traektoria.routes.models import SupportNeed, TutorSupport
from traektoria.routes.needs.actions import ask_for_teachers, ask_for_tutor, refuse_need, withdraw_need
from traektoria.routes.needs.answers import waiting
from traektoria.routes.needs.queries import listed, visible_to
from traektoria.routes.offers.queries import fitting
from traektoria.routes.personal_data import support_of
from traektoria.routes.supports.actions.supports import decline_support, end_support, propose_support
from traektoria.tutors.models import TutorStatus

NOT_TEACHERS = ["tutor", "head", "coordinator", "administrator", "foreign_teacher"]


def code_of(call: Any, kind: type[DomainError]) -> str:
    with pytest.raises(kind) as refusal:
        call()
    return refusal.value.code


def events(name: str) -> int:
    return AuditEvent.objects.filter(event=name).count()


def test_a_teacher_asks_once_for_a_subject(world: World) -> None:
    need = own_need(world, text="Хочу вести дискуссию")
    assert own_need(world) == need
    assert (need.state, need.school, need.number, list(need.teachers.all())) == (
        "open", None, 1, [person(world, "teacher")],
    )  # fmt: skip
    assert own_need(world, subject="physics") != need
    assert events("need.ask") == 2


@pytest.mark.parametrize("by", NOT_TEACHERS)
def test_only_a_teacher_of_the_centre_asks_for_themselves(world: World, by: str) -> None:
    with pytest.raises(Refused):
        ask_for_tutor(centre=world.own, subject="math", basis="request", by=actor(world, by))


def test_a_school_asks_by_name_or_by_number_and_once(world: World) -> None:
    named = make_need(world, "teacher", "other_teacher")
    assert (named.number, named.school, named.teachers.count()) == (2, world.school, 2)
    assert make_need(world, "other_teacher", "teacher") == named
    many = make_need(world, number=5)
    assert (many.number, many.teachers.count()) == (5, 0)
    assert make_need(world, number=5) == many
    assert make_need(world, number=4) != many


def test_the_deputy_head_presses_after_the_head_and_it_is_the_same(world: World) -> None:
    need = make_need(world, "teacher")
    same = ask_for_teachers(
        centre=world.own, school=world.school, teachers=[person(world, "teacher")], subject="math", basis="results",
        by=actor(world, "deputy_head"),
    )  # fmt: skip
    assert same == need


@pytest.mark.parametrize("by", ["teacher", "tutor", "coordinator", "foreign_head"])
def test_only_heads_ask_for_their_own_school(world: World, by: str) -> None:
    facts: dict[str, Any] = {"teachers": [], "subject": "math", "basis": "results", "by": actor(world, by)}
    with pytest.raises(Refused):
        ask_for_teachers(centre=world.own, school=world.school, **facts)
    elsewhere = {**facts, "by": actor(world, "head"), "school": make_school(world.own)}
    with pytest.raises(Refused):
        ask_for_teachers(centre=world.own, **elsewhere)


@pytest.mark.parametrize(("number", "code"), [(0, "wrong_number"), (201, "wrong_number")])
def test_a_wrong_number_is_refused(world: World, number: int, code: str) -> None:
    assert code_of(lambda: make_need(world, number=number), Invalid) == code


def test_teachers_of_the_own_school_only(world: World) -> None:
    world.accounts["elsewhere"] = make_member(world.own, Role.TEACHER)
    assert code_of(lambda: make_need(world, "elsewhere"), Invalid) == "not_a_teacher"


def test_an_offer_its_refusal_and_the_beginning_move_the_request(world: World) -> None:
    need = own_need(world)
    first = offer(world, need)
    assert state(need) == "offered"
    decline_support(support=first, by=actor(world, "tutor"))
    assert state(need) == "open"
    taken_back = consent(world, offer(world, need), "teacher")
    end_support(support=taken_back, by=actor(world, "coordinator"))
    assert state(need) == "open"
    second = offer(world, need, tutor="other_tutor")
    consent(world, second, "other_tutor", "teacher")
    assert state(need) == "met"
    end_support(support=second, by=actor(world, "teacher"))
    assert state(need) == "met"
    assert [events(f"need.{name}") for name in ("offer", "reopen", "meet")] == [3, 2, 1]


def test_the_same_offer_twice_is_one(world: World) -> None:
    need = own_need(world)
    assert offer(world, need) == offer(world, need)
    assert code_of(lambda: offer(world, need, tutor="other_tutor"), Conflict) == "need_is_settled"


def test_an_open_support_of_another_ground_does_not_answer_a_request(world: World) -> None:
    offer(world, None)
    need = own_need(world)
    assert code_of(lambda: offer(world, need), Conflict) == "already_open"
    assert state(need) == "open"


def test_a_request_of_several_is_answered_in_parts(world: World) -> None:
    need = make_need(world, "teacher", "other_teacher")
    consent(world, offer(world, need, "teacher"), "tutor", "teacher")
    assert state(need) == "open"
    row = waiting(listed(actor(world, "coordinator")).get(pk=need.pk))
    assert (row.names, row.wanted, row.unnamed) == ((person(world, "other_teacher").short_name,), 1, 0)
    part = offer(world, need, "other_teacher", tutor="other_tutor")
    assert state(need) == "offered"
    consent(world, part, "other_tutor", "other_teacher")
    assert state(need) == "met"


def test_a_group_of_whom_one_declines_leaves_one_place_wanted(world: World) -> None:
    need = make_need(world, "teacher", "other_teacher")
    group = offer(world, need, "teacher", "other_teacher")
    assert state(need) == "offered"
    decline_support(support=group, by=actor(world, "teacher"))
    assert state(need) == "open"
    consent(world, group, "teacher")
    assert state(need) == "offered"
    consent(world, group, "tutor")
    assert state(need) == "met"


def test_who_is_offered_by_a_request(world: World) -> None:
    need = own_need(world)
    assert code_of(lambda: offer(world, need, "other_teacher"), Invalid) == "not_of_the_need"
    unnamed = make_need(world, number=2, subject="physics")
    assert offer(world, unnamed, "other_teacher").need == unnamed
    world.accounts["elsewhere"] = make_member(world.own, Role.TEACHER)
    assert code_of(lambda: offer(world, unnamed, "elsewhere"), Invalid) == "not_of_the_need"


def test_a_named_teacher_says_no_and_the_request_goes_on_without(world: World) -> None:
    need = make_need(world, "teacher", "other_teacher")
    for _press in range(2):
        refuse_need(need=need, by=actor(world, "teacher"))
    need.refresh_from_db()
    assert (need.state, need.number, list(need.teachers.all())) == ("open", 1, [person(world, "other_teacher")])
    refuse_need(need=need, by=actor(world, "other_teacher"))
    assert state(need) == "withdrawn"
    assert (events("need.refuse"), events("need.lapse")) == (2, 1)
    with pytest.raises(Conflict):
        offer(world, need, "other_teacher")


def test_a_refusal_may_settle_what_the_others_got(world: World) -> None:
    need = make_need(world, "teacher", "other_teacher")
    consent(world, offer(world, need, "teacher"), "tutor", "teacher")
    refuse_need(need=need, by=actor(world, "other_teacher"))
    assert state(need) == "met"


def test_who_is_offered_a_tutor_answers_there(world: World) -> None:
    need = make_need(world, "teacher")
    offer(world, need)
    assert code_of(lambda: refuse_need(need=need, by=actor(world, "teacher")), Conflict) == "offered_already"


@pytest.mark.parametrize("by", ["other_teacher", "tutor", "head", "foreign_teacher"])
def test_nobody_says_no_for_another(world: World, by: str) -> None:
    need = make_need(world, "teacher")
    with pytest.raises(Refused):
        refuse_need(need=need, by=actor(world, by))
    own = own_need(world, "other_teacher")
    with pytest.raises(Refused):
        refuse_need(need=own, by=actor(world, "other_teacher"))


@pytest.mark.parametrize("by", ["head", "deputy_head", "coordinator"])
def test_a_request_is_taken_back_with_a_reason(world: World, by: str) -> None:
    need = make_need(world, "teacher")
    assert code_of(lambda: withdraw_need(need=need, reason=" ", by=actor(world, by)), Invalid) == "reason_needed"
    for _press in range(2):
        withdraw_need(need=need, reason="Обошлись сами", by=actor(world, by))
    need.refresh_from_db()
    assert (need.state, need.withdrawn_why) == ("withdrawn", "Обошлись сами")
    assert events("need.withdraw") == 1
    assert make_need(world, "teacher") != need


def test_others_do_not_take_it_back_nor_does_anybody_while_a_tutor_is_offered(world: World) -> None:
    need = make_need(world, "teacher")
    for by in ("teacher", "tutor", "foreign_head", "foreign_coordinator"):
        with pytest.raises(Refused):
            withdraw_need(need=need, reason="Зачем-то", by=actor(world, by))
    offer(world, need)
    taking = lambda: withdraw_need(need=need, reason="Сами", by=actor(world, "head"))  # noqa: E731
    assert code_of(taking, Conflict) == "offered_already"


@pytest.mark.parametrize("by", ["tutor", "head", "teacher"])
def test_only_the_coordinator_offers_by_a_request(world: World, by: str) -> None:
    need = own_need(world)
    facts: dict[str, Any] = {"kind": "individual", "subject": "math", "basis": "request", **PERIOD}
    people = {"tutor": person(world, "tutor"), "members": [person(world, "teacher")]}
    with pytest.raises(Refused):
        propose_support(centre=world.own, need=need, by=actor(world, by), **people, **facts)
    assert not TutorSupport.objects.exists()


def test_who_sees_which_requests(world: World) -> None:
    school, own = make_need(world, "other_teacher"), own_need(world)
    seen = {name: set(visible_to(actor(world, name))) for name in world.accounts}
    assert seen["teacher"] == {own}
    assert seen["other_teacher"] == {school}
    assert seen["head"] == seen["deputy_head"] == {school}
    assert seen["coordinator"] == {school, own}
    for name in ("tutor", "administrator", "foreign_head", "foreign_coordinator", "foreign_teacher"):
        assert seen[name] == set()


def test_lines_of_the_desk(world: World) -> None:
    need = make_need(world, "teacher")
    own_need(world, "other_teacher")
    today = need.created_at.date()

    def lines(name: str) -> list[str]:
        return [f"{line.what} / {line.who}" for line in lines_for(actor(world, name), today, "routes.need")]

    assert lines("coordinator") == ["2\xa0заявки ждут тьютора / самая давняя – меньше часа"]
    assert lines("teacher") == ["Школа попросила тьютора для вас: без вашего согласия ничего не начнётся / СОШ № 1"]
    assert lines("other_teacher") == ["По вашей заявке ищут тьютора / математика"]
    assert lines("head") == ["По вашей заявке ищут тьютора / математика"]
    assert lines("tutor") == lines("administrator") == lines("foreign_coordinator") == []
    offer(world, need)
    assert lines("teacher") == []
    assert lines("head") == ["Тьютор предложен: ждём ответов / математика"]
    assert lines("coordinator") == ["1\xa0заявка ждёт тьютора / самая давняя – меньше часа"]


def test_my_data_has_the_requests_but_not_the_words_of_others(world: World) -> None:
    make_need(world, "teacher", text="Слабые результаты")
    own_need(world, subject="physics", text="Хочу сам")
    rows = support_of(person(world, "teacher").pk)["needs"]
    assert [(row["asked_by_me"], row["school"], row["text"]) for row in rows] == [
        (False, "СОШ № 1", ""),
        (True, "", "Хочу сам"),
    ]
    assert SupportNeed.objects.count() == 2


def test_the_tutors_who_fit_a_request(world: World) -> None:
    names = ("free", "subject", "group", "full", "suspended")
    for name in names:
        world.accounts[name] = make_member(world.own, Role.TUTOR)
    make_places(world.own, person(world, "tutor"), 1, subjects=["math"])
    make_places(world.own, person(world, "other_tutor"), 9)
    make_places(world.own, person(world, "free"), 8, subjects=["physics"])
    make_places(world.own, person(world, "subject"), 3, subjects=["math"])
    make_places(world.own, person(world, "group"), 2, subjects=["math"], formats=["group"])
    make_places(world.own, person(world, "full"), 0, subjects=["math"])
    _suspended(world, "suspended")
    need = listed(actor(world, "coordinator")).get(pk=make_need(world, "teacher", "other_teacher").pk)
    fits, full = fitting(need)
    order = ["group", "subject", "other_tutor", "free", "tutor"]
    assert [fit.tutor for fit in fits] == [person(world, name).pk for name in order]
    assert [(fit.places.free, fit.teaches, fit.enough) for fit in fits] == [
        (2, True, True), (3, True, True), (9, False, True), (8, False, True), (1, True, False),
    ]  # fmt: skip
    assert full == 1


def _suspended(world: World, name: str) -> None:
    TutorStatus.objects.create(
        centre=world.own, person=person(world, name), regulation=regulation_in_force(world.own.pk),
        state="suspended", start=date(2025, 9, 1), suspended_from=date(2026, 1, 1),
    )  # fmt: skip
