"""Work of the worker: offers that are over go to the next, what was not answered ends, free places are offered to who
waits, and who comes or receives soon is reminded."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from traektoria.consultations.bookings.actions.ending import end_unanswered
from traektoria.consultations.bookings.actions.finding import offer_what_is_free
from traektoria.consultations.bookings.actions.offering import lapse_offers
from traektoria.consultations.bookings.enums import BookingState
from traektoria.consultations.bookings.hour_reminders import remind_receivers
from traektoria.consultations.bookings.letters import remind
from traektoria.consultations.bookings.models import Booking
from traektoria.messaging import lead_time

LATELY = timedelta(hours=6)
"""Who was told of the time so lately is not reminded of it yet."""


@task()
def tend_bookings() -> None:
    lapse_offers()
    end_unanswered()
    offer_what_is_free()
    remind_of_coming()


def remind_of_coming(now: datetime | None = None) -> int:
    """Who has a place that begins soon (``messaging.lead_time``) and was not booked, confirmed or moved just now; how
    many. Who receives them, too. Run again nobody is told twice."""
    moment, number = now or timezone.now(), 0
    just_now = moment - LATELY
    told = Q(created_at__gt=just_now) | Q(decided_at__gt=just_now) | Q(moves__at__gt=just_now)
    for window in lead_time.windows(moment, lead_time.BOOKINGS):
        near = Booking.objects.filter(
            state=BookingState.BOOKED, slot__start__gt=window.since, slot__start__lte=window.until
        )
        rows = list(near.exclude(told).select_related("slot").order_by("pk"))
        remind(rows, window.days)
        remind_receivers(window)
        number += len(rows)
    return number
