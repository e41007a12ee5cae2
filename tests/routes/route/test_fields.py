"""A field of a route's item is one line of ``routes.route.fields``: what is added there is everywhere."""

from copy import deepcopy
from dataclasses import replace

import pytest
from django import forms

from tests.routes.route_factories import actor, fresh, make_running
from tests.world import World
from traektoria.documents.card_contents import card_of
from traektoria.routes.personal_data import support_of
from traektoria.routes.route import fields
from traektoria.routes.route.actions.editing import edit_item, open_correction
from traektoria.routes.route.models import RouteItem
from traektoria.routes.route.queries.route import snapshot
from traektoria.routes.route.queries.versions import difference

NEW = fields.Field("cancel_reason", "Подвох", lambda: forms.CharField(label="Подвох", required=False))
"""A column of the row that the table does not know yet stands for one that somebody adds."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "ITEM", (*fields.ITEM, NEW))


def test_each_field_is_a_column_of_the_item_and_each_plan_says_it() -> None:
    columns = {one.attname for one in RouteItem._meta.concrete_fields}
    assert {one.name for one in fields.ITEM} <= columns
    state = {"id", "route_id", "state", "done_at", "cancel_reason", "pending", "correction", "removed_in"}
    assert columns - {one.name for one in fields.ITEM} == state


@pytest.mark.usefixtures("told")
def test_a_field_that_is_added_to_the_table_is_everywhere(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route, tutor = make_running(world), actor(world, "tutor")
    before, item = snapshot(route), route.items.all()[0]
    open_correction(route=route, by=tutor)
    form = as_("tutor").get(f"/support/items/{item.pk}/edit/").content.decode()
    assert 'name="cancel_reason"' in form
    edit_item(item=item, values={"cancel_reason": "Мало времени"}, by=tutor)
    route = fresh(route)
    after = snapshot(route, corrected=True)
    assert after["items"][0]["cancel_reason"] == "Мало времени"
    ((change,),) = [one.fields for one in difference(before, after).items]
    assert (change.label, change.old, change.new) == ("Подвох", "", "Мало времени")
    page = as_("tutor").get(f"/support/routes/{route.pk}/").content.decode()
    assert "Подвох: <del>—</del>" in page
    assert "Подвох: Мало времени" in page


def test_a_version_from_before_a_field_reads_as_one_that_left_it_empty(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = snapshot(make_running(world))
    old = deepcopy(new)
    monkeypatch.setattr(fields, "ITEM", (*fields.ITEM, replace(NEW, told_of_new=True)))
    new["items"][0]["cancel_reason"] = ""
    assert not difference(old, new)
    assert not difference(new, old)
    added = {**old, "items": [*old["items"], {**old["items"][0], "id": 0}]}
    (one,) = difference(old, added).items
    assert "Подвох" not in {change.label for change in one.fields}


def test_a_value_that_this_release_has_no_words_for_hides_no_other_change(world: World) -> None:
    old = snapshot(make_running(world))
    old["items"][0]["activity_kind"] = "of_an_earlier_release"
    new = deepcopy(old)
    new["items"][0]["task"] = "Другое задание"
    ((change,),) = [one.fields for one in difference(old, new).items]
    assert change.new == "Другое задание"


@pytest.mark.usefixtures("told")
def test_a_field_that_is_added_is_printed_and_taken_away(world: World) -> None:
    route = make_running(world)
    version = route.versions.get(number=route.version)
    version.snapshot["items"][0]["cancel_reason"] = "Мало времени"
    version.save(update_fields=["snapshot"])
    assert "Подвох: Мало времени" in card_of(fresh(route)).items[0].task
    person = route.support.members.all()[0].person_id
    assert all("cancel_reason" in item for one in support_of(person)["routes"] for item in one["items"])
