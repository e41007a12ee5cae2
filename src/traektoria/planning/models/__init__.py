"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.planning.fulfilment.models import Deed, Suggestion
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.plans.models import (
    ItemOccurrence,
    ItemResponsible,
    PlanHeading,
    PlanItem,
    PlanRevision,
    WorkPlan,
)

__all__ = [
    "Deed",
    "ItemOccurrence",
    "ItemResponsible",
    "PlanHeading",
    "PlanImport",
    "PlanItem",
    "PlanRevision",
    "Suggestion",
    "WorkPlan",
]
