"""States of a protocol."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProtocolState(models.TextChoices):
    DRAFT = "draft", _("being written")
    SHARED = "shared", _("shared with the teacher")
