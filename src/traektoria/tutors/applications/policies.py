"""When something may be done with an application. Each check raises ``Conflict`` with a humane sentence."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict
from traektoria.core.kept_files import FileRule
from traektoria.core.typography import ru_day
from traektoria.engines.criteria import Truth
from traektoria.organisations.regulations.schema import Procedure
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import OPEN, Application
from traektoria.tutors.applications.queries.checklist import Checklist
from traektoria.tutors.statuses.enums import StatusState
from traektoria.tutors.statuses.models import TutorStatus

S = ApplicationState
WRITABLE = (S.DRAFT, S.RETURNED)
CHECKABLE = (S.SUBMITTED, S.APPEALED)
RETURNABLE = (S.SUBMITTED,)
FILES: Final = FileRule(or_link=True)


def check_writable(application: Application) -> None:
    """The candidate fills in a draft, or completes what was returned."""
    if application.state == S.NOMINATED:
        raise Conflict(_("First say whether you agree to the nomination."), code="not_consented")
    if application.state not in WRITABLE:
        raise Conflict(_("The application is handed in: it is not changed now."), code="handed_in")


def check_checkable(application: Application) -> None:
    if application.state not in CHECKABLE:
        raise Conflict(_("Criteria are checked while the application waits for the check."), code="not_to_check")


def check_returnable(application: Application) -> None:
    """While it waits for the check. What is admitted is the commission's: it goes back from the session, where the
    item is postponed with it, and never past a vote."""
    if application.state not in RETURNABLE:
        raise Conflict(
            _("What waits for the check is returned here; what is on the agenda goes back from the session."),
            code="not_returnable",
        )


def check_complete(found: Checklist, subjects: list[str]) -> None:
    """Everything that the candidate can show or say is there. A service that is too short is no gap in the papers."""
    left = [row.leaf.title for row in found.left if not row.is_threshold]
    if not subjects:
        left.insert(0, _("subjects in which you will support colleagues"))
    if left:
        raise Conflict(_("Still to fill in: %(what)s.") % {"what": "; ".join(left)}, code="incomplete")


def check_all_checked(found: Checklist) -> None:
    if found.unchecked:
        titles = "; ".join(row.leaf.title for row in found.unchecked)
        raise Conflict(_("Not checked yet: %(what)s.") % {"what": titles}, code="unchecked")


def check_requirements(found: Checklist, procedure: Procedure) -> None:
    """Where no commission weighs, unmet requirements close the way."""
    if procedure != Procedure.COMMISSION and found.root.finding != Truth.MET:
        titles = "; ".join(row.leaf.title for row in found.missing)
        raise Conflict(_("The requirements of the regulation are not met: %(what)s.") % {"what": titles}, code="unmet")


def needs_reason(found: Checklist) -> bool:
    """Admitting against what was found is the commission's affair and is explained."""
    return found.root.finding == Truth.NOT_MET


def check_appealable(application: Application, until: date | None, today: date) -> None:
    if until is not None and today > until:
        raise Conflict(_("The term of the appeal ended on %(day)s.") % {"day": ru_day(until)}, code="too_late")
    others = Application.objects.filter(
        person=application.person_id, centre=application.centre_id, state__in=OPEN
    ).exclude(pk=application.pk)
    if others.exists():
        raise Conflict(_("You have another open application: withdraw it first."), code="another_is_open")


def check_may_begin(status: TutorStatus | None, opens: date | None, today: date, *, renewable: bool) -> None:
    """Who is a tutor now asks for a renewal, where the regulation has one, and not long before the term ends."""
    if status is None or status.state == StatusState.ENDED:
        return
    if not renewable:
        raise Conflict(_("The regulation does not renew the status: apply anew after its end."), code="not_renewable")
    if status.state == StatusState.SUSPENDED:
        raise Conflict(_("Your status is suspended. Talk to the coordinator of the centre."), code="suspended")
    if opens is None:
        raise Conflict(_("You are a tutor already, without a term: there is nothing to renew."), code="no_term")
    if today < opens:
        raise Conflict(
            _("You are a tutor already. A renewal can be asked for from %(day)s.") % {"day": ru_day(opens)},
            code="too_early",
        )
