"""Words of a route and its items."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RouteState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for agreement")
    RUNNING = "running", _("runs")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped")


class ItemState(models.TextChoices):
    PLANNED = "planned", _("planned")
    DOING = "doing", _("in work")
    DONE = "done", pgettext_lazy("item", "done")
    CANCELLED = "cancelled", _("cancelled")


class ActivityKind(models.TextChoices):
    CONSULTATION = "consultation", _("consultation")
    MASTER_CLASS = "master_class", _("master class")
    SEMINAR = "seminar", _("seminar")
    WORKSHOP = "workshop", _("workshop")
    TRAINING = "training", _("training")
    ROUND_TABLE = "round_table", _("round table")
    OPEN_LESSON = "open_lesson", _("open lesson")
    LESSON_VISIT = "lesson_visit", _("peer lesson visit")
    TUTORIAL = "tutorial", _("tutorial")
    WEBINAR = "webinar", _("webinar")
    INTERNSHIP = "internship", _("internship")
    COURSE = "course", _("professional development course")
    SELF_EDUCATION = "self_education", _("self-education")


class ShowingForm(models.TextChoices):
    """In what form the teacher shows the result of an item."""

    LESSON = "lesson", _("open lesson or its fragment")
    LESSON_CARD = "lesson_card", _("lesson plan card")
    TALK = "talk", _("talk to colleagues")
    MATERIALS = "materials", _("set of materials")
    PUPILS_WORK = "pupils_work", _("analysis of pupils' works")
    CERTIFICATE = "certificate", _("certificate")
    CONVERSATION = "conversation", _("conversation with the tutor")


class AgreeingParty(models.TextChoices):
    TEACHER = "teacher", _("teacher")
    TUTOR = "tutor", _("tutor")
    HEAD = "head", _("head of the school")


class DeficitOutcomeKind(models.TextChoices):
    OVERCOME = "overcome", _("overcome")
    PARTLY = "partly", _("partly overcome")
    REMAINS = "remains", _("remains")
    NOT_ASSESSED = "not_assessed", _("not assessed")
