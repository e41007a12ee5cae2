"""Who keeps a protocol, and who reads it. ``fetch`` has already hidden it from everybody else."""

from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.models import Protocol
from traektoria.diagnostics.queries.hypotheses import persons_open_to
from traektoria.people.actor import Actor
from traektoria.people.models import Person


def supports(actor: Actor, person: Person | int) -> None:
    """The tutor who supports this teacher now, with the consent of both. Raises ``Refused`` for others."""
    person_id = person.pk if isinstance(person, Person) else person
    if not persons_open_to(actor).filter(pk=person_id).exists():
        raise Refused(_("Only the tutor who supports the teacher keeps protocols about them."), code="not_yours")


def writes(actor: Any, protocol: Any) -> None:
    """Its author, as long as they support the teacher."""
    if actor.person_id != protocol.author_id:
        raise Refused(_("Only the author of the protocol changes it."), code="not_yours")
    supports(actor, protocol.person_id)


def is_about(actor: Actor, protocol: Protocol) -> None:
    """The teacher whom the protocol is about."""
    if actor.person_id != protocol.person_id:
        raise Refused(_("Only the teacher says that the protocol is read."), code="not_yours")
