"""What a campaign says: findings by topic of each person, difficulties they named themselves, figures of groups."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import TypedDict

from traektoria.core.kept_columns import KeptJSON
from traektoria.diagnostics.campaigns.models import CampaignPart, Participant
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.sittings.models import Sitting


class TopicFinding(models.Model):
    """What the answers of one person say of one topic: private to the teacher and the tutor, like a hypothesis.

    ``completion`` (with ``low``…``high``, 80 %) is the expected share of points on the tasks that were asked and
    ``probability`` that of a deficit, both of ``engines.deficits.mastery``; ``points`` of ``most`` is the plain count.
    Counted before ``ASKED_TASKS`` it spoke of very many such tasks, by a laxer rule.
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


class Figures(TypedDict):
    """What is taken for granted of figures."""

    people: int
    items: list[dict[str, Any]]
    model: dict[str, Any]
    survey: dict[str, Any]


class Published(Figures):
    """The same of what is published, with what else the pages need."""

    least: int
    forms: dict[str, Any]
    topics: dict[str, Any]


class PartAnalysis(models.Model):
    """Figures of a part by item and by form, as JSON. ``content`` is made anew whenever answers or marks change, and no
    page reads it: pages read ``published``, which stays until it may be replaced (``findings.analysis.membership``)."""

    part = models.OneToOneField(CampaignPart, on_delete=models.CASCADE, related_name="analysis")
    content = KeptJSON(_("figures"), shape=Figures)
    made_at = models.DateTimeField(auto_now=True)
    published = KeptJSON(_("published figures"), shape=Published | None, null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published__isnull=True, published_at__isnull=True)
                | Q(published__isnull=False, published_at__isnull=False),
                name="published_figures_have_their_moment",
            )
        ]

    def __str__(self) -> str:
        return str(self.part_id)


class Publication(models.Model):
    """Who was behind the figures published once, and no figures: what is published later is compared with all of them.

    ``people`` is a ``Membership`` of ``analysis.membership``: who was counted, and seals of what they answered. Of a
    person who withdraws, the seals go with the answers.
    """

    part = models.ForeignKey(CampaignPart, on_delete=models.CASCADE, related_name="publications")
    people = models.JSONField(_("counted people"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.part_id)
