"""A category that facts speak for, proposed to the teacher."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


class TeacherCategory(models.Model):
    """Proposed to ``person`` alone: what they agree to is read by their tutor, the rest by nobody. ``slug`` and
    ``title`` are of the regulation, ``facts`` are what speaks for it (``facts.in_words``). Once answered it is
    not asked again."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="teacher_categories")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="categories")
    slug = models.CharField(max_length=40)
    title = models.CharField(_("category"), max_length=300)
    facts = KeptJSON(default=dict, shape=dict[str, Any])
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)

    class Meta:
        verbose_name = _("category of a teacher")
        constraints = [
            models.UniqueConstraint(fields=["centre", "person", "slug"], name="category_proposed_once"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(declined_at__isnull=True), name="category_one_answer"
            ),
        ]
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_answered(self) -> bool:
        return self.agreed_at is not None or self.declined_at is not None
