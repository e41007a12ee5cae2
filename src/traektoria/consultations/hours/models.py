"""The hour that was given, who was there, and what it said before it was corrected."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.hours.enums import Feedback, HourWay
from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.consultations.slots.models import Slot
from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.engines.intervals import Interval
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem


class ConsultationHour(models.Model):
    """A consultation that took place, [start, end): of a tutor with one teacher or several; pupils are only counted.

    A tutor has no two at once: checked under a lock of the tutor, and on PostgreSQL excluded by the database too.
    ``request`` and ``item`` are what it served. A withdrawn hour stays to be read and takes no time.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="consultation_hours")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hours_given")
    request = models.ForeignKey(
        ConsultationRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="hours"
    )
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="hours")
    item = models.ForeignKey(RouteItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="hours")
    start = models.DateTimeField(_("beginning of the hour"))
    end = models.DateTimeField(_("end of the hour"))
    way = models.CharField(_("how"), max_length=10, choices=HourWay.choices)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    topic = models.CharField(_("topic"), max_length=200)
    pupils = models.PositiveSmallIntegerField(_("pupils"), default=0)
    recommendations = KeptText(_("recommendations"), blank=True)
    materials = KeptText(_("materials"), blank=True)
    shared_note = KeptText(_("note for both"), blank=True)
    private_note = KeptText(_("note for myself"), blank=True)
    next_day = models.DateField(_("next time"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("hour of consultation")
        constraints = [models.CheckConstraint(condition=Q(end__gt=F("start")), name="hour_ends_after_it_begins")]
        indexes = [
            models.Index(fields=["tutor", "start"], name="hour_by_tutor"),
            models.Index(fields=["centre", "start"], name="hour_by_centre"),
        ]
        ordering = ["-start", "-pk"]

    def __str__(self) -> str:
        return self.topic

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end)

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)


class HourTeacher(models.Model):
    """A teacher who was there: the hour counts for each. The teacher confirms nothing and may say how it was."""

    hour = models.ForeignKey(ConsultationHour, on_delete=models.CASCADE, related_name="teachers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hours_received")
    feedback = models.CharField(_("how it was"), max_length=10, choices=Feedback.choices, blank=True)
    feedback_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hour", "person"], name="teacher_once_an_hour"),
            models.CheckConstraint(
                condition=Q(feedback="", feedback_at__isnull=True) | (~Q(feedback="") & Q(feedback_at__isnull=False)),
                name="feedback_is_dated",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)


class HourEdition(models.Model):
    """What an hour said before a correction: never edited. ``facts`` are its fields as texts, with who was there."""

    hour = models.ForeignKey(ConsultationHour, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    facts = KeptJSON(_("what it said"), shape=dict[str, Any])
    until = models.DateTimeField(_("corrected"), auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hour", "number"], name="edition_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)
