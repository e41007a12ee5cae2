"""What sub-rooms to the left do when times of items have been made anew, or begin to run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from traektoria.core.registries import Registry
from traektoria.planning.plans.models import PlanItem, WorkPlan


@dataclass(frozen=True)
class AfterDating:
    """``settle(plan, items)`` runs in the transaction of the act, under the lock of the plan."""

    slug: str
    order: int
    settle: Callable[[WorkPlan, Sequence[PlanItem]], None]


after_dating: Final[Registry[AfterDating]] = Registry("after dating")


def settle_dated(plan: WorkPlan, items: Sequence[PlanItem]) -> None:
    for each in after_dating:
        each.settle(plan, items)
