"""Who works with results: the coordinator of the centre. Heads look (``queries``), nobody else does."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates

READERS = (Role.COORDINATOR, *sorted(HEADS))


def check_keeps(actor: Actor | None, centre: TutorCentre) -> None:
    """Importing, mapping schools and deleting are the coordinator's. None is the system itself (commands, the demo)."""
    if actor is not None:
        text = _("Results are loaded and put in order by the coordinator of the centre.")
        check_coordinates(actor, centre.pk, text)


can_keep = twin(check_keeps)


def check_describes(actor: Actor | None) -> None:
    """Specifications are the same for everybody; any coordinator may load them."""
    if actor is not None and not actor.is_coordinator:
        raise Refused(_("Specifications are loaded by the coordinator of a centre."), code="not_keeper")
