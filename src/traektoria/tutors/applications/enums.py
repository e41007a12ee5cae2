"""States of an application. What differs between centres is in the regulation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    NOMINATED = "nominated", _("the candidate is asked")
    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned for completion")
    ADMITTED = "admitted", _("admitted for consideration")
    GRANTED = "granted", _("status granted")
    REFUSED = "refused", _("status refused")
    APPEALED = "appealed", _("the refusal is appealed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Check(models.TextChoices):
    """What the secretary found of one criterion."""

    OPEN = "", _("not checked yet")
    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
