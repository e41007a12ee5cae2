"""Fixed words of a registration for an event, and of the log of its waiting list."""

from django.db import models
from django.utils.translation import pgettext_lazy


class EnrolmentState(models.TextChoices):
    IN = "in", pgettext_lazy("registration", "registered")
    WAITS = "waits", pgettext_lazy("registration", "in the waiting list")
    LEFT = "left", pgettext_lazy("registration", "gave the place back")
    REMOVED = "removed", pgettext_lazy("registration", "taken off by the organiser")


LIVE = (EnrolmentState.IN, EnrolmentState.WAITS)


class LogLine(models.TextChoices):
    """Lines of the log of an event. The first three are of ``engines.waiting_list``."""

    TOO_NEAR = "too_near", pgettext_lazy("event log", "not offered to anybody: it begins too soon")
    CLOSED = "closed", pgettext_lazy("event log", "not offered to anybody: registration is closed")
    NOBODY = "nobody", pgettext_lazy("event log", "nobody else waits who can come")
    PROMOTED = "promoted", pgettext_lazy("event log", "has the place")
    TOOK = "took", pgettext_lazy("event log", "took the place that was free")
    GAVE_BACK = "gave_back", pgettext_lazy("event log", "gave the place back")
    FULL = "full", pgettext_lazy("event log", "not offered: no place on their dates")
    SCHOOL = "school", pgettext_lazy("event log", "not offered: their school has as many places as it can")
    BUSY = "busy", pgettext_lazy("event log", "not offered: has something else then")
    GONE = "gone", pgettext_lazy("event log", "not offered: is of the centre no longer")
