"""Who says results, and for whom; who reads them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused
from traektoria.events.announcements.models import Announcement
from traektoria.events.announcements.permissions import can_keep as keeps_announcement
from traektoria.events.attendance.policies import came
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import can_lead
from traektoria.events.results.models import ContestResult
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

Contest = Event | Announcement
CONTEST = "contest"
"""The slug of the kind, in the regulations of all presets: of other own events no results are asked."""


def keeps_results(actor: Actor, contest: Contest) -> bool:
    """Writes them down for others and reads all: who leads the event, who announced it, the coordinator."""
    return can_lead(actor, contest) if isinstance(contest, Event) else keeps_announcement(actor, contest)


def check_say(actor: Actor, contest: Contest, person: int) -> None:
    """For oneself at what one came to, or at an outer event; for others who keeps the results."""
    if keeps_results(actor, contest):
        return
    if person != actor.person_id:
        raise Refused(_("Results of others are written down by who leads the event."), code="not_yours")
    if isinstance(contest, Event) and not came(actor, contest):
        raise Refused(_("A result is said by those who came."), code="did_not_come")


def can_say(actor: Actor, contest: Contest) -> bool:
    try:
        check_say(actor, contest, actor.person_id or 0)
    except Refused:
        return False
    return actor.person_id is not None


def visible_to(actor: Actor) -> QuerySet[ContestResult]:
    """One's own wherever; those of events that one leads or announced, all of the coordinator's centres."""
    me = actor.person_id or 0
    mine = Q(person=me) | Q(centre__in=actor.centres(Role.COORDINATOR))
    kept = Q(event__leads__person=me) | Q(event__author=me) | Q(announcement__author=me)
    kept &= Q(centre__in=actor.centres(Role.TUTOR, Role.TEACHER, Role.COORDINATOR))
    return ContestResult.objects.filter(mine | kept).distinct()
