"""Models of the room, by sub-room; inside the room each is imported from its own."""

from traektoria.planning.associations.models import Association
from traektoria.planning.audits.models import (
    Audit,
    AuditAnswer,
    AuditAuditor,
    AuditFile,
    Checklist,
    ChecklistVersion,
    Finding,
    FindingReply,
)
from traektoria.planning.fulfilment.models import Deed, DeedFile, Suggestion
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.lessons.models import LessonCalendar
from traektoria.planning.plans.models import (
    ItemOccurrence,
    ItemResponsible,
    PlanHeading,
    PlanItem,
    PlanRevision,
    WorkPlan,
)
from traektoria.planning.programmes.models import Programme, ProgrammeRevision
from traektoria.planning.selfcards.models import CardRemark, SelfCard

__all__ = [
    "Association",
    "Audit",
    "AuditAnswer",
    "AuditAuditor",
    "AuditFile",
    "CardRemark",
    "Checklist",
    "ChecklistVersion",
    "Deed",
    "DeedFile",
    "Finding",
    "FindingReply",
    "ItemOccurrence",
    "ItemResponsible",
    "LessonCalendar",
    "PlanHeading",
    "PlanImport",
    "PlanItem",
    "PlanRevision",
    "Programme",
    "ProgrammeRevision",
    "SelfCard",
    "Suggestion",
    "WorkPlan",
]
