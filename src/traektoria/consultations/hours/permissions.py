"""Who may do what with an hour. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.consultations.bookings.permissions import receives
from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.slots.models import Slot
from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.routes.tutees.models import TutorSupport
from traektoria.routes.tutees.permissions import is_tutor_of


def check_record(actor: Actor, centre_id: int) -> None:
    if not actor.has(centre_id, Role.TUTOR):
        raise Refused(_("Hours are written down by the tutor who gave them."), code="not_a_tutor")


def check_led(actor: Actor, support: TutorSupport) -> None:
    if not is_tutor_of(actor, support):
        raise Refused(_("Hours are written down by the tutor who gave them."), code="not_the_tutor")


def check_received(actor: Actor, slot: Slot) -> None:
    if not receives(actor, slot):
        raise Refused(_("Hours are written down by the tutor who gave them."), code="not_the_tutor")


def check_change(actor: Actor, hour: ConsultationHour) -> None:
    """Correct it, withdraw it."""
    if not gave(actor, hour):
        raise Refused(_("Only the tutor who gave this hour changes it."), code="not_the_tutor")


def check_say(actor: Actor, hour: ConsultationHour) -> None:
    """As a teacher of the centre today. Reads ``hour.teachers``."""
    if not was_there(actor, hour) or not actor.has(hour.centre_id, Role.TEACHER):
        raise Refused(_("How it was is said by the teachers who were there."), code="was_not_there")


def was_there(actor: Actor, hour: ConsultationHour) -> bool:
    return any(one.person_id == actor.person_id for one in hour.teachers.all())


can_lead = twin(check_led)

can_change = twin(check_change)

can_say = twin(check_say)


def can_read_notes(actor: Actor, hour: ConsultationHour) -> bool:
    """Recommendations and the note for both, as ``readers`` says."""
    return gave(actor, hour) or was_there(actor, hour)


def gave(actor: Actor, hour: ConsultationHour) -> bool:
    """As its tutor, who still is one in that centre."""
    return actor.person_id == hour.tutor_id and actor.has(hour.centre_id, Role.TUTOR)
