"""Who may do what with a booking. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.consultations.bookings.models import Booking
from traektoria.consultations.points.permissions import BOOKS as BOOKS
from traektoria.consultations.requests.permissions import leads
from traektoria.consultations.slots.models import Slot
from traektoria.core.errors import Refused, twin
from traektoria.organisations.models import School
from traektoria.organisations.regulations.consultation_rules import CancelBy, ConsultingRules
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

READ = BOOKS


def receives(actor: Actor, slot: Slot) -> bool:
    """As a tutor of the slot who still is one in the centre. Reads ``date.receives`` where all receive together."""
    if not actor.has(slot.centre_id, Role.TUTOR):
        return False
    if slot.tutor_id is not None:
        return slot.tutor_id == actor.person_id
    return any(one.tutor_id == actor.person_id for one in slot.date.receives.all())


def keeps(actor: Actor, slot: Slot) -> bool:
    """Books whomever, confirms, says who came: who receives, and the coordinator of the centre."""
    return actor.has(slot.centre_id, Role.COORDINATOR) or receives(actor, slot)


def check_keep(actor: Actor, slot: Slot) -> None:
    if not keeps(actor, slot):
        raise Refused(_("This is done by the tutor who receives, or by the coordinator."), code="not_the_keeper")


def check_book(actor: Actor, slot: Slot, people: set[int], school: School | None) -> None:
    """A teacher books for themself, a head for the school, who keeps the slot for any teacher of the centre."""
    if school is not None:
        if not leads(actor, slot.centre_id, school.pk):
            raise Refused(_("The head books for the teachers of their own school."), code="not_the_head")
    elif not (people == {actor.person_id} and actor.has(slot.centre_id, Role.TEACHER)) and not keeps(actor, slot):
        raise Refused(_("A teacher of the centre books a place for themself."), code="not_a_teacher")


def is_own(actor: Actor, booking: Booking) -> bool:
    return actor.person_id == booking.person_id


def of_school(actor: Actor, booking: Booking) -> bool:
    """The school that booked it, by its heads of today."""
    return booking.school_id is not None and leads(actor, booking.slot.centre_id, booking.school_id)


def check_leave(actor: Actor, booking: Booking, rules: ConsultingRules) -> None:
    """Give the place back, move it: who is booked; where the regulation lets it, also the school that booked."""
    if is_own(actor, booking):
        return
    if not (of_school(actor, booking) and rules.cancel_by == CancelBy.PERSON_OR_SCHOOL):
        raise Refused(_("A place is given back by who has it."), code="not_yours")


def check_own(actor: Actor, booking: Booking) -> None:
    """Take the offered place, or let it pass."""
    if not is_own(actor, booking):
        raise Refused(_("This place is offered to somebody else."), code="not_yours")


can_keep = twin(check_keep)
can_leave = twin(check_leave)
can_book = twin(check_book)


def can_read_topic(actor: Actor, booking: Booking) -> bool:
    """As ``readers`` says: who is booked and who receives; what a school wrote, the school; the coordinator."""
    return is_own(actor, booking) or keeps(actor, booking.slot) or of_school(actor, booking)
