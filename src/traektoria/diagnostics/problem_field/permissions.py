"""Who may do what with a hypothesis. ``fetch`` has already hidden it from everybody but the teacher and the tutor."""

from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Conflict, Refused
from traektoria.diagnostics.findings.queries.findings import sittings_open_to
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.queries.hypotheses import visible_to
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.people.permissions import check_coordinates
from traektoria.people.supported_people import subjects_held


def check_works_on(actor: Any, hypothesis: Hypothesis) -> None:
    """The teacher whom it is about, or the tutor who supports them now in its centre and subject."""
    if actor.person_id != hypothesis.person_id and not visible_to(actor).filter(pk=hypothesis.pk).exists():
        raise _not_yours()


def check_is_about(actor: Any, hypothesis: Hypothesis) -> None:
    """The teacher whom it is about."""
    if actor.person_id != hypothesis.person_id:
        raise Refused(_("Only the teacher says so."), code="teachers_word")


def check_works_on_sitting(actor: Actor, sitting: Sitting) -> None:
    """The teacher who sat it, or the tutor who supports them now in its centre and subject."""
    if not sittings_open_to(actor).filter(pk=sitting.pk).exists():
        raise _not_yours()


def check_adds(actor: Actor, person: Person, centre: TutorCentre, subject: str) -> None:
    """To one's own field, or to that of a teacher whom the actor supports in the centre and the subject."""
    if actor.person_id == person.pk:
        return
    if (centre.pk, subject) not in subjects_held(actor, person):
        raise _not_yours()


def _not_yours() -> Refused:
    return Refused(_("Only the teacher and their tutor work with the problem field."), code="not_yours")


def check_reopens(actor: Any, hypothesis: Hypothesis) -> None:
    """What the teacher decided, only the teacher takes back; what the tutor decided, either of them."""
    check_works_on(actor, hypothesis)
    if is_anothers_word(actor, hypothesis):
        raise Refused(_("The teacher decided this; only the teacher can take it back."), code="teachers_word")


def is_anothers_word(actor: Actor, hypothesis: Hypothesis) -> bool:
    """The teacher decided it, and the actor is somebody else. No query."""
    return hypothesis.decided_by_id == hypothesis.person_id != actor.person_id


def check_explains(actor: Actor, hypothesis: Hypothesis) -> None:
    """Why a hypothesis was dropped is said once, by who may take the decision back: nobody gives a teacher's reasons
    in their place."""
    check_works_on(actor, hypothesis)
    if is_anothers_word(actor, hypothesis):
        raise Refused(_("The teacher decided this; only the teacher says why."), code="teachers_word")
    if hypothesis.reason_kind:
        raise Conflict(
            _("The reason is written down already. To say another one, take the decision back first."),
            code="explained",
        )


def check_proposes(actor: Actor, centre: TutorCentre) -> None:
    """Hypotheses are proposed from a dataset by the coordinator of its centre."""
    check_coordinates(actor, centre.pk)
