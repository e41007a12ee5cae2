"""Fixed words of self-work between the meetings of a tutorial."""

from django.db import models
from django.utils.translation import pgettext_lazy


class WorkState(models.TextChoices):
    HANDED = "handed", pgettext_lazy("self-work", "handed in, is being read")
    RETURNED = "returned", pgettext_lazy("self-work", "returned to be finished")
    ACCEPTED = "accepted", pgettext_lazy("self-work", "accepted")


LOOKS: dict[str, tuple[str, str]] = {
    WorkState.HANDED: ("info", "hourglass"),
    WorkState.RETURNED: ("warning", "undo-2"),
    WorkState.ACCEPTED: ("success", "check"),
}
"""Kind and icon of the chip of each state."""
