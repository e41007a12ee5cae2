"""Fixed words of audits."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AuditState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("audit", "planned")
    GOING = "going", pgettext_lazy("audit", "goes on")
    SIGNED = "signed", pgettext_lazy("audit", "signed")
    CANCELLED = "cancelled", pgettext_lazy("audit", "cancelled")


class Verdict(models.TextChoices):
    """«Not seen» and «does not apply» are other answers than «no»; none of them is there before somebody gives it."""

    YES = "yes", pgettext_lazy("audit", "there is")
    PARTLY = "partly", pgettext_lazy("audit", "in part")
    NO = "no", pgettext_lazy("audit", "there is none")
    UNSEEN = "unseen", pgettext_lazy("audit", "was not looked at")
    NOT_APPLICABLE = "na", pgettext_lazy("audit", "does not apply")


WANTING = (Verdict.PARTLY, Verdict.NO)
"""What makes a finding."""


class Reply(models.TextChoices):
    """What a school says to a finding."""

    AGREED = "agreed", pgettext_lazy("finding", "we agree")
    OBJECTED = "objected", pgettext_lazy("finding", "we object")
    MENDED = "mended", pgettext_lazy("finding", "mended already")


class FindingState(models.TextChoices):
    OPEN = "open", pgettext_lazy("finding", "open")
    MENDED = "mended", pgettext_lazy("finding", "mended, checked")
    WITHDRAWN = "withdrawn", pgettext_lazy("finding", "withdrawn after the objection")
