"""Who came to a date of an event, and each mark that said so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.events.attendance.enums import Aside, EvidenceAnswer, Source, Word
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
    answer = models.CharField(_("for the route"), max_length=10, choices=EvidenceAnswer.choices, blank=True)

    class Meta:
        verbose_name = _("attendance of an event")
        constraints = [models.UniqueConstraint(fields=["date", "person"], name="attendance_once_a_date")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def centre_id(self) -> int:
        return self.date.event.centre_id


class DoorGuest(models.Model):
    """Somebody whom the system does not know and who came: name and school as they were typed at the door. ``same``:
    both as they are compared, so that two phones write one guest."""

    date = models.ForeignKey(EventDate, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(_("name of the guest"), max_length=120)
    work = models.CharField(_("school"), max_length=120, blank=True)
    same = models.CharField(max_length=260, editable=False)
    said = models.CharField(_("who came"), max_length=16, choices=Word.choices)
    at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("guest of an event")
        constraints = [models.UniqueConstraint(fields=["date", "same"], name="guest_once_a_date")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class AttendanceMark(models.Model):
    """One press of somebody about a person or a guest: never edited. ``key`` is made where it is pressed, so that what
    is sent twice is one mark; ``at`` is the clock of that ``device``. ``aside``: kept, but it does not count yet."""

    key = models.UUIDField(unique=True)
    date = models.ForeignKey(EventDate, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.ForeignKey(DoorGuest, on_delete=models.PROTECT, null=True, blank=True, related_name="marks")
    said = models.CharField(max_length=16, choices=Word.choices)
    source = models.CharField(_("how"), max_length=10, choices=Source.choices, default=Source.LEADER)
    device = models.CharField(max_length=40, blank=True)
    aside = models.CharField(_("why it does not count"), max_length=10, choices=Aside.choices, blank=True)
    at = models.DateTimeField(_("pressed"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest__isnull=True) | Q(person__isnull=True, guest__isnull=False),
                name="mark_is_of_a_person_or_a_guest",
            )
        ]
        indexes = [models.Index(fields=["date", "person"], name="marks_of_an_event_date")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.said
