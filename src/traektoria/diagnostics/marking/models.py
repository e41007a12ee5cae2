"""What markers give for extended answers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON
from traektoria.diagnostics.sittings.models import Answer
from traektoria.people.models import Person


class Marking(models.Model):
    """One marker's points for one extended answer, by criterion: {"К1": "2", "К2": "0.5"}. Blind: markers see neither
    the name nor each other's points. ``third`` decides where two disagree; ``done_at`` is empty until it is given."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="markings")
    marker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    points = KeptJSON(_("points"), default=dict, shape=dict[str, Any])
    note = models.CharField(_("note"), max_length=500, blank=True)
    third = models.BooleanField(_("third marker"), default=False)
    given_at = models.DateTimeField(_("handed out"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "marker"], name="marker_once_an_answer"),
            models.UniqueConstraint(fields=["answer"], condition=Q(third=True), name="one_third_marker"),
        ]
        indexes = [models.Index(fields=["marker", "done_at"], name="marking_by_marker")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.answer_id)
