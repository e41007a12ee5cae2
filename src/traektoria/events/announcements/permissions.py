"""Who announces outer events, with a bool twin."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.events.announcements.models import Announcement
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


def check_keep(actor: Actor, row: Announcement) -> None:
    """The coordinator; a tutor what they announced themselves."""
    own = row.author_id == actor.person_id and actor.has(row.centre_id, Role.TUTOR)
    if not own and not actor.has(row.centre_id, Role.COORDINATOR):
        raise Refused(_("An announcement is changed by who made it, and by the coordinator."), code="not_the_keeper")


can_keep = twin(check_keep)
