"""Fixed words of attendance: set by people, never guessed."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Word(models.TextChoices):
    CAME = "came", pgettext_lazy("attendance", "came")
    MISSED = "missed", pgettext_lazy("attendance", "did not come")
    OFF_BY_US = "off_by_us", pgettext_lazy("attendance", "cancelled by us")
    OFF_BY_PERSON = "off_by_person", pgettext_lazy("attendance", "cancelled by the person")
    UNDONE = "undone", pgettext_lazy("attendance", "the mark is taken back")


class Source(models.TextChoices):
    """How a mark was made."""

    LEADER = "leader", pgettext_lazy("source of a mark", "by who leads the event")
    CODE = "code", pgettext_lazy("source of a mark", "by themselves, with the code at the door")
    VIDEO = "video", pgettext_lazy("source of a mark", "by entering the video meeting")
    PAPER = "paper", pgettext_lazy("source of a mark", "from the signed sheet")


class Aside(models.TextChoices):
    """Why a mark that a device has brought is kept and does not count yet."""

    CLOSED = "closed", pgettext_lazy("mark", "the event was closed meanwhile")
    CANCELLED = "cancelled", pgettext_lazy("mark", "the event was cancelled meanwhile")
    DROPPED = "dropped", pgettext_lazy("mark", "the date does not take place any more")
    EARLY = "early", pgettext_lazy("mark", "the date was moved and has not come yet")


class EvidenceAnswer(models.TextChoices):
    """Of the teacher: does it show that the item of the route is done?"""

    ASKED = "asked", pgettext_lazy("evidence", "offered")
    TAKEN = "taken", pgettext_lazy("evidence", "counted for the route")
    DECLINED = "declined", pgettext_lazy("evidence", "not counted")
