"""Posts in a commission and its states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeatPost(models.TextChoices):
    """The post of a person in a commission."""

    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    SECRETARY = "secretary", _("secretary of the commission")
    MEMBER = "member", _("member")


class CommissionState(models.TextChoices):
    FORMING = "forming", _("being formed")
    WORKING = "working", _("works")
    DISSOLVED = "dissolved", _("dissolved")
