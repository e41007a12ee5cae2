"""Fixed words of an absence."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Step(models.TextChoices):
    """What becomes of a date while its tutor is away."""

    SUBSTITUTE = "substitute", pgettext_lazy("absence", "another tutor receives")
    MOVE = "move", pgettext_lazy("absence", "moved")
    TAKE_OUT = "take_out", pgettext_lazy("absence", "the others receive")
    DROP = "drop", pgettext_lazy("absence", "dropped")
