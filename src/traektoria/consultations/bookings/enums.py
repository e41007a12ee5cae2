"""Fixed words of a booking and of the waiting list."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BookingState(models.TextChoices):
    """The last four are the words of absence: set by people, never guessed."""

    ASKED = "asked", pgettext_lazy("booking", "waits for the tutor's yes")
    OFFERED = "offered", pgettext_lazy("booking", "offered from the waiting list")
    BOOKED = "booked", pgettext_lazy("booking", "booked")
    OFFER_OVER = "offer_over", pgettext_lazy("booking", "the offer is over")
    UNANSWERED = "unanswered", pgettext_lazy("booking", "the tutor has not answered in time")
    CAME = "came", pgettext_lazy("booking", "came")
    MISSED = "missed", pgettext_lazy("booking", "did not come")
    OFF_BY_US = "off_by_us", pgettext_lazy("booking", "cancelled by the centre")
    OFF_BY_ASKER = "off_by_asker", pgettext_lazy("booking", "cancelled by the teacher")


LIVE = (BookingState.ASKED, BookingState.OFFERED, BookingState.BOOKED, BookingState.CAME, BookingState.MISSED)
"""These hold a place."""
COMING = (BookingState.ASKED, BookingState.OFFERED, BookingState.BOOKED)
AWAITED = (BookingState.BOOKED, BookingState.CAME, BookingState.MISSED)
OUTCOMES = (BookingState.CAME, BookingState.MISSED, BookingState.OFF_BY_US, BookingState.OFF_BY_ASKER)


class WishState(models.TextChoices):
    """Of a place in the waiting list."""

    WAITS = "waits", pgettext_lazy("waiting list", "waits")
    SERVED = "served", pgettext_lazy("waiting list", "has a place")
    LEFT = "left", pgettext_lazy("waiting list", "waits no longer")


class Said(models.TextChoices):
    """Lines of the log of a slot. The first three are of ``engines.waiting_list``."""

    TOO_NEAR = "too_near", pgettext_lazy("waiting list", "not offered to anybody: it begins too soon")
    CLOSED = "closed", pgettext_lazy("waiting list", "not offered to anybody: it does not take place")
    NOBODY = "nobody", pgettext_lazy("waiting list", "nobody else waits for such an hour")
    OFFERED = "offered", pgettext_lazy("waiting list", "offered")
    TAKEN = "taken", pgettext_lazy("waiting list", "taken")
    PASSED = "passed", pgettext_lazy("waiting list", "given back, goes to the end of the list")
    LAPSED = "lapsed", pgettext_lazy("waiting list", "no answer in time, goes to the end of the list")
    HAS_PLACE = "has_place", pgettext_lazy("waiting list", "not offered: has a place there")
    HAD_IT = "had_it", pgettext_lazy("waiting list", "not offered: let this hour pass or gave it back")
    BUSY = "busy", pgettext_lazy("waiting list", "not offered: has something else then")
    DECIDES = "decides", pgettext_lazy("waiting list", "not offered: decides on another offer")
    LIMIT = "limit", pgettext_lazy("waiting list", "not offered: has as many bookings as a month allows")
    OWN = "own", pgettext_lazy("waiting list", "not offered: receives there")
    GONE = "gone", pgettext_lazy("waiting list", "not offered: is no teacher of the centre now")
