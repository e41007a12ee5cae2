"""A nomination is only a question: nothing is considered until the person who is nominated consents."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.actor import Actor
from traektoria.people.consents import give_consent
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Person
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import OPEN, Application
from traektoria.tutors.applications.permissions import check_candidate, check_nominates
from traektoria.tutors.applications.queries.nominations import is_tutor_now, schools_of
from traektoria.tutors.applications.workflow import application_workflow

S = ApplicationState


@transaction.atomic
def nominate(*, centre: TutorCentre, person: Person, reason: str, by: Actor) -> Application:
    """Ask a colleague whether they agree to become a tutor. Asked twice by the same person it is one question.

    Side effect: an audit event. Raises ``Refused`` for those who may not nominate this colleague, ``Invalid`` for
    oneself, a tutor, or somebody who does not work in the centre, ``Conflict`` where an application is open.
    """
    schools = schools_of(person.pk, centre)
    check_nominates(by, centre.pk, schools)
    if by.person_id is None or person.pk == by.person_id:
        raise Invalid(_("You don't nominate yourself: begin an application of your own."), code="oneself")
    if not schools:
        raise Invalid(_("This person does not work at the schools of the centre now."), code="not_of_the_centre")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    known = Application.objects.filter(person=person, centre=centre, state__in=OPEN).first()
    if known is not None and known.nominated_by_id == by.person_id:
        return known
    if known is not None:
        raise Conflict(_("This colleague is being asked already, or has applied."), code="open_already")
    if is_tutor_now(person.pk, centre.pk):
        raise Invalid(_("This colleague is a tutor of the centre already."), code="tutor_already")
    return _asked(centre, person, reason, by)


def _asked(centre: TutorCentre, person: Person, reason: str, by: Actor) -> Application:
    made = Application.objects.create(
        centre=centre,
        regulation=regulation_in_force(centre.pk),
        person=person,
        nominated_by_id=by.person_id,
        nomination=reason.strip(),
        state=S.NOMINATED,
    )
    audit.record("application.nominate", made, by=by)
    return made


@transaction.atomic
def consent_to_nomination(*, application: Application, by: Actor) -> Application:
    """Say «I agree»: the consent is written down as a record of its own, and the application is filled in from now.

    Repeating it changes nothing.
    """
    row = (
        Application.objects.select_for_update(of=("self",), no_key=True).select_related("centre").get(pk=application.pk)
    )
    check_candidate(by, row)
    if row.state == S.DRAFT:
        return row
    application_workflow.check(row, application_workflow.step("consent"), by)
    given = give_consent(centre=row.centre, kind=ConsentKind.NOMINATION, by=by)
    changes = {"consented_at": timezone.now()}
    return move(application_workflow, row, "consent", by=by, changes=changes, facts={"consent": given.pk})


@transaction.atomic
def decline_nomination(*, application: Application, by: Actor) -> Application:
    """Say no, without a reason; nothing follows from it. Repeating it changes nothing."""
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    check_candidate(by, row)
    if row.state == S.WITHDRAWN:
        return row
    if row.state != S.NOMINATED:
        raise Conflict(_("You have agreed already: the application can be withdrawn."), code="consented")
    return move(application_workflow, row, "withdraw", by=by, facts={"declined": True})
