"""Who plans audits, who fills them, who reads them, who answers for a school."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates
from traektoria.planning.audits.models import Audit, Finding
from traektoria.planning.lessons.models import LessonCalendar

AUDITORS = (Role.COORDINATOR, Role.TUTOR, *HEADS)
"""Who may be one: the community of tutors, methodists, heads and deputy heads of other schools."""
READ = AUDITORS


def check_plan(actor: Actor, centre_id: int) -> None:
    """Plan and cancel audits, write checklists."""
    check_coordinates(actor, centre_id, _("Audits are planned by the coordinator of the centre."))


def check_begin(actor: Actor, centre_id: int) -> None:
    """Audit a school without an appointment: that is not done to a neighbour by the head of another school."""
    if not actor.has(centre_id, Role.COORDINATOR, Role.TUTOR):
        raise Refused(
            _("Without an appointment audits are begun by the coordinator and the tutors of the centre."),
            code="not_an_auditor",
        )


def is_auditor(actor: Actor, audit: Audit) -> bool:
    """By name, as long as some role is held in the centre and none at the head of the school itself. Reads the
    prefetched ``auditors``."""
    if actor.person_id is None or not actor.has(audit.centre_id, *AUDITORS):
        return False
    if heads_school(actor, audit.centre_id, audit.school_id):
        return False
    return any(row.person_id == actor.person_id for row in audit.auditors.all())


def check_fill(actor: Actor, audit: Audit) -> None:
    """Give answers and sign."""
    if not is_auditor(actor, audit):
        raise Refused(_("An audit is filled and signed by its auditors."), code="not_an_auditor")


def heads_school(actor: Actor, centre_id: int, school_id: int) -> bool:
    return any(
        grant.role in HEADS and (grant.centre_id, grant.school_id) == (centre_id, school_id) for grant in actor.grants
    )


def check_reply(actor: Actor, audit: Audit) -> None:
    """Say what the school thinks of findings."""
    if not heads_school(actor, audit.centre_id, audit.school_id):
        raise Refused(_("The head and deputy heads of the school answer for it."), code="not_the_head")


def hears_of(actor: Actor, audit: Audit) -> bool:
    """Letters go to the auditors, the school and the coordinators."""
    keeps = actor.has(audit.centre_id, Role.COORDINATOR)
    return keeps or is_auditor(actor, audit) or heads_school(actor, audit.centre_id, audit.school_id)


def reads_answers(actor: Actor, audit: Audit) -> bool:
    """The school reads what was signed, never a draft."""
    if actor.has(audit.centre_id, Role.COORDINATOR) or is_auditor(actor, audit):
        return True
    return audit.is_signed and heads_school(actor, audit.centre_id, audit.school_id)


def check_bring(actor: Actor, audit: Audit) -> None:
    """Bring a lesson calendar: the auditors, and the school beforehand."""
    if not is_auditor(actor, audit) and not heads_school(actor, audit.centre_id, audit.school_id):
        raise Refused(
            _("Lesson calendars are brought by the auditors and by the heads of the school."), code="not_of_the_audit"
        )


def reads_calendar(actor: Actor, audit: Audit, *, by_school: bool) -> bool:
    """The school reads at once what it has brought, and with the signed act what the auditors have."""
    if reads_answers(actor, audit):
        return True
    return by_school and heads_school(actor, audit.centre_id, audit.school_id)


def check_drop_calendar(actor: Actor, audit: Audit, calendar: LessonCalendar) -> None:
    """Whose side has brought it."""
    check_bring(actor, audit)
    if calendar.by_school != heads_school(actor, audit.centre_id, audit.school_id):
        raise Refused(_("A lesson calendar is taken away by those who have brought it."), code="not_yours")


def check_close(actor: Actor, finding: Finding) -> None:
    """Say that a finding is mended, or withdraw it."""
    if not actor.has(finding.audit.centre_id, Role.COORDINATOR) and not is_auditor(actor, finding.audit):
        raise Refused(
            _("Whether a finding is mended is said by the auditors and the coordinator."), code="not_an_auditor"
        )


can_plan = twin(check_plan)
can_begin = twin(check_begin)
can_fill = twin(check_fill)
can_reply = twin(check_reply)
can_close = twin(check_close)
can_bring = twin(check_bring)
can_drop_calendar = twin(check_drop_calendar)
