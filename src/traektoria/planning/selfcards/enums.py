"""Fixed words of self-analysis cards."""

from django.db import models
from django.utils.translation import pgettext_lazy

from traektoria.planning.audits.enums import Verdict


class CardState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("self-analysis", "only the school sees it")
    SHARED = "shared", pgettext_lazy("self-analysis", "shared with the centre")


OWN = (Verdict.YES, Verdict.PARTLY, Verdict.NO, Verdict.NOT_APPLICABLE)
"""What a school can say of itself: everything of it is known to it."""
