"""What is told apart of items: their kind, their level, the competences they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompetenceBlock(models.TextChoices):
    """The four blocks of professional deficits."""

    SUBJECT = "subject", _("subject competences")
    METHODICAL = "methodical", _("methodical competences")
    PSYCH_PED = "psych_ped", _("psychological and pedagogical competences")
    COMMUNICATION = "communication", _("communicative competences")


class ItemKind(models.TextChoices):
    """What is asked for, in the order in which kinds are offered; what a kind is, its module says (``items.kinds``)."""

    SINGLE = "single", _("one of several")
    MULTIPLE = "multiple", _("several of several")
    SHORT = "short", _("short answer")
    NUMERIC = "numeric", _("numeric answer")
    MATCHING = "matching", _("matching")
    ORDERING = "ordering", _("ordering")
    EXTENDED = "extended", _("extended answer")
    LIKERT = "likert", _("scale of agreement")
    CHOICE = "choice", _("choice without a right answer")
    OPEN = "open", _("answer in own words")
    LEVEL = "level", _("level by descriptors")
    DESCRIPTION = "description", _("text between questions")


class Level(models.TextChoices):
    """Б, П, В of the specifications."""

    NONE = "", _("not stated")
    BASIC = "basic", _("basic")
    RAISED = "raised", _("advanced")
    HIGH = "high", _("high")
