"""Kinds and states of an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderKind(models.TextChoices):
    APPOINT = "appoint", _("appointment")
    RELEASE = "release", _("release")


class OrderState(models.TextChoices):
    DRAFT = "draft", _("draft of an order")
    SIGNED = "signed", _("signed")
    CANCELLED = "cancelled", _("the draft was taken away")
