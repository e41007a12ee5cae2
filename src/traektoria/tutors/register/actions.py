"""Two other ways to a status: entry into a community, and an earlier paper that the coordinator writes down."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.text import squash
from traektoria.core.workflow import move
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Procedure
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person
from traektoria.people.status_roles import hold_role
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.permissions import check_considers
from traektoria.tutors.applications.workflow import application_workflow
from traektoria.tutors.orders.queries import missing_of
from traektoria.tutors.profiles.actions import ensure_profile
from traektoria.tutors.profiles.permissions import keeps_centre
from traektoria.tutors.statuses.actions.statuses import grant_status
from traektoria.tutors.statuses.enums import BasisKind
from traektoria.tutors.statuses.models import StatusTerm, TutorStatus


@transaction.atomic
def enter_in_community(*, application: Application, start: date, by: Actor) -> TutorStatus:
    """Enter an admitted applicant in the list of a community that one joins by one's own will.

    Side effects: the application is granted, the status and the role begin. Raises ``Refused``; ``Conflict``: another
    procedure, not admitted (so a second press changes nothing), requirements not met (named).
    """
    check_considers(by, application)
    if rules_of(application.regulation).status.procedure != Procedure.VOLUNTARY:
        raise Conflict(_("By the regulation one does not become a tutor here by entry."), code="another_procedure")
    lacking = missing_of(application) if application.state == ApplicationState.ADMITTED else None
    if lacking is not None:
        raise Conflict(
            _("The entry can't be made: not all requirements are met. Missing: %(what)s.")
            % {"what": "; ".join(lacking)},
            code="requirements_not_met",
        )
    with translation.override("ru"):
        note = _("entry of %(day)s in the list of the community") % {"day": f"{timezone.localdate():%d.%m.%Y}"}
    changes = {"decided_at": timezone.now(), "decision_note": note}
    granted = move(application_workflow, application, "grant", by=by, changes=changes)
    return grant_status(application=granted, basis=BasisKind.ENTRY, basis_text=note, start=start, by=by)


@transaction.atomic
def enter_earlier(
    *, person: Person, centre: TutorCentre, basis_text: str, start: date, end: date | None, by: Actor
) -> TutorStatus:
    """Write down the paper that an earlier tutor's status rests on. Their role then lasts as long as the status.

    Raises ``Refused`` (does not keep the centre), ``Invalid`` (dates), ``Conflict`` (a status is there already).
    """
    if not keeps_centre(by, centre):
        raise Refused(_("Statuses of tutors are kept by the coordinator of the centre."), code="keeps_no_statuses")
    if end and end < start:
        raise Invalid(_("The term ends before it begins."), code="dates_swapped")
    status = _earlier(person, centre, start, end)
    StatusTerm.objects.create(
        status=status, start=start, end=end, basis=BasisKind.EARLIER, basis_text=squash(basis_text)[:300]
    )
    hold_role(person=person, centre=centre, role=Role.TUTOR, start=start, end=end, by=by)
    ensure_profile(person=person, centre=centre, subjects=[])
    audit.record("tutor_status.earlier", status, by=by)
    return status


def _earlier(person: Person, centre: TutorCentre, start: date, end: date | None) -> TutorStatus:
    try:
        with transaction.atomic():
            return TutorStatus.objects.create(
                person=person, centre=centre, regulation=regulation_in_force(centre.pk), start=start, end=end
            )
    except IntegrityError as error:
        raise Conflict(
            _("%(name)s is a tutor of this centre already.") % {"name": person.short_name}, code="status_taken"
        ) from error
