"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.planning.models import (
    Association,
    Deed,
    ItemResponsible,
    PlanRevision,
    Programme,
    ProgrammeRevision,
    WorkPlan,
)


def plans_of(person_id: int) -> dict[str, Any]:
    """Own plans, items that the person answers for, what they wrote down and amended."""
    own = WorkPlan.objects.filter(owner=person_id).order_by("pk")
    duties = ItemResponsible.objects.filter(person=person_id).order_by("pk")
    deeds = Deed.objects.filter(by=person_id).order_by("pk")
    amended = PlanRevision.objects.filter(by=person_id).order_by("pk")
    approved = WorkPlan.objects.filter(approved_by=person_id).order_by("pk")
    led = Association.objects.filter(chair=person_id).order_by("pk")
    member = Association.objects.filter(members=person_id).order_by("pk")
    programmes = Programme.objects.filter(owner=person_id).order_by("pk")
    changes = ProgrammeRevision.objects.filter(by=person_id).order_by("pk")
    return {
        "associations_led": list(led.values("name", "subject", "closed_on")),
        "associations": list(member.values("name", "subject", "closed_on")),
        "own_programmes": list(programmes.values("title", "first", "last", "aim", "tasks", "results", "note")),
        "changes_of_programmes": list(changes.values("programme__title", "number", "reason", "at")),
        "own_plans": list(own.values("title", "span", "year", "state", "act", "act_number", "act_day")),
        "duties": list(duties.values("item__plan__title", "item__number", "item__content", "item__phrase")),
        "written_down": list(deeds.values("what", "day", "note", "link", "at", "undone_at", "undone_why")),
        "amendments": list(amended.values("plan__title", "number", "reason", "day")),
        "approved": list(approved.values("title", "act", "act_number", "act_day", "approved_at")),
    }


personal_data.add(
    PersonalData("planning", 36, gettext_lazy("plans, duties by them, and what was written down as done"), plans_of)
)
