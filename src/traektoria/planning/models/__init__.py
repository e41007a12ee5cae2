"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.planning.associations.models import Association
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
from traektoria.planning.programmes.models import Programme, ProgrammeRevision

__all__ = [
    "Association",
    "Deed",
    "ItemOccurrence",
    "ItemResponsible",
    "PlanHeading",
    "PlanImport",
    "PlanItem",
    "PlanRevision",
    "Programme",
    "ProgrammeRevision",
    "Suggestion",
    "WorkPlan",
]
