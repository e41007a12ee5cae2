"""Writes of the regulation: drafts, parts, criteria, approval; what is approved is never changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.world import World
from traektoria.core.errors import Conflict, DomainError, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.core.shared_forms import stamp
from traektoria.organisations.models import Regulation
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations import actions, draft_content
from traektoria.people.actor import Actor, actor_of

today = timezone.localdate


@pytest.fixture
def by(world: World) -> Actor:
    return actor_of(world.accounts["coordinator"])


@pytest.fixture
def draft(world: World, by: Actor) -> Regulation:
    return actions.begin_draft(centre=world.own, by=by)


def approve(draft: Regulation, by: Actor, **changes: Any) -> Regulation:
    return actions.approve_draft(**{"regulation": draft, "start": today(), "basis": "Приказ № 1", "by": by} | changes)


def retitled(draft: Regulation, by: Actor, title: str = "Новое название") -> Regulation:
    return draft_content.save_part(regulation=draft, path=["about"], values={"title": title}, by=by)


def test_a_draft_is_begun_once_from_the_last_approved(world: World, draft: Regulation, by: Actor) -> None:
    assert actions.begin_draft(centre=world.own, by=by) == draft
    assert (draft.number, draft.content) == (2, world.own.regulations.get(number=1).content)
    assert AuditEvent.objects.filter(event="regulation.begin").count() == 1


@pytest.mark.parametrize("viewer", ["foreign_coordinator", "tutor", "administrator"])
def test_only_the_coordinator_of_the_centre_writes(world: World, draft: Regulation, viewer: str) -> None:
    stranger = actor_of(world.accounts[viewer])
    for attempt in (
        lambda: actions.begin_draft(centre=world.own, by=stranger),
        lambda: retitled(draft, stranger),
        lambda: approve(draft, stranger),
        lambda: actions.discard_draft(regulation=draft, by=stranger),
        lambda: actions.restart_draft(regulation=draft, name="balta", by=stranger),
        lambda: draft_content.remove_criterion(regulation=draft, slug="status", by=stranger),
    ):
        with pytest.raises(Refused):
            attempt()


def test_what_is_approved_is_never_changed(draft: Regulation, by: Actor) -> None:
    retitled(draft, by)
    version = approve(draft, by)
    before = Regulation.objects.get(pk=version.pk).content
    for attempt in (
        lambda: retitled(version, by, "Ещё одно"),
        lambda: actions.discard_draft(regulation=version, by=by),
        lambda: actions.restart_draft(regulation=version, name="balta", by=by),
        lambda: approve(version, by, start=today() + timedelta(1)),
        lambda: draft_content.save_criterion(regulation=version, slug="status", values={"title": "А"}, by=by),
        lambda: draft_content.move_criterion(regulation=version, slug="status", step=1, by=by),
        lambda: draft_content.archive_criterion(regulation=version, slug="higher_education", archived=True, by=by),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert Regulation.objects.get(pk=version.pk).content == before


def test_approval_twice_is_once(draft: Regulation, by: Actor) -> None:
    assert approve(draft, by) == approve(draft, by)
    assert AuditEvent.objects.filter(event="regulation.approve", object_id=draft.pk).count() == 1


def test_a_version_waits_for_its_day_and_what_was_is_not_rewritten(world: World, draft: Regulation, by: Actor) -> None:
    retitled(draft, by)
    tomorrow = today() + timedelta(1)
    approve(draft, by, start=tomorrow, reason="Новый приказ")
    first = world.own.regulations.get(number=1)
    assert regulation_in_force(world.own.pk) == first
    assert regulation_in_force(world.own.pk, tomorrow) == draft
    assert "Новое" not in first.content["about"]["title"]
    third = actions.begin_draft(centre=world.own, by=by)
    assert third.content["about"]["title"] == "Новое название"
    with pytest.raises(Invalid) as refusal:
        approve(third, by)
    assert refusal.value.code == "before_latest"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"start": date(2020, 1, 1)}, "past"), ({"basis": "  "}, "no_basis"), ({"seen": "другое"}, "changed")],
)
def test_approval_refuses(draft: Regulation, by: Actor, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        approve(draft, by, **changes)
    assert refusal.value.code == code


def test_a_draft_changed_since_it_was_checked_is_not_approved(draft: Regulation, by: Actor) -> None:
    seen = stamp(draft.content)
    retitled(draft, by)
    with pytest.raises(Conflict):
        approve(draft, by, seen=seen)
    assert approve(draft, by, seen=stamp(Regulation.objects.get(pk=draft.pk).content)).number == 2


def test_rows_in_force_are_not_lost_in_a_draft_nor_at_approval(draft: Regulation, by: Actor) -> None:
    fewer = draft.content["directions"][1:]
    with pytest.raises(Invalid) as refusal:
        draft_content.save_part(regulation=draft, path=[], values={"directions": fewer}, by=by)
    assert refusal.value.code == "rows_lost"
    with pytest.raises(Invalid):
        draft_content.remove_criterion(regulation=draft, slug="higher_education", by=by)
    Regulation.objects.filter(pk=draft.pk).update(content={**draft.content, "directions": fewer})
    with pytest.raises(Invalid) as at_approval:
        approve(draft, by)
    assert at_approval.value.code == "rows_lost"


def test_a_mistake_names_its_place(draft: Regulation, by: Actor) -> None:
    with pytest.raises(actions.NotARegulation) as refusal:
        draft_content.save_part(regulation=draft, path=["support"], values={"stages": []}, by=by)
    assert refusal.value.problems[0].path == ("support", "stages")
    assert refusal.value.problems[0].place


def test_a_run_of_edits_is_one_event(draft: Regulation, by: Actor) -> None:
    for title in ("А", "Б", "Б"):
        retitled(draft, by, title)
    assert AuditEvent.objects.filter(event="regulation.edit").count() == 1


def test_a_meanwhile_change_is_said_with_what_stands_now(draft: Regulation, by: Actor) -> None:
    seen = stamp({"title": draft.content["about"]["title"]})
    retitled(draft, by)
    with pytest.raises(draft_content.ChangedMeanwhile) as meanwhile:
        draft_content.save_part(regulation=draft, path=["about"], values={"title": "Моё"}, seen=seen, by=by)
    assert meanwhile.value.seen == stamp({"title": "Новое название"})


def test_criteria_go_between_groups_into_the_archive_and_back(draft: Regulation, by: Actor) -> None:
    group = {"kind": "group", "slug": "c1", "title": "Одно из двух", "rule": "any", "number": 1, "of": []}
    draft_content.add_criterion(regulation=draft, group="status", node=group, by=by)
    draft_content.place_criterion(regulation=draft, slug="higher_education", group="c1", by=by)
    draft_content.archive_criterion(regulation=draft, slug="higher_education", archived=True, by=by)
    last = Regulation.objects.get(pk=draft.pk).content["status"]["criteria"]["of"][-1]
    assert [(one["slug"], one["archived"]) for one in last["of"]] == [("higher_education", True)]
    draft_content.archive_criterion(regulation=draft, slug="higher_education", archived=False, by=by)
    for attempt, code in (
        (lambda: draft_content.place_criterion(regulation=draft, slug="c1", group="c1", by=by), "into_itself"),
        (lambda: draft_content.archive_criterion(regulation=draft, slug="status", archived=True, by=by), "root"),
        (lambda: draft_content.move_criterion(regulation=draft, slug="нет", step=1, by=by), "criterion_gone"),
        (lambda: draft_content.remove_criterion(regulation=draft, slug="c1", by=by), "rows_lost"),
    ):
        with pytest.raises(DomainError) as refusal:
            attempt()
        assert refusal.value.code == code


def test_the_same_new_criterion_is_once_and_another_gets_another_slug(draft: Regulation, by: Actor) -> None:
    node = {"kind": "document", "slug": "c1", "title": "Рекомендация", "document": "other"}
    for title in ("Рекомендация", "Рекомендация", "Портфолио"):
        draft_content.add_criterion(regulation=draft, group="status", node={**node, "title": title}, by=by)
    below = Regulation.objects.get(pk=draft.pk).content["status"]["criteria"]["of"]
    assert [(one["slug"], one["title"]) for one in below[-2:]] == [("c1", "Рекомендация"), ("c2", "Портфолио")]


def test_restart_keeps_what_was_in_force_as_archived(draft: Regulation, by: Actor) -> None:
    restarted = actions.restart_draft(regulation=draft, name="balta", by=by)
    below = {one["slug"]: one["archived"] for one in restarted.content["status"]["criteria"]["of"]}
    assert below["region_service"]
    assert not below["higher_education"]
    assert approve(draft, by).preset == "balta"


def test_a_discarded_draft_is_gone_for_others_too(draft: Regulation, by: Actor) -> None:
    actions.discard_draft(regulation=draft, by=by)
    with pytest.raises(Conflict) as refusal:
        retitled(draft, by)
    assert refusal.value.code == "draft_gone"
