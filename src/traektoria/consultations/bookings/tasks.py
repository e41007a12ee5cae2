"""Work of the worker: offers that are over go to the next, who comes tomorrow is reminded."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from traektoria.consultations.bookings.actions.offering import lapse_offers
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.letters import remind
from traektoria.consultations.bookings.models import Booking

A_DAY, LEAST = timedelta(hours=24), timedelta(hours=1)


@task()
def tend_bookings() -> None:
    lapse_offers()
    remind_of_tomorrow()


def remind_of_tomorrow(now: datetime | None = None) -> int:
    """Who has a place that begins within a day and was booked earlier; how many. Run again nobody is told twice."""
    moment = now or timezone.now()
    near = Booking.objects.filter(
        state=BookingState.BOOKED, slot__start__gt=moment + LEAST, slot__start__lte=moment + A_DAY
    )
    rows = list(near.select_related("slot").order_by("pk"))
    remind(rows)
    return len(rows)
