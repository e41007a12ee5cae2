"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.routes.models import (
    Agreement,
    GroupInvitation,
    ItemComment,
    ItemEvidence,
    LearningRequest,
    LearningRoute,
    ReflectionEntry,
    RouteItem,
    SupportNeed,
    TeacherCategory,
    TutorSupport,
)
from traektoria.routes.route import fields


def support_of(person_id: int) -> dict[str, Any]:
    """Supports, requests, routes with their items, and everything that the person wrote, attached or agreed to.

    Of the routes those that the person works on as a tutor or a consented teacher. What others wrote is theirs.
    """
    member = Q(members__person=person_id)
    supports = TutorSupport.objects.filter(Q(tutor=person_id) | member).distinct()
    works = Q(support__tutor=person_id) | Q(
        support__members__person=person_id, support__members__consented_at__isnull=False
    )
    routes = LearningRoute.objects.filter(works).distinct().prefetch_related("items")
    own = {"person": person_id}
    needs = SupportNeed.objects.filter(Q(asked_by=person_id) | Q(teachers=person_id)).distinct()
    return {
        "supports": list(supports.values("kind", "name", "subject", "basis", "basis_note", "start", "end", "state")),
        "needs": [_need(need, person_id) for need in needs.select_related("school")],
        "requests": list(LearningRequest.objects.filter(**own).values("text", "created_at")),
        "routes": [_route(route) for route in routes],
        "group_invitations": list(
            GroupInvitation.objects.filter(**own).values(
                "call__topics", "call__created_at", "accepted_at", "declined_at"
            )
        ),
        "categories": list(
            TeacherCategory.objects.filter(**own).values("title", "proposed_at", "agreed_at", "declined_at")
        ),
        "agreements": list(
            Agreement.objects.filter(**own).values("version__route__title", "version__number", "agreed", "reason")
        ),
        "reflections": list(ReflectionEntry.objects.filter(**own).values("text", "shared_at", "created_at")),
        "comments": list(ItemComment.objects.filter(**own).values("item__task", "text", "created_at")),
        "evidence": list(
            ItemEvidence.objects.filter(**own).values("item__task", "file_name", "link", "note", "created_at")
        ),
    }


def _need(need: SupportNeed, person_id: int) -> dict[str, Any]:
    """A request for a tutor; its words are of who asked."""
    own = need.asked_by_id == person_id
    facts = {"subject": need.subject, "basis": need.basis, "state": need.state, "created_at": need.created_at}
    school = need.school.name if need.school else ""
    return {**facts, "asked_by_me": own, "school": school, "text": need.text if own else ""}


def _route(route: LearningRoute) -> dict[str, Any]:
    return {
        "title": route.title,
        "goals": route.goals,
        "start": route.start,
        "end": route.end,
        "state": route.state,
        "conclusion": route.conclusion,
        "items": [_item(item) for item in route.items.all()],
    }


def _item(item: RouteItem) -> dict[str, Any]:
    plan = {one.name: getattr(item, one.name) for one in fields.ITEM if one.exported}
    return {**plan, "state": item.state, "done_at": item.done_at}


LABEL = gettext_lazy("supports, requests, routes, and what you wrote and attached there")
personal_data.add(PersonalData("routes", 30, LABEL, support_of))
