"""Who works with results: the coordinator of the centre. Heads look (``queries``), nobody else does."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role

READERS = (Role.COORDINATOR, *sorted(HEADS))


def may_keep(actor: Actor | None, centre: TutorCentre) -> bool:
    """The bool twin of ``check_keeps``; None is the system itself (commands, the demo)."""
    return actor is None or actor.has(centre.pk, Role.COORDINATOR)


def check_keeps(actor: Actor | None, centre: TutorCentre) -> None:
    """Importing, mapping schools and deleting are the coordinator's."""
    if not may_keep(actor, centre):
        raise Refused(
            _("Results are loaded and put in order by the coordinator of the centre."), code="not_coordinator"
        )


def check_describes(actor: Actor | None) -> None:
    """Specifications are the same for everybody; any coordinator may load them."""
    if actor is not None and not actor.is_coordinator:
        raise Refused(_("Specifications are loaded by the coordinator of a centre."), code="not_keeper")
