"""Fixed words of an event and its dates."""

from django.db import models
from django.utils.translation import pgettext_lazy


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("event", "draft")
    PROPOSED = "proposed", pgettext_lazy("event", "waits for approval")
    ANNOUNCED = "announced", pgettext_lazy("event", "announced")
    HELD = "held", pgettext_lazy("event", "held")
    CLOSED = "closed", pgettext_lazy("event", "closed")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


WRITTEN = (EventState.DRAFT, EventState.PROPOSED)
"""Read by those who prepare and approve it."""
OPEN = (EventState.DRAFT, EventState.PROPOSED, EventState.ANNOUNCED)
PUBLIC = (EventState.ANNOUNCED, EventState.HELD, EventState.CLOSED, EventState.CANCELLED)
"""Read by the whole centre."""
STANDS = (EventState.ANNOUNCED, EventState.HELD, EventState.CLOSED)
"""Takes the time of its people."""


class Level(models.TextChoices):
    """As papers of attestation ask for it."""

    SCHOOL = "school", pgettext_lazy("event level", "school")
    MUNICIPAL = "municipal", pgettext_lazy("event level", "municipal")
    INTERMUNICIPAL = "intermunicipal", pgettext_lazy("event level", "between municipalities")
    REGIONAL = "regional", pgettext_lazy("event level", "regional")
    NATIONAL = "national", pgettext_lazy("event level", "national")
    INTERNATIONAL = "international", pgettext_lazy("event level", "international")


class Way(models.TextChoices):
    IN_PERSON = "in_person", pgettext_lazy("event", "in person")
    VIDEO = "video", pgettext_lazy("event", "by video")


class DateState(models.TextChoices):
    STANDING = "standing", pgettext_lazy("event date", "takes place")
    DROPPED = "dropped", pgettext_lazy("event date", "does not take place")


class DateChangeKind(models.TextChoices):
    MOVED = "moved", pgettext_lazy("event date", "moved")
    DROPPED = "dropped", pgettext_lazy("event date", "dropped")


class Scope(models.TextChoices):
    """Which dates of a series are changed."""

    ONE = "one", pgettext_lazy("dates", "only this one")
    FOLLOWING = "following", pgettext_lazy("dates", "this one and those after it")
    ALL = "all", pgettext_lazy("dates", "all that are still to come")


class Readers(models.TextChoices):
    """Who reads a material, beside those who lead the event."""

    PARTICIPANTS = "participants", pgettext_lazy("readers of a material", "who takes part")
    CENTRE = "centre", pgettext_lazy("readers of a material", "everybody of the centre")


class MaterialTime(models.TextChoices):
    BEFORE = "before", pgettext_lazy("materials", "before the event")
    AFTER = "after", pgettext_lazy("materials", "after the event")
