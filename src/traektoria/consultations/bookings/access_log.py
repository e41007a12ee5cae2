"""The access log of bookings: who is booked reads in «My data» who looked."""

from collections.abc import Iterable

from traektoria.consultations.bookings.models import Booking
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose


def log_bookings(*, by: Actor, bookings: Iterable[Booking], subject_id: int, centre_id: int) -> None:
    people = {one.person_id for one in bookings}
    log_people(
        by=by, purpose=Purpose.SUPPORT, kind="booking", subject_id=subject_id, people=people, centre_id=centre_id
    )
