"""Fixed words of an Hour of methodical help, its dates and slots."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HourRepeat(models.TextChoices):
    """How an Hour comes again; the values are those of ``engines.recurrence``."""

    WEEKLY = "weekly", pgettext_lazy("repeat", "every week")
    FORTNIGHTLY = "fortnightly", pgettext_lazy("repeat", "every second week")
    MONTHLY = "monthly", pgettext_lazy("repeat", "every month, on the same weekday")
    BY_HAND = "by_hand", pgettext_lazy("repeat", "on dates by hand")


class SlotWay(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")


class DateState(models.TextChoices):
    STANDING = "standing", pgettext_lazy("date", "takes place")
    DROPPED = "dropped", pgettext_lazy("date", "does not take place")


class SlotState(models.TextChoices):
    OPEN = "open", pgettext_lazy("slot", "open")
    DROPPED = "dropped", pgettext_lazy("slot", "dropped")


class Which(models.TextChoices):
    """What of a series is changed."""

    THIS = "this", pgettext_lazy("change of a series", "only this date")
    FOLLOWING = "following", pgettext_lazy("change of a series", "this and the following dates")
    ALL = "all", pgettext_lazy("change of a series", "all dates to come")


class DateChange(models.TextChoices):
    """What was done to a date of an Hour."""

    DROPPED = "dropped", pgettext_lazy("change of a date", "dropped")
    REST = "rest", pgettext_lazy("change of a date", "the rest dropped")
    MOVED = "moved", pgettext_lazy("change of a date", "moved")
    RESTORED = "restored", pgettext_lazy("change of a date", "takes place after all")
    EDITED = "edited", pgettext_lazy("change of a date", "changed")
    TUTORS = "tutors", pgettext_lazy("change of a date", "another tutor")


class AbsenceKind(models.TextChoices):
    """Why a tutor receives nobody: for the coordinator."""

    ILLNESS = "illness", pgettext_lazy("absence", "illness")
    HOLIDAYS = "holidays", pgettext_lazy("absence", "holidays")
    TRIP = "trip", pgettext_lazy("absence", "business trip")
    STUDY = "study", pgettext_lazy("absence", "courses")
    OTHER = "other", pgettext_lazy("absence", "something else")
