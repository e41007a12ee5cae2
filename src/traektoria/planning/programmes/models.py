"""The programme of a centre, or a tutor's own: what its work plans carry out."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


class Programme(models.Model):
    """From ``first`` to ``last`` (calendar years). Lists are texts with a line for each. Approved by ``act``; after
    that each change is a ``ProgrammeRevision`` with its reason."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="programmes")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes")
    title = models.CharField(_("title"), max_length=300)
    first = models.PositiveSmallIntegerField(_("from the year"))
    last = models.PositiveSmallIntegerField(_("to the year"))
    note = KeptText(_("explanatory note"), blank=True)
    aim = KeptText(_("aim"), blank=True)
    tasks = KeptText(pgettext_lazy("plan", "tasks"), blank=True)
    principles = KeptText(_("principles"), blank=True)
    sections = KeptText(_("sections of the work"), blank=True)
    results = KeptText(_("expected results"), blank=True)
    act = models.CharField(pgettext_lazy("plan", "approved by"), max_length=200, blank=True)
    act_number = models.CharField(_("number"), max_length=40, blank=True)
    act_day = models.DateField(_("of the day"), null=True, blank=True)
    approved_at = models.DateTimeField(pgettext_lazy("plan", "approved"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("programme")
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="programme_years"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, act_day__isnull=True)
                | Q(approved_at__isnull=False, act_day__isnull=False),
                name="approved_programme_is_dated",
            ),
        ]
        ordering = ["-first", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """«2021», «2024–2026»."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class ProgrammeRevision(models.Model):
    """What an approved programme said before a change: never edited."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = KeptJSON(default=dict, shape=dict[str, Any])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="programme_revision_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)
