"""Who gives certificates out and who reads them, with bool twins ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.events.certificates.models import Certificate
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import keeps
from traektoria.people.actor import Actor
from traektoria.people.permissions import check_coordinates


def check_issue(actor: Actor, event: Event) -> None:
    """Who keeps the event: the coordinator, a tutor who leads it or began it."""
    if not keeps(actor, event):
        raise Refused(
            _("Certificates are given out by who keeps the event, and by the coordinator."), code="not_keeper"
        )


def check_change(actor: Actor, row: Certificate) -> None:
    check_issue(actor, row.event)


def is_own(actor: Actor, row: Certificate) -> bool:
    return row.person_id == actor.person_id


def check_backgrounds(actor: Actor, centre_id: int) -> None:
    check_coordinates(actor, centre_id, _("Backgrounds of certificates are kept by the coordinator."))
