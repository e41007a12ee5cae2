"""Fixed words of the room."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServerKind(models.TextChoices):
    JITSI = "jitsi", _("Jitsi Meet")
    BBB = "bbb", _("BigBlueButton")


class Part(StrEnum):
    """As what somebody enters a meeting."""

    MODERATOR = "moderator"
    GUEST = "guest"
