"""Methodical associations of teachers: a subject, a chair, members."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person


class Association(models.Model):
    """«РМО учителей математики» of a centre; its plan-schedules are work plans. One that works no more is closed."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="associations")
    name = models.CharField(_("name"), max_length=200)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices, blank=True)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="chaired")
    members = models.ManyToManyField(Person, related_name="associations", blank=True)
    closed_on = models.DateField(_("works no more since"), null=True, blank=True)

    class Meta:
        verbose_name = _("methodical association")
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], condition=Q(closed_on=None), name="association_once")
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
