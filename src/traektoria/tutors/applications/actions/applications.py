"""The candidate's way: begin, fill in, submit, withdraw, appeal; and the decision that ends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid, Refused
from traektoria.core.workflow import move
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Leaf, leaves
from traektoria.people.actor import Actor
from traektoria.people.consents import withdraw_consent
from traektoria.people.enums import ConsentKind
from traektoria.people.models import Person
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.applications.models import OPEN, Application, CriterionAnswer
from traektoria.tutors.applications.permissions import check_applies, check_candidate
from traektoria.tutors.applications.policies import check_appealable, check_complete, check_may_begin, check_writable
from traektoria.tutors.applications.queries.applications import appeal_until, checklist, last_status
from traektoria.tutors.applications.workflow import application_workflow
from traektoria.tutors.statuses.policies import renewal_opens

S = ApplicationState


@dataclass(frozen=True)
class StatedAnswer:
    """What the candidate says of one criterion: a number by papers, a few words."""

    stated: Decimal | None = None
    text: str = ""


@transaction.atomic
def start_application(*, centre: TutorCentre, by: Actor) -> Application:
    """Begin one's application by the regulation in force; a second press gives the same open one.

    For a tutor whose term ends it is a renewal. Side effect: an audit event. Raises ``Refused`` for those who don't
    belong to the centre, ``Conflict`` for a tutor whose term does not end soon.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=check_applies(by, centre.pk))
    known = Application.objects.filter(person=person, centre=centre, state__in=OPEN).first()
    if known is not None:
        return known
    regulation = regulation_in_force(centre.pk)
    renewable = rules_of(regulation).status.renewable
    status = last_status(person.pk, centre.pk)
    opens = renewal_opens(status) if status else None
    check_may_begin(status, opens, timezone.localdate(), renewable=renewable)
    renewed = status if renewable else None
    made = Application.objects.create(centre=centre, regulation=regulation, person=person, renews=renewed)
    audit.record("application.start", made, by=by, renewal=renewed is not None)
    return made


@transaction.atomic
def save_about(*, application: Application, subjects: Sequence[str], motivation: str, by: Actor) -> Application:
    """Subjects and what the candidate wants to do. Written while the application is the candidate's."""
    row = writable(application, by)
    row.subjects, row.motivation = list(subjects), motivation.strip()
    row.save(update_fields=["subjects", "motivation", "updated_at"])
    return row


@transaction.atomic
def save_answer(*, application: Application, criterion: str, answer: StatedAnswer, by: Actor) -> CriterionAnswer:
    """What is said of a criterion. A changed answer is to be checked again; the note of the check stays to be read."""
    row = writable(application, by)
    leaf_of(row, criterion)
    kept, _made = CriterionAnswer.objects.get_or_create(application=row, criterion=criterion)
    text = answer.text.strip()
    if (kept.stated, kept.text) != (answer.stated, text):
        kept.stated, kept.text = answer.stated, text
        unchecked(kept).save()
    return kept


def unchecked(answer: CriterionAnswer) -> CriterionAnswer:
    """The answer as one that nobody has checked; not saved."""
    answer.check_result, answer.checked_at, answer.checked_by = "", None, None
    return answer


@transaction.atomic
def submit_application(*, application: Application, by: Actor) -> Application:
    """Hand in: what the system knows of each threshold is kept as it is today. Repeating it changes nothing.

    Raises ``Conflict`` with what is still to fill in.
    """
    row = locked(application)
    check_candidate(by, row)
    if row.state == S.SUBMITTED:
        return row
    application_workflow.check(row, application_workflow.step("submit"), by)
    today = checklist(_without_snapshot(row))
    check_complete(today, row.subjects)
    for line in today.rows:
        if line.computed is not None:
            _snapshot(row, line.leaf.slug, line.computed.value)
    changes = {"submitted_at": timezone.now(), "return_reason": ""}
    return move(application_workflow, row, "submit", by=by, changes=changes)


def _without_snapshot(row: Application) -> Application:
    """The row to be read with today's numbers, also when it was submitted before."""
    row.submitted_at = None
    return row


def _snapshot(row: Application, criterion: str, value: Decimal) -> None:
    CriterionAnswer.objects.update_or_create(application=row, criterion=criterion, defaults={"computed": value})


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor) -> Application:
    """Take the application back; a new one can be begun. The consent to a nomination goes with it."""
    row = locked(application)
    check_candidate(by, row)
    if row.state == S.WITHDRAWN:
        return row
    if row.nominated_by_id:
        withdraw_consent(centre=row.centre, kind=ConsentKind.NOMINATION, by=by)
    return move(application_workflow, row, "withdraw", by=by)


@transaction.atomic
def appeal_refusal(*, application: Application, text: str, by: Actor) -> Application:
    """Ask to consider a refusal again, within the term of the regulation. Repeating it changes nothing."""
    row = locked(application)
    check_candidate(by, row)
    if row.state == S.APPEALED:
        return row
    application_workflow.check(row, application_workflow.step("appeal"), by)
    check_appealable(row, appeal_until(row), timezone.localdate())
    if not text.strip():
        raise Invalid(_("Say what you do not agree with."), code="text_needed")
    return move(
        application_workflow, row, "appeal", by=by, changes={"appeal": text.strip(), "appealed_at": timezone.now()}
    )


def decide(*, application: Application, granted: bool, note: str, by: Actor) -> Application:
    """The decision, within the transaction of the commission or of the order that brings it about.

    Dated now; a refusal says why. Raises ``Invalid`` without reasons, ``Conflict`` where nothing waits for a decision.
    """
    if not granted and not note.strip():
        raise Invalid(_("Write the reasons of the refusal: the candidate reads them."), code="reason_needed")
    changes: Mapping[str, Any] = {"decided_at": timezone.now(), "decision_note": note.strip()}
    return move(application_workflow, application, "grant" if granted else "refuse", by=by, changes=changes)


def locked(application: Application) -> Application:
    """The application as it is now, its row locked: double presses and races meet here."""
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("regulation", "centre__municipality").get(pk=application.pk)


def writable(application: Application, by: Actor) -> Application:
    """The same, for the candidate who writes in it."""
    row = locked(application)
    check_candidate(by, row)
    check_writable(row)
    return row


def leaf_of(application: Application, slug: str) -> Leaf:
    """The criterion of the application's regulation. Raises ``Refused`` for one that it does not have."""
    for leaf in leaves(rules_of(application.regulation).status.criteria):
        if leaf.slug == slug:
            return leaf
    raise Refused(_("There is no such criterion in the regulation."), code="no_such_criterion")
