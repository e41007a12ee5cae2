"""Campaigns: who is invited to what and when; sittings with their answers; marks; findings by topic."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.enums import CampaignState, Finding, SittingState
from traektoria.diagnostics.models.instruments import FormItem, InstrumentVersion
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Consent, Person


class Campaign(models.Model):
    """An invitation to sit an instrument within a window. ``grace_minutes`` is the rule of late answers: so long after
    the time was over an answer that waited for a line is still taken, and marked as late."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="campaigns")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("title"), max_length=200)
    basis = models.CharField(_("basis"), max_length=300)
    purpose = models.TextField(_("what for"))
    start = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"))
    adaptive = models.BooleanField(_("next item by the answers"), default=False)
    grace_minutes = models.PositiveSmallIntegerField(_("late answers are taken for, minutes"), default=30)
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


class Participant(models.Model):
    """A teacher who is invited. Nothing begins without ``consent``; declining needs no reason and is nobody's business.

    ``form`` is the form that is sat first («A» or «B»): half of the people get each.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="campaigns")
    form = models.CharField(_("form"), max_length=1, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

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


class Sitting(models.Model):
    """One person's sitting of one form. Time that counts is ``seconds`` plus what has run since ``running_since``.

    ``tab`` is the browser tab that writes; another tab takes over openly. ``seed`` orders options the same each time.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sittings")
    form = models.CharField(_("form"), max_length=1, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SittingState.choices, default=SittingState.NEW)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seed = models.PositiveIntegerField(default=0)
    tab = models.CharField(max_length=40, blank=True)
    seconds = models.PositiveIntegerField(_("seconds"), default=0)
    running_since = models.DateTimeField(null=True, blank=True)
    pauses = models.PositiveSmallIntegerField(_("pauses"), default=0)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    on_paper = models.BooleanField(_("on paper"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "form"], name="sitting_once"),
            models.CheckConstraint(
                condition=Q(state=SittingState.RUNNING, running_since__isnull=False)
                | (~Q(state=SittingState.RUNNING) & Q(running_since__isnull=True)),
                name="running_sitting_has_its_clock",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.token)


class Answer(models.Model):
    """The answer to one item; ``sequence`` is the browser's count, so that a late copy never replaces a newer word."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="answers")
    form_item = models.ForeignKey(FormItem, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(_("answer"))
    sequence = models.BigIntegerField(default=0)
    late = models.BooleanField(_("came late"), default=False)
    score = models.DecimalField(_("points"), max_digits=6, decimal_places=3, null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "form_item"], name="one_answer_an_item")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.form_item_id)


class Mark(models.Model):
    """Points of a marker for a criterion of an extended answer; a changed mind is a new row, the last one counts.

    ``third`` marks the word of the third marker, who decides where two disagree.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="marks")
    marker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(_("criterion"), max_length=20)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    note = models.CharField(_("note"), max_length=500, blank=True)
    third = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["answer", "criterion"], name="mark_by_answer")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.points)


class TopicFinding(models.Model):
    """What the answers of one person say of one topic: private to the teacher and the tutor, like a hypothesis."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="findings")
    topic = models.CharField(_("topic"), max_length=300)
    items = models.PositiveSmallIntegerField(_("items"))
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=3)
    most = models.DecimalField(_("of"), max_digits=7, decimal_places=3)
    probability = models.FloatField(_("probability of a deficit"), null=True, blank=True)
    finding = models.CharField(_("finding"), max_length=12, choices=Finding.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "topic"], name="finding_once")]
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.topic


class CampaignAnalysis(models.Model):
    """Figures of a closed campaign by item and by topic, as JSON of the engine; made anew when marks change."""

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="analysis")
    content = models.JSONField(_("figures"))
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.campaign_id)
