"""Fixed words of an hour that was given."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HourWay(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")
    PHONE = "phone", _("by telephone")


class Feedback(models.TextChoices):
    """One tap of the teacher."""

    HELPED = "helped", pgettext_lazy("feedback", "it helped")
    PARTLY = "partly", pgettext_lazy("feedback", "partly")
    NOT_YET = "not_yet", pgettext_lazy("feedback", "not yet")


LENGTHS = (15, 30, 45, 60, 90, 120, 180)
"""Minutes that a form offers."""
