"""Fixed words of the room: states and kinds. What differs between centres is in the regulation."""

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


class Post(models.TextChoices):
    """The post of a person in a commission."""

    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    SECRETARY = "secretary", _("secretary of the commission")
    MEMBER = "member", _("member")


class CommissionState(models.TextChoices):
    FORMING = "forming", _("being formed")
    WORKING = "working", _("works")
    DISSOLVED = "dissolved", _("dissolved")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("goes on")
    CLOSED = "closed", _("held, protocol not signed")
    SIGNED = "signed", _("protocol signed")
    CANCELLED = "cancelled", _("did not take place")


class ItemState(models.TextChoices):
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


class Choice(models.TextChoices):
    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAINED = "abstained", _("abstained")


class OrderKind(models.TextChoices):
    APPOINT = "appoint", _("appointment")
    RELEASE = "release", _("release")


class OrderState(models.TextChoices):
    DRAFT = "draft", _("draft of an order")
    SIGNED = "signed", _("signed")
    CANCELLED = "cancelled", _("the draft was taken away")


class StatusState(models.TextChoices):
    ACTIVE = "active", _("in force")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("the status is over")


class BasisKind(models.TextChoices):
    """What a term of the status rests on."""

    DECISION = "decision", _("decision of the commission")
    ORDER = "order", _("order")
    ENTRY = "entry", _("entry into the community")
    EARLIER = "earlier", _("earlier document, entered by the coordinator")


class Format(models.TextChoices):
    """How a tutor works with teachers."""

    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")
    MESSAGES = "messages", _("in writing")
    GROUP = "group", _("in a group")
    LESSONS = "lessons", _("visits of lessons")
