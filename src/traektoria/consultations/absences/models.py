"""What was decided of each date that an absence touches."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.absences.enums import Step
from traektoria.consultations.slots.models import HelpDate, TutorAbsence
from traektoria.people.models import Person


class AbsenceStep(models.Model):
    """One date of an absent tutor, and what became of it: once for an absence. ``other`` is who receives instead."""

    absence = models.ForeignKey(TutorAbsence, on_delete=models.CASCADE, related_name="steps")
    date = models.ForeignKey(HelpDate, on_delete=models.CASCADE, related_name="absence_steps")
    step = models.CharField(_("what became of it"), max_length=12, choices=Step.choices)
    other = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    start = models.DateTimeField(_("when it was"))
    at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of an absence")
        constraints = [
            models.UniqueConstraint(fields=["absence", "date"], name="date_once_in_an_absence"),
            models.CheckConstraint(
                condition=Q(step=Step.SUBSTITUTE, other__isnull=False) | (~Q(step=Step.SUBSTITUTE) & Q(other=None)),
                name="substitute_is_named",
            ),
        ]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.get_step_display()
