"""Sittings with their answers, and what markers give for extended ones."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON
from traektoria.diagnostics.campaigns.models import CampaignPart, Participant
from traektoria.diagnostics.instruments.models import FormItem
from traektoria.diagnostics.sittings.enums import SittingState


class Sitting(models.Model):
    """One person's sitting of one part. Time that counts is ``seconds`` plus what has run since ``running_since``.

    ``tab`` is the browser tab that writes; another tab takes over openly. ``seed`` orders options the same each time.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="sittings")
    part = models.ForeignKey(CampaignPart, on_delete=models.PROTECT, related_name="sittings")
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
        verbose_name = _("sitting")
        constraints = [
            models.UniqueConstraint(fields=["participant", "part"], name="sitting_once"),
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
    """The answer to one item, in the shape of ``diagnostics.answers``; {} is an answer that was taken away.

    ``sequence`` is the browser's count, so that a late copy never replaces a newer word. ``score`` is None for what
    is not judged (yet).
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="answers")
    form_item = models.ForeignKey(FormItem, on_delete=models.PROTECT, related_name="answers")
    value = KeptJSON(_("answer"), default=dict, shape=dict[str, Any])
    sequence = models.BigIntegerField(default=0)
    late = models.BooleanField(_("came late"), default=False)
    score = models.DecimalField(_("points"), max_digits=6, decimal_places=3, null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "form_item"], name="one_answer_an_item")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.form_item_id)
