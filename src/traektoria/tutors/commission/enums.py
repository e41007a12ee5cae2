"""States of a session and of an item, the choices of a vote."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("goes on")
    CLOSED = "closed", _("held, protocol not signed")
    SIGNED = "signed", _("protocol signed")
    CANCELLED = "cancelled", _("did not take place")


class AgendaState(models.TextChoices):
    WAITING = "waiting", _("not begun")
    JUDGING = "judging", _("members judge")
    DISCUSSED = "discussed", _("judgements are open")
    VOTING = "voting", _("vote goes on")
    COUNTED = "counted", _("votes are counted")
    DECIDED = "decided", _("decided")
    POSTPONED = "postponed", _("postponed")


class RecusalReason(models.TextChoices):
    OWN = "own", _("own application")
    SCHOOL = "school", _("same school")
    RELATIVE = "relative", _("relative")
    OTHER = "other", _("another conflict of interest")


class VoteChoice(models.TextChoices):
    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAINED = "abstained", _("abstained")
