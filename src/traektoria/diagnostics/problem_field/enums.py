"""Words of the room: competence blocks, states and strengths of a hypothesis."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class HypothesisState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    DISCUSSED = "discussed", _("to talk over with the tutor")
    CONFIRMED = "confirmed", _("confirmed")
    DROPPED = "dropped", _("dropped")


class Strength(models.TextChoices):
    """How much the evidence speaks; hypotheses added by hand have none, and a question supposes nothing."""

    NONE = "", _("added by hand")
    QUESTION = "question", _("a question to think over")
    WEAK = "weak", _("weak")
    MODERATE = "moderate", _("moderate")
    STRONG = "strong", _("strong")


class Origin(models.TextChoices):
    RESULTS = "results", _("from results of pupils")
    WORK = "work", _("from the control work")
    QUESTIONNAIRE = "questionnaire", _("named in the questionnaire")
    BY_HAND = "by_hand", _("added by hand")


class DropReason(models.TextChoices):
    """Why a hypothesis was dropped, where the teacher cares to say."""

    NONE = "", _("I would rather not say")
    NOT_MINE = "not_mine", _("I did not teach this class then")
    NOT_TAUGHT = "not_taught", _("the topic had not been taught yet")
    CHANCE = "chance", _("the figures have another cause")
    SOLVED = "solved", _("already worked out")
    OTHER = "other", _("another reason")
    RECOUNTED = "recounted", _("withdrawn: the figures do not carry it")

    @classmethod
    def of_people(cls) -> list[tuple[str, Any]]:
        """Those that a person gives; the last one is the system's."""
        return [(value, label) for value, label in cls.choices if value != cls.RECOUNTED]
