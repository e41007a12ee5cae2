"""Who keeps a protocol, and who reads it. ``fetch`` has already hidden it from everybody else."""

from typing import Any

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.protocols.queries import supported
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.people.supported_people import persons_open_to


def check_supports(actor: Actor, person: Person) -> None:
    """The tutor who supports this teacher now, with the consent of both. Raises ``Refused`` for others."""
    if not persons_open_to(actor).filter(pk=person.pk).exists():
        raise _not_yours()


def check_writes(actor: Any, protocol: Any) -> None:
    """Its author, as long as they support the teacher in its centre and subject."""
    if actor.person_id != protocol.author_id:
        raise Refused(_("Only the author of the protocol changes it."), code="not_yours")
    if not is_supported(actor, protocol):
        raise _not_yours()


def is_supported(actor: Actor, protocol: Protocol) -> bool:
    """The actor supports its teacher now, in its centre and subject."""
    return Protocol.objects.filter(supported(actor), pk=protocol.pk).exists()


def _not_yours() -> Refused:
    return Refused(_("Only the tutor who supports the teacher keeps protocols about them."), code="not_yours")


def check_is_about(actor: Actor, protocol: Protocol) -> None:
    """The teacher whom the protocol is about."""
    if actor.person_id != protocol.person_id:
        raise Refused(_("Only the teacher says that the protocol is read."), code="not_yours")
