"""What bookings tell the rooms below: the slots, the daily desk, the calendar, the task, words of the audit."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.consultations.bookings import engagements as engagements
from traektoria.consultations.bookings import hour_reminders as hour_reminders
from traektoria.consultations.bookings import letters as letters
from traektoria.consultations.bookings import request_user as request_user
from traektoria.consultations.bookings import slot_user as slot_user
from traektoria.consultations.bookings import video as video
from traektoria.consultations.bookings import waiting as waiting
from traektoria.consultations.bookings.farewell import settle_person
from traektoria.consultations.bookings.item_link import of_item
from traektoria.consultations.bookings.permissions import READ
from traektoria.consultations.bookings.tasks import tend_bookings
from traektoria.core.registries import Creation, creations, word_events
from traektoria.core.support import Farewell, farewells
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.routes.route.registries import ItemLink, item_links

item_links.add(ItemLink("consultations.booking", 15, of_item))
creations.add(
    Creation(
        slug="consultations.booking",
        order=13,
        label=gettext_lazy("Book an hour"),
        url_name="consultations:booking_free",
        icon="calendar-check",
        visible=lambda actor: not actor.roles.isdisjoint(READ),
    )
)
farewells.add(Farewell("consultations.bookings", 30, settle_person))
task_kinds.add(
    TaskKind(
        "consultations.bookings", 41, gettext_lazy("Bookings: offers of the waiting list, ends, reminders"),
        tend_bookings, every=timedelta(minutes=15), past=timedelta(minutes=4),
    )
)  # fmt: skip
_WORDS = {
    "booking.book": gettext_lazy("place booked"),
    "booking.ask": gettext_lazy("place asked for"),
    "booking.offer": gettext_lazy("a freed place was offered"),
    "booking.take": gettext_lazy("the offered place was taken"),
    "booking.passed": gettext_lazy("the offered place was given back"),
    "booking.lapsed": gettext_lazy("no answer to the offer in time"),
    "booking.confirm": gettext_lazy("the tutor said yes"),
    "booking.refuse": gettext_lazy("the tutor said no"),
    "booking.cancel": gettext_lazy("booking cancelled"),
    "booking.ask_off": gettext_lazy("asked to be let go"),
    "booking.keep": gettext_lazy("the tutor keeps the booking"),
    "booking.move": gettext_lazy("booking moved"),
    "booking.edited": gettext_lazy("the hour has another topic"),
    "booking.placed": gettext_lazy("the hour is at another place"),
    "booking.outcome": gettext_lazy("said who came"),
    "booking.unsaid": gettext_lazy("the hour was corrected: who came is to be said anew"),
    "booking.unanswered": gettext_lazy("the hour is over, the tutor has not answered"),
    "wish.enter": gettext_lazy("entered the waiting list"),
    "wish.leave": gettext_lazy("left the waiting list"),
    "access.booking": gettext_lazy("your booking of a consultation"),
}
word_events(_WORDS)
