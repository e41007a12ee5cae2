"""Words of the room: competence blocks, states and strengths of a hypothesis."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompetenceBlock(models.TextChoices):
    """The four blocks of professional deficits."""

    SUBJECT = "subject", _("subject competences")
    METHODICAL = "methodical", _("methodical competences")
    PSYCH_PED = "psych_ped", _("psychological and pedagogical competences")
    COMMUNICATION = "communication", _("communicative competences")


class HypothesisState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    DROPPED = "dropped", _("dropped")


class Strength(models.TextChoices):
    """How much the evidence speaks; hypotheses added by hand have none."""

    NONE = "", _("added by hand")
    WEAK = "weak", _("weak")
    MODERATE = "moderate", _("moderate")
    STRONG = "strong", _("strong")


class Origin(models.TextChoices):
    RESULTS = "results", _("from results of pupils")
    BY_HAND = "by_hand", _("added by hand")


class DropReason(models.TextChoices):
    """Why a hypothesis was dropped, where the teacher cares to say."""

    NONE = "", _("I would rather not say")
    NOT_MINE = "not_mine", _("I did not teach this class then")
    NOT_TAUGHT = "not_taught", _("the topic had not been taught yet")
    CHANCE = "chance", _("the figures have another cause")
    SOLVED = "solved", _("already worked out")
    OTHER = "other", _("another reason")
