"""States of a request for a tutor."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NeedState(models.TextChoices):
    OPEN = "open", _("looks for a tutor")
    OFFERED = "offered", _("a tutor is offered")
    MET = "met", _("support has begun")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")
