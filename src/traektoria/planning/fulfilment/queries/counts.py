"""How much happened for items that have no times: on request, constantly."""

from collections.abc import Iterable
from typing import Any

from traektoria.planning.facts.registry import FactKind
from traektoria.planning.plans.actions.dating import today_in, window_of
from traektoria.planning.plans.models import PlanItem


def facts_in(item: PlanItem, kinds: Iterable[FactKind]) -> list[tuple[Any, int]]:
    """Label and number of facts in the days of the plan until today; of a tutor's own plan, of this tutor. A query a
    kind, and one."""
    wanted = list(kinds)
    if not wanted:
        return []
    plan = item.plan
    days, today = window_of(plan), today_in(plan)
    last = min(days.latest, today)
    return [
        (kind.label, sum(plan.owner_id in (None, fact.by) for fact in kind.between(plan.centre_id, days.first, last)))
        for kind in wanted
    ]
