"""Who may do what with a hypothesis. ``fetch`` has already hidden it from everybody but the teacher and the tutor."""

from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.models import Hypothesis
from traektoria.diagnostics.queries.hypotheses import persons_open_to
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Person


def works_on(actor: Any, hypothesis: Hypothesis) -> None:
    """The teacher whom it is about, or the tutor who supports them now."""
    works_with_person(actor, hypothesis.person_id)


def works_with_person(actor: Actor, person: Person | int) -> None:
    """The person's own field, or that of a teacher whom the actor supports."""
    person_id = person.pk if isinstance(person, Person) else person
    if actor.person_id == person_id:
        return
    if not persons_open_to(actor).filter(pk=person_id).exists():
        raise Refused(_("Only the teacher and their tutor work with the problem field."), code="not_yours")


def reopens(actor: Any, hypothesis: Hypothesis) -> None:
    """What the teacher decided, only the teacher takes back; what the tutor decided, either of them."""
    works_on(actor, hypothesis)
    if hypothesis.decided_by_id == hypothesis.person_id != actor.person_id:
        raise Refused(_("The teacher decided this; only the teacher can take it back."), code="teachers_word")


def proposes(actor: Actor, centre: TutorCentre) -> None:
    """Hypotheses are proposed from a dataset by the coordinator of its centre."""
    if not actor.has(centre.pk, Role.COORDINATOR):
        raise Refused(_("Only the coordinator of the centre does this."), code="not_coordinator")
