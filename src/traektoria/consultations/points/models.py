"""The consultation point of a centre, its rooms, and who receives there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.points.enums import PointKind
from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person


class ConsultationPoint(models.Model):
    """A place where teachers are received: at a school, at the centre, or by video only.

    The centre reads what is published and not closed. A closed point keeps its hours of the past.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(_("where"), max_length=10, choices=PointKind.choices)
    name = models.CharField(_("name"), max_length=200)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("school")
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    contacts = models.CharField(_("contacts"), max_length=300, blank=True)
    about = KeptText(_("what one comes with"), blank=True)
    subjects = KeptJSON(_("subjects"), default=list, blank=True, shape=list[Subject])
    tutors = models.ManyToManyField(Person, through="PointTutor", related_name="points")
    published = models.BooleanField(_("shown to the centre"), default=False)
    closed_on = models.DateField(_("closed from"), null=True, blank=True)
    closed_why = models.CharField(_("why closed"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("consultation point")
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="point_name_once"),
            models.CheckConstraint(
                condition=~Q(kind=PointKind.SCHOOL) | Q(school__isnull=False), name="point_at_a_school_names_it"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_why="") | (Q(closed_on__isnull=False) & ~Q(closed_why="")),
                name="closed_point_says_why",
            ),
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class PointRoom(models.Model):
    """A room of a point: what two hours can't have at once. One that is out of use stays for its hours."""

    point = models.ForeignKey(ConsultationPoint, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("room"), max_length=60)
    in_use = models.BooleanField(_("still a room of the point"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "name"], name="room_of_a_point_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class PointTutor(models.Model):
    """Who receives at a point."""

    point = models.ForeignKey(ConsultationPoint, on_delete=models.CASCADE, related_name="receives")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="received_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "person"], name="tutor_once_at_a_point")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)
