"""The request for a tutor."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptText
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.tutees.enums import Basis


class SupportNeed(models.Model):
    """A request for a tutor: of a teacher for themselves, or of a school for its teachers; not yet who with whom.

    ``teachers`` are those who are named; a school may ask for ``number`` teachers without naming them all.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="support_needs")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="support_needs")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support_needs")
    teachers = models.ManyToManyField(Person, related_name="needed_supports", blank=True)
    number = models.PositiveSmallIntegerField(_("teachers"), default=1)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices)
    text = KeptText(_("what help is needed"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=NeedState.choices, default=NeedState.OPEN)
    withdrawn_why = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("request for a tutor")
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="need_of_somebody")]
        indexes = [models.Index(fields=["centre", "state", "created_at"], name="need_by_centre")]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.get_subject_display()
