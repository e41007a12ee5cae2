"""Kinds of instruments and states of their versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstrumentKind(models.TextChoices):
    CONTROL_WORK = "control_work", _("control work")
    QUESTIONNAIRE = "questionnaire", _("questionnaire")
    INTERVIEW = "interview", _("protocol of an interview")
    OBSERVATION = "observation", _("form of lesson observation")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("being written")
    PUBLISHED = "published", _("published")
