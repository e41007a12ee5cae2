"""Who came to a date of an event, and each mark that said so."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.events.attendance.enums import Answer, Word
from traektoria.events.event.models import EventDate
from traektoria.people.models import Person


class Attendance(models.Model):
    """What holds of one person on one date: the word of the newest mark. ``answer``: whether the teacher counts it for
    the route item that the registration serves; empty where there is none."""

    date = models.ForeignKey(EventDate, on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendance")
    said = models.CharField(_("who came"), max_length=16, choices=Word.choices)
    walk_in = models.BooleanField(_("came without a registration"), default=False)
    at = models.DateTimeField(_("marked"))
    answer = models.CharField(_("for the route"), max_length=10, choices=Answer.choices, blank=True)

    class Meta:
        verbose_name = _("attendance of an event")
        constraints = [models.UniqueConstraint(fields=["date", "person"], name="attendance_once_a_date")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def centre_id(self) -> int:
        return self.date.event.centre_id


class AttendanceMark(models.Model):
    """One press of somebody: never edited. ``key`` is made where it is pressed, so that what is sent twice is one mark;
    ``at`` is the clock of that device."""

    key = models.UUIDField(unique=True)
    date = models.ForeignKey(EventDate, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = models.CharField(max_length=16, choices=Word.choices)
    at = models.DateTimeField(_("pressed"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.said
