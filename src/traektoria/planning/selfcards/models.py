"""What a school says of itself by a checklist, and what the centre remarks on it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.models import Person
from traektoria.planning.audits.models import ChecklistVersion
from traektoria.planning.selfcards.enums import CardState


class SelfCard(models.Model):
    """How a school sees itself by an edition of the checklist: its own until it shares it with the centre. ``kind`` is
    that of the audits with which it is compared, ``number`` its version. What is shared is never changed: the next
    version stands beside it.

    ``answers`` are {number of the criterion: {"verdict", "note"}}. ``read_by``: who of the centre has read it.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="self_cards")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="self_cards")
    kind = models.CharField(max_length=80)
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="self_cards")
    number = models.PositiveSmallIntegerField(_("edition"))
    state = models.CharField(_("state"), max_length=10, choices=CardState.choices, default=CardState.DRAFT)
    answers = KeptJSON(default=dict, shape=dict[str, Any])
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    shared_at = models.DateTimeField(_("shared with the centre on"), null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("self-analysis card")
        constraints = [
            models.UniqueConstraint(fields=["centre", "school", "kind", "number"], name="card_edition_once"),
            models.UniqueConstraint(
                fields=["centre", "school", "kind"], condition=Q(state=CardState.DRAFT), name="one_draft_of_a_card"
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.SHARED, shared_at__isnull=False)
                | (Q(state=CardState.DRAFT) & Q(shared_at=None)),
                name="shared_card_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="card_is_read_by_somebody",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_draft(self) -> bool:
        return self.state == CardState.DRAFT


class CardRemark(models.Model):
    """What the centre says to a shared card: to a criterion, or to the whole (``criterion`` is None). Appended only."""

    card = models.ForeignKey(SelfCard, on_delete=models.CASCADE, related_name="remarks")
    criterion = models.PositiveIntegerField(null=True, blank=True)
    words = KeptText(_("remark"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("remark to a self-analysis card")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="card_remark_says_something")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
