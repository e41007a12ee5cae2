"""Words of the room: competence blocks, states and strengths of a hypothesis."""

from collections.abc import Mapping
from typing import Any

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


class InstrumentKind(models.TextChoices):
    CONTROL_WORK = "control_work", _("control work")
    QUESTIONNAIRE = "questionnaire", _("questionnaire")
    INTERVIEW = "interview", _("protocol of an interview")
    OBSERVATION = "observation", _("form of lesson observation")


class ItemKind(models.TextChoices):
    """What is asked for: the first seven are scored (``engines.questionbanks``), the others are not right or wrong."""

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


class VersionState(models.TextChoices):
    DRAFT = "draft", _("being written")
    PUBLISHED = "published", _("published")


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("is going on")
    CLOSED = "closed", _("is closed")


class SittingState(models.TextChoices):
    """``expired``: time was over before the person handed in; what was saved counts."""

    NEW = "new", _("not begun")
    RUNNING = "running", _("goes on")
    PAUSED = "paused", _("paused")
    SUBMITTED = "submitted", _("handed in")
    EXPIRED = "expired", _("time is over")


class Reached(models.TextChoices):
    """How far a person is in a campaign, as lists of participation say it."""

    NOWHERE = "", _("is invited")
    AGREED = "agreed", _("has agreed")
    BEGUN = "begun", _("has begun")
    FINISHED = "finished", _("has finished")


class ProtocolState(models.TextChoices):
    DRAFT = "draft", _("being written")
    SHARED = "shared", _("shared with the teacher")


class Finding(models.TextChoices):
    """What may be said of a topic (``engines.deficits.mastery``)."""

    EXPRESSED = "expressed", _("expressed")
    POSSIBLE = "possible", _("possible")
    NO_GROUNDS = "no_grounds", _("no grounds")
    LITTLE_DATA = "little_data", _("little data")


ASKED_TASKS = 3
"""Figures of this schema and later speak of the tasks that were asked, and «expressed» keeps its promise there
(docs/adr/0029); earlier ones spoke of very many such tasks. What was counted then stays as it is."""


def of_asked_tasks(figures: Mapping[str, Any]) -> bool:
    """Whether an analysis, what is published of it, or the evidence of a supposition is of ``ASKED_TASKS``."""
    return bool(figures.get("schema", 0) >= ASKED_TASKS)
