"""States of a campaign, and how far a person is in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("is going on")
    CLOSED = "closed", _("is closed")


class Reached(models.TextChoices):
    """How far a person is in a campaign, as lists of participation say it."""

    NOWHERE = "", _("is invited")
    AGREED = "agreed", _("has agreed")
    BEGUN = "begun", _("has begun")
    FINISHED = "finished", _("has finished")
