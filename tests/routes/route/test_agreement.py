"""Agreeing a route: first version, return, correction beside what is in force, races and double presses."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import make_regulation
from tests.routes.route_factories import actor, fresh, make_draft, make_proposed, make_running
from tests.world import World, make_world
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.routes.models import Agreement, RouteVersion
from traektoria.routes.route.actions.agreement import agree_route, propose_route, return_route, withdraw_proposal
from traektoria.routes.route.actions.course import extend_route
from traektoria.routes.route.actions.editing import (
    add_item,
    drop_correction,
    edit_item,
    edit_route,
    open_correction,
    remove_item,
)
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.queries.route import items_in_force, snapshot


def values(route, **more):
    return {
        "task": "Посетить вебинар",
        "deficit": "",
        "activity_kind": "webinar",
        "showing_form": "certificate",
        "deadline": route.end,
        "resource": "",
        "expected_result": "",
        **more,
    }


def test_tutor_proposes_and_teacher_agrees(world: World) -> None:
    route = make_proposed(world)
    assert (route.state, route.pending_version) == (RouteState.PROPOSED, 1)
    route = agree_route(route=route, number=1, by=actor(world, "teacher"))
    assert (route.state, route.version, route.pending_version) == (RouteState.RUNNING, 1, None)
    assert route.in_force_since is not None


def test_teacher_proposes_and_it_counts_as_the_teachers_word(world: World) -> None:
    route = make_draft(world)
    propose_route(route=route, by=actor(world, "teacher"))
    assert fresh(route).state == RouteState.PROPOSED
    assert agree_route(route=route, number=1, by=actor(world, "tutor")).state == RouteState.RUNNING


def test_propose_route_twice_is_one_version(world: World) -> None:
    route = make_proposed(world)
    propose_route(route=route, by=actor(world, "tutor"))
    assert (RouteVersion.objects.count(), Agreement.objects.count()) == (1, 1)


def test_agree_route_twice_writes_nothing_twice(world: World) -> None:
    route = make_proposed(world)
    for _press in range(2):
        assert agree_route(route=route, number=1, by=actor(world, "teacher")).state == RouteState.RUNNING
    assert Agreement.objects.count() == 2
    assert AuditEvent.objects.filter(event="route.agree").count() == 1


def test_agree_route_to_a_replaced_version_is_a_conflict(world: World) -> None:
    route = make_proposed(world)
    withdraw_proposal(route=route, by=actor(world, "tutor"))
    edit_item(item=route.items.all()[0], values={"task": "Иначе"}, by=actor(world, "tutor"))
    propose_route(route=route, by=actor(world, "tutor"))
    with pytest.raises(Conflict) as refusal:
        agree_route(route=route, number=1, by=actor(world, "teacher"))
    assert refusal.value.code == "version_replaced"
    assert fresh(route).pending_version == 2


@pytest.mark.parametrize("viewer", ["other_tutor", "coordinator", "other_teacher", "head"])
def test_agree_route_is_not_for_others(world: World, viewer: str) -> None:
    with pytest.raises(Refused):
        agree_route(route=make_proposed(world), number=1, by=actor(world, viewer))


def test_head_agrees_where_the_centre_says_so(world: World) -> None:
    make_regulation(world.own, support={"agreed_by": ["teacher", "tutor", "head"]})
    route = make_proposed(world)
    assert agree_route(route=route, number=1, by=actor(world, "teacher")).state == RouteState.PROPOSED
    with pytest.raises(Refused):
        agree_route(route=route, number=1, by=actor(world, "foreign_head"))
    assert agree_route(route=route, number=1, by=actor(world, "deputy_head")).state == RouteState.RUNNING


def test_every_consented_teacher_of_a_group_agrees(world: World) -> None:
    route = make_draft(world, "teacher", "other_teacher")
    propose_route(route=route, by=actor(world, "tutor"))
    assert agree_route(route=route, number=1, by=actor(world, "teacher")).state == RouteState.PROPOSED
    assert agree_route(route=route, number=1, by=actor(world, "other_teacher")).state == RouteState.RUNNING


def test_return_route_needs_a_reason_and_opens_the_draft(world: World) -> None:
    route = make_proposed(world)
    with pytest.raises(Invalid):
        return_route(route=route, number=1, reason=" ", by=actor(world, "teacher"))
    for _press in range(2):
        return_route(route=route, number=1, reason="Слишком много пунктов", by=actor(world, "teacher"))
    assert fresh(route).state == RouteState.DRAFT
    assert propose_route(route=route, by=actor(world, "tutor")).number == 2


def test_propose_route_needs_items_and_deadlines_inside_of_the_period(world: World) -> None:
    empty = make_draft(world, topics=())
    with pytest.raises(Invalid, match="") as refusal:
        propose_route(route=empty, by=actor(world, "tutor"))
    assert refusal.value.code == "no_items"


def test_proposed_route_is_not_edited(world: World) -> None:
    route = make_proposed(world)
    with pytest.raises(Conflict):
        edit_route(route=route, values={"title": "Иначе"}, by=actor(world, "tutor"))


def test_running_route_is_edited_only_in_a_correction(world: World) -> None:
    route = make_running(world)
    with pytest.raises(Conflict) as refusal:
        edit_item(item=route.items.all()[0], values={"task": "Иначе"}, by=actor(world, "tutor"))
    assert refusal.value.code == "agreed"


def test_correction_leaves_the_agreed_version_in_force_until_it_is_agreed(world: World) -> None:
    tutor, teacher = actor(world, "tutor"), actor(world, "teacher")
    route = make_running(world)
    first, second, *_rest = route.items.all()
    before = snapshot(route)
    open_correction(route=route, by=tutor)
    edit_item(item=first, values={"task": "Иначе"}, by=tutor)
    remove_item(item=second, by=tutor)
    added = add_item(route=route, values=values(route), by=tutor)
    edit_route(route=route, values={"goals": "Новая цель"}, by=tutor)
    assert snapshot(fresh(route)) == before
    propose_route(route=route, by=tutor, reason="Перенесли семинар")
    assert snapshot(fresh(route)) == before
    assert fresh(route).state == RouteState.RUNNING

    route = agree_route(route=route, number=2, by=teacher)
    assert (route.version, route.correction, route.goals) == (2, None, "Новая цель")
    in_force = {item.pk: item for item in items_in_force(route)}
    assert in_force[first.pk].task == "Иначе"
    assert second.pk not in in_force
    assert added.pk in in_force
    assert snapshot(fresh(route)) == RouteVersion.objects.get(number=2).snapshot
    assert RouteVersion.objects.get(number=1).snapshot == before


def test_a_remark_on_a_dropped_correction_is_not_said_of_the_next_one(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    tutor, teacher = actor(world, "tutor"), actor(world, "teacher")
    route = make_running(world)
    open_correction(route=route, by=tutor)
    edit_route(route=route, values={"goals": "Новая цель"}, by=tutor)
    propose_route(route=route, by=tutor)
    return_route(route=route, number=2, reason="Прежнее замечание", by=teacher)

    def pages() -> str:
        page = as_("tutor").get(reverse("routes:route_detail", args=[route.pk]))
        return page.content.decode() + as_("tutor").get("/").content.decode()

    assert "Прежнее замечание" in pages()
    assert "замечани" in as_("tutor").get("/").content.decode()
    drop_correction(route=route, by=tutor)
    open_correction(route=route, by=tutor)
    assert "замечани" not in pages().lower()
    edit_route(route=route, values={"goals": "Другая цель"}, by=tutor)
    propose_route(route=route, by=tutor)
    return_route(route=route, number=3, reason="Новое замечание", by=teacher)
    assert "Новое замечание" in pages()


def test_propose_route_refuses_a_correction_that_changes_nothing(world: World) -> None:
    route = make_running(world)
    open_correction(route=route, by=actor(world, "tutor"))
    with pytest.raises(Invalid) as refusal:
        propose_route(route=route, by=actor(world, "tutor"), reason="Так")
    assert refusal.value.code == "no_change"


def test_extend_route_is_a_correction_ready_to_agree(world: World) -> None:
    route = make_running(world)
    end = route.end.replace(year=route.end.year + 1)
    deadlines = [item.deadline for item in route.items.all()]
    for _press in range(2):
        extend_route(route=route, end=end, move_deadlines=True, reason="Болезнь", by=actor(world, "tutor"))
    assert fresh(route).end == route.end
    route = agree_route(route=route, number=2, by=actor(world, "teacher"))
    assert route.end == end
    assert all(item.deadline > was for item, was in zip(route.items.all(), deadlines, strict=True))


def test_route_agree_in_one_post_with_and_without_htmx(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_proposed(world)
    teacher: Client = as_("teacher")
    assert "version" in teacher.get(f"/support/routes/{route.pk}/").content.decode()
    plain = teacher.post(f"/support/routes/{route.pk}/agree/", {"version": "1"})
    assert plain.status_code == 302
    part = teacher.post(f"/support/routes/{route.pk}/agree/", {"version": "1"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert b"<html" not in part.content
    assert b'id="live"' in part.content


def test_route_agree_to_a_replaced_version_says_so(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_proposed(world)
    assert as_("teacher").post(f"/support/routes/{route.pk}/agree/", {"version": "7"}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_words_at_once_bring_the_route_in_force_once(transactional_db: None) -> None:
    """On PostgreSQL the route's row is locked; SQLite has one writer at a time: either way one is the last."""
    if connection.vendor == "sqlite":
        pytest.skip("the tests' SQLite lives in memory and has one writer; run on PostgreSQL")
    world = make_world()
    route = make_draft(world, "teacher", "other_teacher")
    propose_route(route=route, by=actor(world, "tutor"))
    voices = [actor(world, "teacher"), actor(world, "other_teacher")]
    start = threading.Barrier(2)

    def speak(by) -> None:  # type: ignore[no-untyped-def]
        start.wait()
        try:
            agree_route(route=route, number=1, by=by)
        finally:
            connection.close()

    threads = [threading.Thread(target=speak, args=(voice,)) for voice in voices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fresh(route).state == RouteState.RUNNING
    assert AuditEvent.objects.filter(event="route.start").count() == 1
