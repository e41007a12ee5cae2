"""Fixed words of work plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.people.enums import Role

DUTIES = (Role.COORDINATOR, Role.TUTOR, Role.HEAD, Role.DEPUTY_HEAD)
"""Roles that can answer for an item."""


class PlanState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", pgettext_lazy("plan", "waits for approval")
    APPROVED = "approved", pgettext_lazy("plan", "approved")


class PlanSpan(models.TextChoices):
    """Which year a plan is for: «год» means another one in each."""

    SCHOOL = "school", _("school year")
    CALENDAR = "calendar", _("calendar year")


class TermState(models.TextChoices):
    """How far the deadline of an item is understood; «later»: somebody has put the question off."""

    DATED = "dated", _("has dates")
    DATELESS = "dateless", _("no dates by its nature")
    ASKED = "asked", _("the deadline is not understood")
    LATER = "later", _("the deadline is to be said later")


class OccurrenceState(models.TextChoices):
    """What was done about an occurrence. Whether it is late follows from the day (``occurrence_state``)."""

    OPEN = "open", pgettext_lazy("occurrence", "to be done")
    DONE = "done", pgettext_lazy("occurrence", "done")
    CANCELLED = "cancelled", pgettext_lazy("occurrence", "cancelled")
