"""What heads, coordinators, colleagues of a group and former tutors must not learn from a route."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_employment
from tests.routes.route_factories import actor, fresh, make_draft, make_hypothesis, make_proposed, make_running
from tests.world import World
from traektoria.people.models import AccessRecord, RoleAssignment
from traektoria.routes.models import LearningRoute, TutorSupport
from traektoria.routes.route.actions.agreement import agree_route, propose_route, return_route
from traektoria.routes.route.actions.course import close_route
from traektoria.routes.route.actions.doing import comment_on_item, finish_item
from traektoria.routes.route.actions.editing import edit_item, open_correction
from traektoria.routes.route.enums import DeficitOutcomeKind
from traektoria.routes.supports.actions.supports import end_support
from traektoria.routes.tutees.enums import Basis

pytestmark = pytest.mark.django_db
SECRET = "Тайна-между-двумя"


def text(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def url(route: LearningRoute, tail: str = "") -> str:
    return f"/support/routes/{route.pk}/{tail}"


@pytest.mark.parametrize("viewer", ["coordinator", "head", "deputy_head"])
def test_why_a_support_began_is_read_by_its_sides_only(world: World, as_: Any, viewer: str) -> None:
    route = make_running(world)
    TutorSupport.objects.filter(pk=route.support_id).update(basis=Basis.RESULTS, basis_note=SECRET)
    body = text(as_(viewer), f"/support/{route.support_id}/")
    assert SECRET not in body
    assert "процедур" not in body
    assert SECRET in text(as_("teacher"), f"/support/{route.support_id}/")


def test_a_coordinator_knows_of_no_draft_and_reads_no_words_of_a_route(world: World, as_: Any) -> None:
    draft = make_draft(world)
    draft.items.update(resource=SECRET)
    assert as_("coordinator").get(url(draft)).status_code == 404
    propose_route(route=draft, by=actor(world, "tutor"))
    agree_route(route=draft, number=1, by=actor(world, "teacher"))
    body = text(as_("coordinator"), url(draft))
    assert "route-items" in body
    assert SECRET not in body


def closed(world: World) -> LearningRoute:
    route = make_running(world)
    tutor = actor(world, "tutor")
    for item in route.items.all():
        finish_item(item=item, by=tutor)
    cited = {item.hypothesis_id for item in route.items.all() if item.hypothesis_id}
    outcomes = dict.fromkeys(cited, (DeficitOutcomeKind.REMAINS, SECRET))
    return close_route(route=route, outcomes=outcomes, conclusion=SECRET, by=tutor)


@pytest.mark.parametrize(("viewer", "reads"), [("coordinator", False), ("head", False), ("teacher", True)])
def test_the_conclusion_stays_between_the_teacher_and_the_tutor(
    world: World, as_: Any, viewer: str, reads: bool
) -> None:
    assert (SECRET in text(as_(viewer), url(closed(world)))) is reads


def returned_once(world: World) -> LearningRoute:
    """A first version with a secret came back; the second is in force; a change of it waits."""
    tutor, teacher = actor(world, "tutor"), actor(world, "teacher")
    route = make_proposed(world)
    return_route(route=route, number=1, reason=SECRET, by=teacher)
    route = fresh(route)
    propose_route(route=route, by=tutor)
    agree_route(route=route, number=2, by=teacher)
    route = open_correction(route=fresh(route), by=tutor)
    edit_item(item=route.items.all()[0], values={"task": SECRET}, by=tutor)
    propose_route(route=fresh(route), by=tutor, reason=SECRET)
    return fresh(route)


def test_a_head_reads_agreed_versions_only(world: World, as_: Any) -> None:
    route = returned_once(world)
    head, teacher = as_("head"), as_("teacher")
    for tail in ("", "versions/", "history/"):
        assert SECRET not in text(head, url(route, tail)), tail
    assert SECRET in text(teacher, url(route, "versions/"))
    assert head.get(url(route, "versions/1/2/")).status_code == 404
    assert head.get(url(route, "versions/2/3/")).status_code == 404
    assert teacher.get(url(route, "versions/1/3/")).status_code == 200
    assert "возвращ" not in text(head, url(route, "history/"))


def test_a_head_who_agrees_reads_what_waits(world: World, as_: Any) -> None:
    route = returned_once(world)
    LearningRoute.objects.filter(pk=route.pk).update(head_agrees=True)
    assert SECRET in text(as_("head"), url(route))
    assert as_("head").get(url(route, "versions/2/3/")).status_code == 200


@pytest.mark.parametrize("viewer", ["coordinator", "head"])
def test_a_teacher_reads_who_opened_the_route(world: World, as_: Any, viewer: str) -> None:
    route = make_running(world)
    as_(viewer).get(url(route))
    record = AccessRecord.objects.get(subject_kind="route", person_id=world.accounts["teacher"].person_id)
    assert record.account_id == world.accounts[viewer].pk
    assert record.actor_name in text(as_("teacher"), "/people/me/")


def test_a_teacher_of_a_group_is_not_offered_the_field_of_another(world: World, as_: Any) -> None:
    route = make_draft(world, "teacher", "other_teacher")
    make_hypothesis(world, world.accounts["other_teacher"].person, SECRET)
    assert SECRET in text(as_("tutor"), url(route, "items/add/"))
    assert SECRET not in text(as_("teacher"), url(route, "items/add/"))
    assert SECRET in text(as_("other_teacher"), url(route, "items/add/"))


def test_a_route_of_a_group_is_drafted_by_the_tutor(world: World, as_: Any) -> None:
    from tests.routes.route_factories import make_route_support

    support = make_route_support(world, "teacher", "other_teacher")
    make_hypothesis(world, world.accounts["other_teacher"].person, SECRET)
    assert as_("teacher").post(f"/support/{support.pk}/draft/").status_code == 403
    assert as_("tutor").post(f"/support/{support.pk}/draft/").status_code == 302


def test_after_the_end_of_a_support_new_difficulties_are_not_seen(world: World, as_: Any) -> None:
    route = make_draft(world)
    end_support(support=route.support, by=actor(world, "teacher"))
    make_hypothesis(world, world.accounts["teacher"].person, SECRET)
    assert SECRET not in as_("tutor").get(url(route, "items/add/")).content.decode()


def test_a_former_tutor_takes_no_card(world: World, as_: Any) -> None:
    route = make_running(world)
    card = f"/documents/route/{route.pk}/card.docx"
    assert as_("tutor").get(card).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    RoleAssignment.objects.filter(person=world.accounts["tutor"].person).update(end=yesterday)
    assert as_("tutor").get(card).status_code in {403, 404}


def test_a_head_of_another_school_does_not_see_the_route(world: World, as_: Any) -> None:
    from tests.factories import make_school

    route = make_running(world)
    teacher = world.accounts["teacher"].person
    assert teacher is not None
    teacher.employments.all().delete()
    make_employment(teacher, make_school(world.own))
    assert as_("head").get(url(route)).status_code == 404


def test_my_data_hold_the_field_and_the_route_and_nobody_elses_words(world: World, as_: Any) -> None:
    route = make_running(world, topics=("Моя тема",))
    make_hypothesis(world, world.accounts["other_teacher"].person, SECRET)
    item = route.items.all()[0]
    comment_on_item(item=item, text=SECRET, by=actor(world, "tutor"))
    comment_on_item(item=item, text="Мои слова", by=actor(world, "teacher"))
    body = text(as_("teacher"), "/people/me/export/")
    assert "Моя тема" in body
    assert "Мои слова" in body
    assert item.task in body.replace('\\"', '"')
    assert SECRET not in body
