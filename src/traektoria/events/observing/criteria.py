"""What visitors look at, and how it can be seen: six things of the house, or those of the regulation."""

from typing import Any

from django.db import models
from django.utils.translation import pgettext_lazy

from traektoria.events.enrolment.policies import event_rules
from traektoria.events.event.models import Event


class SeenInLesson(models.TextChoices):
    """No points: a lesson is not graded."""

    CLEARLY = "clearly", pgettext_lazy("seen", "clearly")
    PARTLY = "partly", pgettext_lazy("seen", "in part")
    NOT = "not", pgettext_lazy("seen", "did not see it")


OURS: tuple[tuple[str, Any], ...] = (
    ("aim", pgettext_lazy("open lesson", "The aim is clear to pupils")),
    ("everybody", pgettext_lazy("open lesson", "Every pupil works")),
    ("tasks", pgettext_lazy("open lesson", "Tasks fit the topic and the class")),
    ("feedback", pgettext_lazy("open lesson", "Pupils hear what they do well and what not yet")),
    ("time", pgettext_lazy("open lesson", "Time is spent on the main thing")),
    ("outcome", pgettext_lazy("open lesson", "It is seen what has been learnt")),
)


def criteria_of(event: Event) -> tuple[tuple[str, Any], ...]:
    """(slug, title) by the regulation under which the event was announced. Reads ``regulation``."""
    return tuple((one.slug, one.title) for one in event_rules(event).observation if not one.archived) or OURS
