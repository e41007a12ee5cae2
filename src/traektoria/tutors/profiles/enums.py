"""How a tutor works with teachers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Format(models.TextChoices):
    """How a tutor works with teachers."""

    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")
    MESSAGES = "messages", _("in writing")
    GROUP = "group", _("in a group")
    LESSONS = "lessons", _("visits of lessons")
