"""Hypotheses of professional deficits: each with its evidence; nothing is a verdict."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.enums import DropReason, HypothesisState, Origin, Strength
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.results.models import Dataset


class Hypothesis(models.Model):
    """A question to a teacher, or a supposed deficit (``strength``). Seen by that teacher and the tutor who supports
    them, by nobody else.

    ``evidence`` keeps the figures as they were when it was proposed: tasks, n, completion of the classes and of the
    municipality in percent, КЭС/КТ codes; of a supposition the difference with its 95 % interval, what was repeated
    (``grounds``) and in which classes and works (``pieces``); of a question the place ``among`` classes and its
    ``profile`` over skills. ``retold``: when and how a later run has changed its word.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="hypotheses")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hypotheses")
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    block = models.CharField(_("competence block"), max_length=16, choices=CompetenceBlock.choices)
    topic = KeptText(_("topic or skill"))
    origin = models.CharField(_("origin"), max_length=14, choices=Origin.choices)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="hypotheses")
    sitting = models.ForeignKey(
        "diagnostics.Sitting", on_delete=models.CASCADE, null=True, blank=True, related_name="hypotheses"
    )
    evidence = KeptJSON(_("evidence"), default=dict, blank=True, shape=dict[str, Any])
    evidence_key = models.CharField(max_length=64, blank=True, editable=False)
    strength = models.CharField(_("strength"), max_length=8, choices=Strength.choices, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=HypothesisState.choices, default=HypothesisState.PROPOSED
    )
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason_kind = models.CharField(_("reason"), max_length=12, choices=DropReason.choices, blank=True)
    reason = KeptText(_("why"), blank=True)
    created_at = models.DateTimeField(_("proposed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("hypothesis of a deficit")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "dataset", "evidence_key"], condition=~Q(evidence_key=""), name="hypothesis_once"
            ),
            models.UniqueConstraint(
                fields=["sitting", "topic"], condition=Q(sitting__isnull=False), name="hypothesis_once_a_sitting"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.BY_HAND, dataset__isnull=True, sitting__isnull=True)
                | Q(origin=Origin.RESULTS, dataset__isnull=False, sitting__isnull=True)
                | Q(origin__in=[Origin.WORK, Origin.QUESTIONNAIRE], dataset__isnull=True, sitting__isnull=False),
                name="hypothesis_has_its_source",
            ),
            models.CheckConstraint(
                condition=Q(state=HypothesisState.PROPOSED, decided_at__isnull=True)
                | (~Q(state=HypothesisState.PROPOSED) & Q(decided_at__isnull=False)),
                name="hypothesis_decision_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="hypothesis_by_person")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.topic

    @property
    def is_question(self) -> bool:
        """One class in one work: it supposes nothing."""
        return self.strength == Strength.QUESTION

    @property
    def was_retold(self) -> bool:
        """A later run has said already that the figures do not carry it; who took it back knows that."""
        note = self.evidence.get("retold")
        return bool(note) and note.get("now") in ("", "merged")

    @property
    def was_withdrawn(self) -> bool:
        return self.is_dropped and self.reason_kind == DropReason.RECOUNTED

    @property
    def is_proposed(self) -> bool:
        return self.state == HypothesisState.PROPOSED

    @property
    def is_discussed(self) -> bool:
        """The teacher wants to talk it over with the tutor before deciding."""
        return self.state == HypothesisState.DISCUSSED

    @property
    def is_confirmed(self) -> bool:
        return self.state == HypothesisState.CONFIRMED

    @property
    def is_dropped(self) -> bool:
        return self.state == HypothesisState.DROPPED
