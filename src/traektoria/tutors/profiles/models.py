"""What a tutor offers."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person


class TutorProfile(models.Model):
    """What a tutor offers a centre. ``availability``: [{"weekday": 0…6, "start": "15:00", "end": "17:00"}, …].

    ``teachers_at_once`` and ``hours_a_month`` are the capacity that ``routes`` holds supports to.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, related_name="tutor_profiles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tutor_profiles")
    subjects = KeptJSON(_("subjects"), default=list, blank=True, shape=list[Subject])
    grades = KeptJSON(_("classes"), default=list, blank=True, shape=list[Any])
    formats = KeptJSON(_("formats"), default=list, blank=True, shape=list[str])
    languages = KeptJSON(_("languages"), default=list, blank=True, shape=list[str])
    availability = KeptJSON(_("weekly availability"), default=list, blank=True, shape=list[dict[str, Any]])
    teachers_at_once = models.PositiveSmallIntegerField(
        _("teachers at once"), validators=[MinValueValidator(0), MaxValueValidator(200)]
    )
    hours_a_month = models.PositiveSmallIntegerField(
        _("hours a month"), validators=[MinValueValidator(0), MaxValueValidator(400)]
    )
    about = KeptText(_("about me as a tutor"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "centre"], name="one_profile")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)
