"""Fixed words of attendance: set by people, never guessed."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Word(models.TextChoices):
    CAME = "came", pgettext_lazy("attendance", "came")
    MISSED = "missed", pgettext_lazy("attendance", "did not come")
    OFF_BY_US = "off_by_us", pgettext_lazy("attendance", "cancelled by us")
    OFF_BY_PERSON = "off_by_person", pgettext_lazy("attendance", "cancelled by the person")


class Answer(models.TextChoices):
    """Of the teacher: does it show that the item of the route is done?"""

    ASKED = "asked", pgettext_lazy("evidence", "offered")
    TAKEN = "taken", pgettext_lazy("evidence", "counted for the route")
    DECLINED = "declined", pgettext_lazy("evidence", "not counted")
