"""Who may do what with programmes of tutorials and with self-work, with bool twins ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.events.event.models import Event
from traektoria.events.event.permissions import check_lead
from traektoria.events.tutorials.models import SelfWork, TutorialProgramme
from traektoria.events.tutorials.queries.participants import takes_part
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.permissions import check_coordinates


def check_write(actor: Actor, programme: TutorialProgramme) -> None:
    """Everybody who prepares events holds it; who wrote it and the coordinator change it."""
    if actor.has(programme.centre_id, Role.COORDINATOR):
        return
    if not (actor.has(programme.centre_id, Role.TUTOR) and programme.author_id == actor.person_id):
        text = _("A programme is changed by who wrote it and by the coordinator; every tutor can hold it.")
        raise Refused(text, code="not_the_author")


def check_name_campaigns(actor: Actor, event: Event) -> None:
    """Naming one opens its published figures to who leads the tutorial."""
    text = _("Entry and exit diagnostics of a tutorial are named by the coordinator of the centre.")
    check_coordinates(actor, event.centre_id, text)


def check_hand_in(actor: Actor, event: Event) -> None:
    if event.centre_id not in actor.centre_ids or not takes_part(event, actor.person_id):
        raise Refused(_("Self-work is handed in by who takes part in the tutorial."), code="not_a_participant")


def check_own(actor: Actor, work: SelfWork) -> None:
    if work.person_id != actor.person_id:
        raise Refused(_("A work is handed in by whose it is."), code="not_yours")


def check_remove_file(actor: Actor, work: SelfWork) -> None:
    if work.person_id != actor.person_id and not actor.has(work.centre_id, Role.COORDINATOR):
        text = _("A file of a work is taken away by whose it is, or by the coordinator.")
        raise Refused(text, code="not_yours")


def check_judge(actor: Actor, work: SelfWork) -> None:
    """Not one's own: a leader who learns too is read by another leader or the coordinator."""
    check_lead(actor, work.task.event)
    if work.person_id == actor.person_id:
        raise Refused(_("One's own work is read by somebody else."), code="own")


can_write = twin(check_write)
can_name_campaigns = twin(check_name_campaigns)
can_hand_in = twin(check_hand_in)
can_remove_file = twin(check_remove_file)
can_judge = twin(check_judge)
