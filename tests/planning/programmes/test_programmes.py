"""Programmes and associations: who writes them, what an approved one keeps, whose plan-schedules are."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.documents.test_card import squeezed
from tests.factories import make_member
from tests.papers import words_of
from tests.planning.plan_factories import ACT, approved, approved_programme, draft, open_lessons
from tests.routes.route_factories import actor
from tests.tutors.orders.test_orders import school_centre
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import Waiting
from traektoria.core.school_year import this_year
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.planning.associations.actions import close_association, save_association
from traektoria.planning.associations.models import Association
from traektoria.planning.models import Programme
from traektoria.planning.plans.actions.approving import approve_plan, propose_plan
from traektoria.planning.plans.actions.writing import add_items, begin_plan
from traektoria.planning.plans.queries.plans import items_visible_to
from traektoria.planning.plans.queries.plans import visible_to as plans_visible_to
from traektoria.planning.programmes.actions import Written, approve_programme, begin_programme, change_programme
from traektoria.planning.programmes.queries import visible_to

pytestmark = pytest.mark.django_db
SAID = Written("Программа сообщества", 2026, 2026, aim="Рост учителей", tasks="Одна\nДве")


def test_a_programme_is_approved_and_then_changed_with_a_reason(world: World) -> None:
    by = actor(world, "coordinator")
    row = begin_programme(centre=world.own, own=False, written=SAID, by=by)
    change_programme(programme=row, written=replace(SAID, aim="Рост"), by=by)
    row = approve_programme(programme=row, by=by, **ACT)
    assert approve_programme(programme=row, by=by, **ACT).approved_at == row.approved_at
    with pytest.raises(Invalid):
        change_programme(programme=row, written=SAID, by=by)
    row = change_programme(programme=row, written=SAID, reason="Приказ № 5", by=by)
    change_programme(programme=row, written=SAID, by=by)
    assert row.revisions.get().before["aim"] == "Рост"
    with pytest.raises(Invalid):
        begin_programme(centre=world.own, own=False, written=replace(SAID, last=2025), by=by)


def test_who_sees_and_writes_which_programme(world: World) -> None:
    mine = begin_programme(centre=world.own, own=True, written=SAID, by=actor(world, "tutor"))
    ours = begin_programme(centre=world.own, own=False, written=SAID, by=actor(world, "coordinator"))
    seen = {name: set(visible_to(actor(world, name))) for name in ("coordinator", "tutor", "other_tutor", "head")}
    assert seen == {"coordinator": {mine, ours}, "tutor": {mine}, "other_tutor": set(), "head": set()}
    for row, name in ((mine, "coordinator"), (ours, "tutor"), (ours, "foreign_coordinator")):
        with pytest.raises(Refused):
            change_programme(programme=row, written=SAID, by=actor(world, name))
    approve_programme(programme=ours, by=actor(world, "coordinator"), **ACT)
    assert set(visible_to(actor(world, "head"))) == {ours}
    assert not visible_to(actor(world, "foreign_coordinator")).exists()


def association(world: World, **facts: object) -> Association:
    said = {"name": "РМО математиков", "subject": "math", "chair": world.accounts["teacher"].person_id, "members": ()}
    return save_association(association=None, centre=world.own, by=actor(world, "coordinator"), **{**said, **facts})  # type: ignore[arg-type]


def test_who_leads_an_association_writes_its_plan_schedule(world: World) -> None:
    member = world.accounts["other_teacher"].person_id
    assert member
    found, chair = association(world, members=(member,)), actor(world, "teacher")
    plan = begin_plan(centre=world.own, title="План", span="school", year=2025, association=found, by=chair)
    add_items(plan=plan, rows=[open_lessons()], by=chair)
    for name in ("other_teacher", "head", "tutor"):
        with pytest.raises(Refused):
            add_items(plan=plan, rows=[open_lessons()], by=actor(world, name))
    assert not plans_visible_to(actor(world, "other_teacher")).exists(), "a draft is of who writes it"
    approve_plan(plan=plan, by=actor(world, "coordinator"), **ACT)
    reader = actor(world, "other_teacher")
    assert list(plans_visible_to(reader)) == [plan]
    assert items_visible_to(reader, plan).count() == 1, "members read it whole"


def test_who_has_left_the_centre_leads_nothing(world: World) -> None:
    found = association(world)
    RoleAssignment.objects.filter(person=found.chair_id).update(start=date(2019, 1, 1), end=date(2020, 1, 1))
    with pytest.raises(Refused):
        begin_plan(
            centre=world.own, title="План", span="school", year=2025, association=found, by=actor(world, "teacher")
        )


@pytest.mark.parametrize("strange", ["0", "x", "9" * 25])
def test_a_plan_is_begun_of_no_association_that_is_none(world: World, as_: Any, strange: str) -> None:
    assert as_("coordinator").get(reverse("planning:plan_new"), {"association": strange}).status_code == 404


def test_an_association_has_its_name_alone_and_is_closed(world: World) -> None:
    found = association(world)
    with pytest.raises(Invalid):
        association(world)
    close_association(association=found, by=actor(world, "coordinator"))
    assert close_association(association=found, by=actor(world, "coordinator")).closed_on
    assert association(world).pk != found.pk
    with pytest.raises(Refused):
        save_association(
            association=None, centre=world.own, name="x", subject="", chair=None, members=(),
            by=actor(world, "foreign_coordinator"),
        )  # fmt: skip


def test_a_programme_on_paper_has_all_that_it_says_and_its_plans(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    plan = approved(world, open_lessons(content="Мастер-классы для учителей"))
    row = approved_programme(world, plan, draft(world, open_lessons(content="Черновик"), year=2026))
    address = reverse("documents:paper", kwargs={"kind": "programme", "pk": row.pk, "form": "docx"})
    text = words_of(as_("coordinator").get(address).content, "docx")
    for words in (
        "УТВЕРЖДЕНА", "решением методического совета", "№ 3", "ПРОГРАММА", "Пояснительная записка", "Рост учителей",
        "Одна", "Добровольность", "Консультации", "Маршруты учителей", "План работы на 2025/26", "Содержание работы",
        "Мастер-классы для учителей", "1 раз в четверть",
    ):  # fmt: skip
        assert squeezed(words) in text, words
    assert squeezed("Черновик") not in text
    assert as_("coordinator").get(address.replace("docx", "pdf")).content[:5] == b"%PDF-"
    assert as_("head").get(address).status_code == 404, "heads read the lines of plans that concern them"
    page = as_("head").get(reverse("planning:programme_detail", args=[row.pk])).content.decode()
    assert "/documents/" not in page


def test_who_leads_an_association_is_told_to_begin_and_finish_its_schedule(world: World) -> None:
    found, by = association(world), actor(world, "teacher")

    def waits() -> list[tuple[str, date | None]]:
        rows = Waiting.objects.filter(kind__startswith="planning.schedule", addressee=f"person:{by.person_id}")
        return list(rows.values_list("kind", "shows_from"))

    assert waits() == [("planning.schedule_new", None)]
    plan = begin_plan(centre=world.own, title="План-график", span="school", year=2025, association=found, by=by)
    assert waits() == [("planning.schedule_draft", None)]
    add_items(plan=plan, rows=[open_lessons()], by=by)
    approve_plan(plan=plan, by=actor(world, "coordinator"), **ACT)
    assert waits() == [("planning.schedule_new", date(2026, 8, 15))]
    close_association(association=found, by=actor(world, "coordinator"))
    assert waits() == []


def test_a_teacher_reaches_the_plans_of_the_association(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    found = association(world)
    page = as_("teacher").get("/").content.decode()
    assert reverse("planning:association_detail", args=[found.pk]) in page, "on the desk"
    assert f'href="{reverse("planning:board")}"' in page, "under the name"
    board = as_("teacher").get(reverse("planning:board")).content.decode()
    assert reverse("planning:association_list") in board
    assert reverse("planning:programme_list") not in board


def test_at_a_school_a_tutor_has_a_programme_and_a_plan_of_their_own_approved_by_the_head(client: Client) -> None:
    centre, head = school_centre()
    account = make_member(centre, Role.TUTOR)
    by = actor_of(account)
    client.force_login(account)
    told = {"title": "Программа тьютора", "first": "2025", "last": "2026", "aim": "Рост учителей", "tasks": "Одна"}
    client.post(reverse("planning:programme_new"), told)
    row = Programme.objects.get()
    assert (row.owner_id, row.centre) == (by.person_id, centre)
    said = {"period": f"school-{this_year()}", "title": "План тьютора", "start": "regulation"}
    client.post(f"{reverse('planning:plan_new')}?programme={row.pk}&own=1", said)
    plan = row.plans.get()
    assert plan.owner_id == by.person_id
    assert plan.items.exists()
    plan.items.filter(term="asked").update(term="later")
    address = reverse("documents:paper", kwargs={"kind": "programme", "pk": row.pk, "form": "docx"})
    assert squeezed("Содержание работы") not in words_of(client.get(address).content, "docx"), "a draft is private"
    with pytest.raises(Refused):
        approve_programme(programme=row, by=by, **ACT)
    approve_programme(programme=row, by=head, **ACT)
    propose_plan(plan=plan, by=by)
    approve_plan(plan=plan, by=head, **ACT)
    text = words_of(client.get(address).content, "docx")
    for words in ("УТВЕРЖДЕНА", "Рост учителей", "План работы на", "Содержание работы", "Тьютор"):
        assert squeezed(words) in text, words
    other = make_member(centre, Role.TUTOR)
    client.force_login(other)
    assert client.get(address).status_code == 404, "another tutor's own programme"
