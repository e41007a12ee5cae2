"""Fixed words of a request for a consultation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    """Whose turn it is follows from the state (``turns``)."""

    ASKED = "asked", _("with the coordinator")
    ASSIGNED = "assigned", _("with the tutor")
    TAKEN = "taken", _("the tutor has answered")
    HELD = "held", pgettext_lazy("consultation", "held")
    DECLINED = "declined", pgettext_lazy("consultation", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


class RequestKind(models.TextChoices):
    """For one teacher, for several, or on a topic for all who want to come."""

    INDIVIDUAL = "individual", pgettext_lazy("consultation", "individual")
    GROUP = "group", pgettext_lazy("consultation", "for a group")
    THEMATIC = "thematic", pgettext_lazy("consultation", "on a topic, for all who want")


class Way(models.TextChoices):
    """How it is held."""

    ANY = "any", _("in person or by video")
    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")


OPEN = (RequestState.ASKED, RequestState.ASSIGNED, RequestState.TAKEN)
UNANSWERED = (RequestState.ASKED, RequestState.ASSIGNED)
ON_BOARD = (*OPEN, RequestState.DECLINED)
"""Whoever looks for it finds on the board why a request was declined."""
