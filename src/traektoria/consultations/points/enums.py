"""Fixed words of a consultation point."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PointKind(models.TextChoices):
    """Where it receives."""

    CENTRE = "centre", pgettext_lazy("consultation point", "at the centre")
    SCHOOL = "school", pgettext_lazy("consultation point", "at a school")
    VIDEO = "video", _("by video only")
