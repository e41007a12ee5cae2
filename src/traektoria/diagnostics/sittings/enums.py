"""States of a sitting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SittingState(models.TextChoices):
    """``expired``: time was over before the person handed in; what was saved counts."""

    NEW = "new", _("not begun")
    RUNNING = "running", _("goes on")
    PAUSED = "paused", _("paused")
    SUBMITTED = "submitted", _("handed in")
    EXPIRED = "expired", _("time is over")


UNFINISHED = (SittingState.NEW, SittingState.RUNNING, SittingState.PAUSED)
