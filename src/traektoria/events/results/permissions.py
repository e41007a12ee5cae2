"""Who says results, and for whom; who changes, takes back and reads them."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.events.announcements.permissions import can_keep as keeps_announcement
from traektoria.events.attendance.policies import came
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import can_lead
from traektoria.events.results.models import ContestResult
from traektoria.events.results.policies import Contest
from traektoria.people.actor import Actor
from traektoria.people.enums import Role


def keeps_results(actor: Actor, contest: Contest) -> bool:
    """Writes them down for others and reads all: who leads the event, who announced it, the coordinator."""
    return can_lead(actor, contest) if isinstance(contest, Event) else keeps_announcement(actor, contest)


def check_say(actor: Actor, contest: Contest, person: int) -> None:
    """For oneself at what one came to, or at an outer event; for others who keeps the results."""
    if person != actor.person_id:
        if not keeps_results(actor, contest):
            raise Refused(_("Results of others are written down by who leads the event."), code="not_yours")
    elif isinstance(contest, Event) and not came(actor, contest):
        raise Refused(_("A result is said by those who came."), code="did_not_come")


def check_change(actor: Actor, contest: Contest, row: ContestResult) -> None:
    """The word of who keeps the results stands above the person's own."""
    if row.is_kept and not keeps_results(actor, contest):
        text = _("This result was written down by who keeps the results of the contest: ask them to change it.")
        raise Refused(text, code="kept")


def check_take_back(actor: Actor, contest: Contest, row: ContestResult) -> None:
    """Whose it is; what keepers wrote, keepers."""
    check_change(actor, contest, row)
    if row.person_id == actor.person_id:
        return
    if not keeps_results(actor, contest):
        raise Refused(_("A result is taken back by whose it is, or by who leads the event."), code="not_yours")
    if not row.is_kept:
        raise Refused(_("What somebody has said themselves is taken back only by them."), code="own_word")


can_take_back = twin(check_take_back)


def visible_to(actor: Actor) -> QuerySet[ContestResult]:
    """One's own wherever; of others, of contests whose results one keeps."""
    me = actor.person_id or 0
    mine = Q(person=me) | Q(centre__in=actor.centres(Role.COORDINATOR))
    led = Q(event__leads__person=me, centre__in=actor.centre_ids)
    begun = Q(event__author=me) | Q(announcement__author=me)
    return ContestResult.objects.filter(mine | led | begun & Q(centre__in=actor.centres(Role.TUTOR))).distinct()
