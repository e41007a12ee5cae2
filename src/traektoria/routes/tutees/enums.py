"""Kinds, grounds and states of a support."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportState(models.TextChoices):
    PROPOSED = "proposed", _("waits for consent")
    ACTIVE = "active", _("goes on")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")


class SupportKind(models.TextChoices):
    INDIVIDUAL = "individual", _("individual")
    GROUP = "group", _("group")


class Basis(models.TextChoices):
    """Why the support began; the four categories of teachers stand among them."""

    REQUEST = "request", _("the teacher's own request")
    NEWCOMER = "newcomer", _("first year of work")
    DEEPENING = "deepening", _("widening and deepening of knowledge")
    NEW_CLASS = "new_class", _("preparation for a certain class or topic")
    RESULTS = "results", _("results of assessment procedures")
