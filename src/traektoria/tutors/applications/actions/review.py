"""The other side of an application: papers are checked, returned with reasons, admitted; refused by no commission."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.schema import Procedure
from traektoria.people.actor import Actor
from traektoria.tutors.applications.actions.applications import decide, leaf_of, locked
from traektoria.tutors.applications.enums import ApplicationState, Check
from traektoria.tutors.applications.models import Application, CriterionAnswer
from traektoria.tutors.applications.permissions import check_considers
from traektoria.tutors.applications.policies import (
    check_all_checked,
    check_checkable,
    check_requirements,
    check_returnable,
    needs_reason,
)
from traektoria.tutors.applications.queries.applications import checked_by_hand, checklist
from traektoria.tutors.applications.workflow import application_workflow

S = ApplicationState


@dataclass(frozen=True)
class Checked:
    """What a person found of one criterion, and a note that the candidate reads."""

    result: Check
    note: str = ""


@transaction.atomic
def check_criteria(*, application: Application, findings: Mapping[str, Checked], by: Actor) -> Application:
    """Write down what was found of each named criterion. Side effect: an audit event where something changed.

    Raises ``Invalid`` for «not met» without a note, and for a criterion that the commission judges.
    """
    row = locked(application)
    check_considers(by, row)
    check_checkable(row)
    changed = [slug for slug, found in findings.items() if _check(row, slug, found, by)]
    if changed:
        audit.record("application.check", row, by=by, criteria=changed)
    return row


def _check(row: Application, slug: str, found: Checked, by: Actor) -> bool:
    """True when the finding is another than before."""
    leaf = leaf_of(row, slug)
    note = found.note.strip()[:500]
    if not checked_by_hand(leaf, rules_of(row.regulation).status.procedure):
        raise Invalid(_("This criterion is judged by the commission."), code="judged")
    if found.result == Check.NOT_MET and not note:
        raise Invalid(_("Say why it is not met: «%(title)s».") % {"title": leaf.title}, code="note_needed")
    answer, _made = CriterionAnswer.objects.get_or_create(application=row, criterion=slug)
    if (answer.check_result, answer.check_note) == (found.result, note):
        return False
    answer.check_result, answer.check_note = found.result, note
    answer.checked_at = timezone.now() if found.result else None
    answer.checked_by_id = by.person_id if found.result else None
    answer.save()
    return True


@transaction.atomic
def return_application(*, application: Application, reason: str, by: Actor) -> Application:
    """Give the application back for completion; the reason and the notes of the check are read by the candidate.

    Repeating it changes nothing. Raises ``Conflict`` for what is admitted already.
    """
    row = locked(application)
    check_considers(by, row)
    if row.state == S.RETURNED:
        return row
    check_returnable(row)
    return give_back(application=row, reason=reason, by=by)


def give_back(*, application: Application, reason: str, by: Actor) -> Application:
    """The return itself, inside the transaction of who may: also of an admitted one, from the session."""
    if not reason.strip():
        raise Invalid(_("Say what is to be completed: the candidate reads it."), code="reason_needed")
    return move(application_workflow, application, "return", by=by, changes={"return_reason": reason.strip()})


@transaction.atomic
def admit_application(*, application: Application, reason: str = "", by: Actor) -> Application:
    """Let the application be considered. Everything that is not judged is checked by now. Repeating it changes nothing.

    Where criteria are not met, a commission may still consider it, and the reason is kept; an order or an entry in the
    list is not made then. Raises ``Conflict`` for what is unchecked or unmet, ``Invalid`` where the reason is missing.
    """
    row = locked(application)
    check_considers(by, row)
    if row.state == S.ADMITTED:
        return row
    check_checkable(row)
    found = checklist(row)
    check_all_checked(found)
    check_requirements(found, rules_of(row.regulation).status.procedure)
    if needs_reason(found) and not reason.strip():
        raise Invalid(_("Not all the criteria are met. Say why it is considered all the same."), code="reason_needed")
    return move(
        application_workflow,
        row,
        "admit",
        by=by,
        changes={"admission_note": reason.strip()},
        facts={"finding": found.root.finding.value},
    )


@transaction.atomic
def refuse_application(*, application: Application, reason: str, by: Actor) -> Application:
    """Refuse where no commission decides: by an order or in a community. Repeating it changes nothing."""
    row = locked(application)
    check_considers(by, row)
    if rules_of(row.regulation).status.procedure == Procedure.COMMISSION:
        raise Conflict(_("Here the commission decides."), code="commission_decides")
    if row.state == S.REFUSED:
        return row
    return decide(application=row, granted=False, note=reason, by=by)
