"""Campaigns: who is invited to which works and questionnaires, in which window, on what basis."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptText
from traektoria.diagnostics.campaigns.enums import CampaignState, Reached
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.models import Consent, Person


class Campaign(models.Model):
    """An invitation to sit instruments within a window.

    ``follows`` is the campaign that this one measures again: everybody gets the other form of a work with two.
    ``grace_minutes`` is the rule of late answers: so long after the time was over, an answer that waited for a line is
    still taken and marked as late.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("title"), max_length=200)
    basis = models.CharField(_("basis"), max_length=300)
    purpose = KeptText(_("what for"))
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    grace_minutes = models.PositiveSmallIntegerField(_("late answers are taken for, minutes"), default=30)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    state = models.CharField(_("state"), max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("campaign")
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="campaign_dates")]
        indexes = [models.Index(fields=["centre", "state"], name="campaign_by_centre")]
        ordering = ["-start", "-pk"]

    def __str__(self) -> str:
        return self.title


class CampaignPart(models.Model):
    """An instrument of the campaign. One with a subject is for the teachers of the subject, others are for everybody.

    ``adaptive``: the next item is chosen by the answers. ``markers`` judge the extended answers.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="parts")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    adaptive = models.BooleanField(_("next item by the answers"), default=False)
    markers = models.ManyToManyField(Person, related_name="+", blank=True, verbose_name=_("markers"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "version"], name="part_once_in_a_campaign")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.position)


class Participant(models.Model):
    """A teacher who is invited. Nothing begins without ``consent``; declining needs no reason and is nobody's business.

    ``order`` is «AB» or «BA»: which form comes first, half of the people each; ``school`` is that of the invitation.
    A reminder stands on «My day» from ``reminded_at``. ``reached`` is how far
    somebody was who has withdrawn: lists and numbers of participation stay as they were, so that none tells of it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="campaigns")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.CharField(_("order of forms"), max_length=2, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reached = models.CharField(_("was as far as"), max_length=8, choices=Reached.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "person"], name="participant_once"),
            models.CheckConstraint(
                condition=Q(consent__isnull=True) | Q(declined_at__isnull=True), name="participant_one_answer"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)


class Uncounted(models.Model):
    """Answers or marks of the campaign have changed, and no analysis has taken it in yet (``actions.counting``).

    Without a constraint on the campaign: whoever saves an answer waits for nobody who closes or counts.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="uncounted", db_constraint=False)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.campaign_id)
