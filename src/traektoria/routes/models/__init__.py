"""Tutor support, the learning request, the learning route with its items, versions, agreements and reflection."""

from traektoria.routes.categories.models import TeacherCategory
from traektoria.routes.groups.models import GroupCall, GroupInvitation
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.route.models import (
    Agreement,
    DeficitOutcome,
    ItemComment,
    ItemEvidence,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    RouteVersion,
)
from traektoria.routes.tutees.models import LearningRequest, SupportMember, TutorSupport

__all__ = [
    "Agreement",
    "DeficitOutcome",
    "GroupCall",
    "GroupInvitation",
    "ItemComment",
    "ItemEvidence",
    "LearningRequest",
    "LearningRoute",
    "ReflectionEntry",
    "RouteItem",
    "RouteVersion",
    "SupportMember",
    "SupportNeed",
    "TeacherCategory",
    "TutorSupport",
]
