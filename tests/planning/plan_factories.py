"""Work plans, for tests of the room."""

from datetime import date
from typing import Any

from tests.routes.route_factories import actor
from tests.world import World
from traektoria.planning.models import ItemOccurrence, PlanItem, Programme, WorkPlan
from traektoria.planning.plans.actions.approving import approve_plan
from traektoria.planning.plans.actions.writing import ProposedItem, add_items, begin_plan
from traektoria.planning.programmes.actions import Written, approve_programme, begin_programme

ACT: dict[str, Any] = {"act": "решением методического совета", "number": "3", "day": date(2020, 9, 1)}


def draft(world: World, *rows: ProposedItem, year: int = 2025, by: str = "coordinator", **facts: Any) -> WorkPlan:
    """A plan of the centre of ``by`` for a school year, with these rows or one a quarter."""
    said = {"title": "План работы", "span": "school", "year": year, "own": by.endswith("tutor"), **facts}
    centre = world.foreign if by.startswith("foreign") else world.own
    plan = begin_plan(centre=centre, by=actor(world, by), **said)
    add_items(plan=plan, rows=rows or (open_lessons(),), by=actor(world, by))
    return plan


def open_lessons(**facts: Any) -> ProposedItem:
    """Due in each quarter."""
    return ProposedItem(**{"content": "Открытые уроки", "phrase": "1 раз в четверть", "who": "тьюторы", **facts})


def approved(world: World, *rows: ProposedItem, by: str = "coordinator", **facts: Any) -> WorkPlan:
    plan = draft(world, *rows, by=by, **facts)
    approver = "foreign_coordinator" if by.startswith("foreign") else "coordinator"
    return approve_plan(plan=plan, by=actor(world, approver), **ACT)


def first_item(plan: WorkPlan) -> PlanItem:
    return plan.items.order_by("position")[0]


def times(item: PlanItem) -> list[ItemOccurrence]:
    return list(item.occurrences.order_by("due", "start", "number", "pk"))


def approved_programme(world: World, *plans: WorkPlan) -> Programme:
    """Of the centre, with the work plans that carry it out."""
    by = actor(world, "coordinator")
    said = Written(
        "Программа тьюторского пункта", 2025, 2026, note="Пояснение", aim="Рост учителей", tasks="Одна\nДве",
        principles="Добровольность", sections="Консультации", results="Маршруты учителей",
    )  # fmt: skip
    made = begin_programme(centre=world.own, own=False, written=said, by=by)
    for plan in plans:
        plan.programme = made
        plan.save(update_fields=["programme"])
    return approve_programme(programme=made, by=by, **ACT)
