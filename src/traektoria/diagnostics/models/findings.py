"""What a campaign says: findings by topic of each person, difficulties they named themselves, figures of items."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.enums import CompetenceBlock, Finding
from traektoria.diagnostics.models.campaigns import CampaignPart, Participant
from traektoria.diagnostics.models.sittings import Sitting


class TopicFinding(models.Model):
    """What the answers of one person say of one topic: private to the teacher and the tutor, like a hypothesis.

    ``completion`` (with ``low``…``high``, 80 %) is the expected share of points on very many such items and
    ``probability`` that of a deficit, both of ``engines.deficits.mastery``; ``points`` of ``most`` is the plain count.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="findings")
    topic = models.CharField(_("topic"), max_length=300)
    block = models.CharField(_("competence block"), max_length=16, choices=CompetenceBlock.choices, blank=True)
    items = models.PositiveSmallIntegerField(_("items"))
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=3)
    most = models.DecimalField(_("of"), max_digits=7, decimal_places=3)
    completion = models.FloatField(_("expected completion"), null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    probability = models.FloatField(_("probability of a deficit"), null=True, blank=True)
    finding = models.CharField(_("finding"), max_length=12, choices=Finding.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "topic"], name="finding_once")]
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.topic


class NamedDifficulty(models.Model):
    """A topic that the teacher named as difficult in a questionnaire: their word, kept apart from what is measured."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="named")
    topic = models.CharField(_("topic"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "topic"], name="named_once")]
        ordering = ["topic"]

    def __str__(self) -> str:
        return self.topic


class PartAnalysis(models.Model):
    """Figures of a part by item and by form, as JSON; made anew when answers or marks change."""

    part = models.OneToOneField(CampaignPart, on_delete=models.CASCADE, related_name="analysis")
    content = models.JSONField(_("figures"))
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.part_id)
