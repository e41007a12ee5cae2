"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.planning.models import (
    Association,
    Audit,
    AuditAnswer,
    AuditAuditor,
    AuditFile,
    CardRemark,
    ChecklistVersion,
    Deed,
    DeedFile,
    Finding,
    FindingReply,
    ItemResponsible,
    LessonCalendar,
    PlanRevision,
    Programme,
    ProgrammeRevision,
    SelfCard,
    WorkPlan,
)


def plans_of(person_id: int) -> dict[str, Any]:
    """Own plans, items that the person answers for, what they wrote down and amended."""
    own = WorkPlan.objects.filter(owner=person_id).order_by("pk")
    duties = ItemResponsible.objects.filter(person=person_id).order_by("pk")
    deeds = Deed.objects.filter(by=person_id).order_by("pk")
    files = DeedFile.objects.filter(by=person_id).order_by("pk")
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
        "files": list(files.values("name", "deed__what", "created_at")),
        "amendments": list(amended.values("plan__title", "number", "reason", "day")),
        "approved": list(approved.values("title", "act", "act_number", "act_day", "approved_at")),
    }


personal_data.add(
    PersonalData("planning", 36, gettext_lazy("plans, duties by them, and what was written down as done"), plans_of)
)


def audits_of(person_id: int) -> dict[str, Any]:
    """What the person planned, audited, signed, answered for a school."""
    audited = AuditAuditor.objects.filter(person=person_id).order_by("pk")
    planned = Audit.objects.filter(planned_by=person_id).order_by("pk")
    signed = Audit.objects.filter(signed_by=person_id).order_by("pk")
    read = Audit.objects.filter(read_by=person_id).order_by("pk")
    answers = AuditAnswer.objects.filter(by=person_id).order_by("pk")
    files = AuditFile.objects.filter(by=person_id).order_by("pk")
    replies = FindingReply.objects.filter(by=person_id).order_by("pk")
    closed = Finding.objects.filter(closed_by=person_id).order_by("pk")
    remarks = CardRemark.objects.filter(by=person_id).order_by("pk")
    cards = SelfCard.objects.filter(by=person_id).order_by("pk")
    calendars = LessonCalendar.objects.filter(by=person_id).order_by("pk")
    published = ChecklistVersion.objects.filter(published_by=person_id).order_by("pk")
    facts = ("title", "school__name", "day")
    return {
        "audited": list(audited.values("audit__title", "audit__school__name", "audit__day", "audit__state")),
        "planned": list(planned.values(*facts)),
        "signed": list(signed.values(*facts, "signed_at", "conclusion")),
        "read": list(read.values(*facts, "read_at")),
        "answers": list(answers.values("audit__title", "criterion", "verdict", "why", "note", "concerns", "said_at")),
        "files": list(files.values("audit__title", "name", "created_at")),
        "lesson_calendars": list(calendars.values("audit__title", "subject", "grade", "letter", "created_at")),
        "replies": list(replies.values("finding__title", "reply", "words", "at")),
        "closed": list(closed.values("title", "state", "closed_note", "closed_at")),
        "self_analysis_cards": list(cards.values("school__name", "number", "state", "created_at", "shared_at")),
        "remarks_to_self_analysis_cards": list(remarks.values("card__school__name", "words", "at")),
        "checklists_published": list(published.values("checklist__kind", "number", "published_at")),
    }


personal_data.add(
    PersonalData("planning.audits", 37, gettext_lazy("audits: planned, held, signed, answered"), audits_of)
)
