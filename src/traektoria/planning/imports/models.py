"""A table that was read and waits for «Move into the plan»."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON
from traektoria.planning.plans.models import WorkPlan


class PlanImport(models.Model):
    """The preview of a table for a plan: whoever writes the plan opens it, goes on with it and takes it over.

    ``rows``, ``tables`` and ``left`` are ``draft_rows.DraftRow``, ``Table`` and ``Left``; they are emptied once taken,
    for they may name people. ``taken`` says how many rows went into the plan, so that a second press shows it and
    writes nothing. The file itself is kept nowhere.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(_("file"), max_length=200, blank=True)
    kind = models.CharField(max_length=10)
    title = models.CharField(_("title"), max_length=300, blank=True)
    rows = KeptJSON(default=list, shape=list[Any])
    tables = KeptJSON(default=list, shape=list[Any])
    left = KeptJSON(default=list, shape=list[Any])
    taken = models.PositiveSmallIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("table for a plan")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken=None, taken_at=None) | models.Q(taken__isnull=False, taken_at__isnull=False),
                name="taken_table_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["plan", "taken_at"], name="import_by_plan")]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name or self.title or str(self.token)
