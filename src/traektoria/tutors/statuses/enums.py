"""States of a status and what its terms rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusState(models.TextChoices):
    ACTIVE = "active", _("in force")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("the status is over")


class BasisKind(models.TextChoices):
    """What a term of the status rests on."""

    DECISION = "decision", _("decision of the commission")
    ORDER = "order", _("order")
    ENTRY = "entry", _("entry into the community")
    EARLIER = "earlier", _("earlier document, entered by the coordinator")
