"""The whole plans of two districts from the text of their papers, as they are, into living ones of a year whose
quarters are published: fixed dates of 2020 are asked about, everything else is dated."""

from typing import Any

import pytest

from tests.planning.imports.table_factories import empty_plan
from tests.planning.plan_factories import draft
from tests.routes.route_factories import actor
from tests.shared import SHARED
from tests.world import World
from traektoria.planning.imports.actions import keep_import, take_import
from traektoria.planning.models import PlanItem, WorkPlan
from traektoria.planning.plans.enums import TermState

pytestmark = pytest.mark.django_db


def taken(world: World, plan: WorkPlan, name: str) -> list[PlanItem]:
    path = SHARED.parent / "seeds" / name
    if not path.exists():
        pytest.skip(f"no ../shared/seeds/{name} beside this clone")
    by = actor(world, "coordinator")
    take_import(draft=keep_import(plan=plan, source=path.read_bytes(), name=name, by=by), by=by)
    return list(plan.items.order_by("position"))


def roles(item: PlanItem) -> set[str]:
    return {row.role for row in item.responsible.all()}


def test_tbilisskaya(world: World) -> None:
    items = taken(world, empty_plan(world, year=2025), "tbilisskaya_consulting_point_2020.txt")
    assert [one.number for one in items] == [str(number) for number in range(1, 12)]
    assert [one.phrase for one in items if one.term == TermState.ASKED] == ["Декабрь 2020 года", "Январь 2021 года"]
    times = {one.number: one.occurrences.count() for one in items}
    assert {times[number] for number in ("6", "7")} == {1}
    assert {times[number] for number in ("3", "4", "5", "8")} == {4}
    assert all(times[number] > 1 for number in ("9", "10", "11")), times
    assert roles(items[0]) == {"coordinator", "head"}
    assert roles(items[8]) == {"tutor", "head", "deputy_head"}
    assert items[0].origin == "tbilisskaya_consulting_point_2020.txt, строка 90"


def test_gelendzhik(world: World) -> None:
    facts: dict[str, Any] = {"span": "calendar", "year": 2026}
    plan = draft(world, **facts)
    plan.items.all().delete()
    items = taken(world, plan, "gelendzhik_community_programme_2021.txt")
    assert [one.number for one in items] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "3.1", "3.2", "4.1"]
    assert [one.title for one in plan.headings.order_by("position")] == [
        "Обучающая и организационная деятельность", "Консультационная деятельность", "Экспертная деятельность",
        "Мониторинговая деятельность",
    ]  # fmt: skip
    assert [one.term for one in items] == [
        TermState.DATED if one.number == "1.2" else TermState.DATELESS for one in items
    ]
    assert items[1].occurrences.count() > 0
    assert {role for one in items for role in roles(one)} == {"tutor"}
