"""Several presses on one table for a plan at the same moment: it is taken once, or not at all."""

import pytest

from tests.acceptance.races import together
from tests.planning.imports.table_factories import read_table
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Conflict
from traektoria.planning.imports import actions
from traektoria.planning.imports.draft_rows import ROWS
from traektoria.planning.models import PlanImport, PlanItem, WorkPlan
from traektoria.planning.plans.actions.approving import discard_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_presses_take_it_once(own_world: World) -> None:
    table, by = read_table(own_world), actor(own_world, "coordinator")
    got = together(*[lambda: actions.take_import(draft=table, by=by)] * 4)
    assert [getattr(one, "taken", None) for one in got] == [3] * 4
    assert PlanItem.objects.filter(plan=table.plan).count() == 3


def test_taken_while_another_throws_it_away(own_world: World) -> None:
    table, by = read_table(own_world), actor(own_world, "coordinator")
    together(lambda: actions.take_import(draft=table, by=by), lambda: actions.drop_import(draft=table, by=by))
    assert PlanItem.objects.filter(plan=table.plan).count() in {0, 3}
    assert not PlanImport.objects.filter(taken_at=None).exists()


def test_taken_while_the_plan_is_thrown_away(own_world: World) -> None:
    table, by = read_table(own_world), actor(own_world, "coordinator")
    got = together(
        lambda: actions.take_import(draft=table, by=by),
        lambda: discard_plan(plan=WorkPlan.objects.get(pk=table.plan_id), by=by),
    )
    assert not WorkPlan.objects.filter(pk=table.plan_id).exists()
    assert isinstance(got[0], PlanImport | Conflict)
    assert not PlanItem.objects.exists()
    assert not PlanImport.objects.exists()


def test_two_people_correct_two_rows_and_both_stay(own_world: World) -> None:
    table, by = read_table(own_world), actor(own_world, "coordinator")
    together(*(lambda at=at: actions.leave_row(draft=table, number=at, out=True, by=by) for at in range(3)))  # type: ignore[misc]
    assert [row.left_out for row in ROWS.validate_python(PlanImport.objects.get().rows)] == [True] * 3


def test_the_same_table_sent_twice_is_kept_once(own_world: World) -> None:
    table, by = read_table(own_world), actor(own_world, "coordinator")
    together(
        *[lambda: actions.keep_import(plan=table.plan, text="Мероприятие\tСрок\nУрок\tмай", by=by, token=table.pk)] * 3
    )
    assert PlanImport.objects.count() == 1
