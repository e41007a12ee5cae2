"""Who sets up the server of a centre, who enters a meeting and who leads it."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.video.registries import Meeting


def check_connect(actor: Actor, centre_id: int) -> None:
    if not (actor.is_administrator or actor.has(centre_id, Role.COORDINATOR)):
        raise Refused(_("The video server is set up by the coordinator or the administrator."), code="not_the_owner")


def check_enter(actor: Actor, meeting: Meeting) -> int:
    """The person who enters."""
    if meeting.part is None or actor.person_id is None:
        raise Refused(_("Only the tutor and those who are invited enter this meeting."), code="not_invited")
    return actor.person_id


def check_lead(meeting: Meeting) -> None:
    if not meeting.is_moderator:
        raise Refused(_("Only who leads the meeting does this."), code="not_the_moderator")
