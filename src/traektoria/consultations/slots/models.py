"""The Hour of methodical help, its dates with who receives, and the slots that are booked; absences of tutors."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.consultations.slots.enums import AbsenceKind, DateChange, DateState, HourRepeat, SlotState, SlotWay
from traektoria.core.kept_columns import KeptJSON
from traektoria.engines.intervals import Interval
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person


class TutorAbsence(models.Model):
    """Days on which a tutor receives nobody, first and last included. The weekly hours are of the tutor's profile.

    Who is away is so in all their centres: each has a row of its own on the same days, and decides of its own dates.
    ``kind`` and ``note`` are read by the coordinator alone to whom they were said (else empty): who wants an hour reads
    no more than that nobody is there.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="+")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    kind = models.CharField(
        _("kind"), max_length=10, choices=AbsenceKind.choices, default=AbsenceKind.OTHER, blank=True
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    note = models.CharField(_("note for the coordinator"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    source = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="echoes")

    class Meta:
        verbose_name = _("absence of a tutor")
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="absence_ends_after_it_begins")]
        indexes = [models.Index(fields=["tutor", "start"], name="absence_by_tutor")]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return self.reason


class HelpHour(models.Model):
    """An Hour of methodical help that comes again, or a tutor's own hour of reception: by the clock of ``zone``.

    ``together``: the tutors lead one group; else each receives alone, at the same time. ``places`` are of one slot.
    What is ended has no dates after that day.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="help_hours")
    way = models.CharField(_("how"), max_length=10, choices=SlotWay.choices)
    point = models.ForeignKey(
        ConsultationPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="help_hours"
    )
    room = models.ForeignKey(PointRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    subjects = KeptJSON(_("subjects"), default=list, blank=True, shape=list[Subject])
    tutors = models.ManyToManyField(Person, through="HelpHourTutor", related_name="help_hours")
    together = models.BooleanField(_("one group with all tutors"), default=False)
    repeat = models.CharField(_("comes again"), max_length=12, choices=HourRepeat.choices)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    days = KeptJSON(_("dates"), default=list, blank=True, shape=list[str])
    start = models.TimeField(_("from"))
    end = models.TimeField(pgettext_lazy("clock", "until"))
    zone = models.CharField(_("time zone"), max_length=40)
    slot_minutes = models.PositiveSmallIntegerField(_("length of a meeting, minutes"))
    break_minutes = models.PositiveSmallIntegerField(_("break between meetings, minutes"), default=0)
    places = models.PositiveSmallIntegerField(_("places in a meeting"), default=1)
    ended_on = models.DateField(_("last day, ended before its time"), null=True, blank=True)
    ended_why = models.CharField(_("why it ended"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Hour of methodical help")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="help_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="help_has_days"),
            models.CheckConstraint(condition=Q(places__gte=1, slot_minutes__gte=1), name="help_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(way=SlotWay.VIDEO) | Q(point__isnull=False), name="help_in_person_has_its_point"
            ),
        ]
        indexes = [models.Index(fields=["centre", "last_day"], name="help_by_centre")]
        ordering = ["-first_day", "-pk"]

    def __str__(self) -> str:
        return self.topic

    @property
    def is_open(self) -> bool:
        return self.ended_on is None


class HelpHourTutor(models.Model):
    """Who receives in an Hour."""

    hour = models.ForeignKey(HelpHour, on_delete=models.CASCADE, related_name="receives")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hour", "tutor"], name="tutor_once_in_a_help_hour")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.tutor)


class HelpDate(models.Model):
    """One date of an Hour, [start, end). ``day`` is the day by the rule: it stays where the date is moved. ``topic``
    and ``places`` are its own: the Hour's when it was made. ``original``: when the rule had it before it was changed.

    A room has no two at once: checked under a lock of the room, and on PostgreSQL excluded by the database too. What is
    dropped stays with its reason and takes no time, so that it is not made again.
    """

    hour = models.ForeignKey(HelpHour, on_delete=models.CASCADE, related_name="dates")
    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    start = models.DateTimeField(_("beginning"))
    end = models.DateTimeField(_("end"))
    way = models.CharField(_("how"), max_length=10, choices=SlotWay.choices)
    point = models.ForeignKey(ConsultationPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="dates")
    room = models.ForeignKey(PointRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="dates")
    state = models.CharField(_("state"), max_length=10, choices=DateState.choices, default=DateState.STANDING)
    why = models.CharField(_("why not"), max_length=300, blank=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(_("places in a meeting"), default=1)
    original = models.DateTimeField(_("by the rule as it was"), null=True, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    opened_at = models.DateTimeField(_("slots made"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("date of an Hour of methodical help")
        constraints = [
            models.UniqueConstraint(fields=["hour", "day"], name="date_of_a_help_hour_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="help_date_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state=DateState.STANDING, why="") | (Q(state=DateState.DROPPED) & ~Q(why="")),
                name="dropped_date_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "start"], name="help_date_by_centre"),
            models.Index(fields=["room", "start"], name="help_date_by_room"),
        ]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end)

    @property
    def is_standing(self) -> bool:
        return self.state == DateState.STANDING


class HelpDateTutor(models.Model):
    """The time of a tutor on a date, breaks included; ``live`` while the date stands.

    A tutor has no two at once: checked under a lock of the tutor, and on PostgreSQL excluded by the database too.
    """

    date = models.ForeignKey(HelpDate, on_delete=models.CASCADE, related_name="receives")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="help_dates")
    start = models.DateTimeField()
    end = models.DateTimeField()
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["date", "tutor"], name="tutor_once_on_a_date"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="tutor_of_a_date_has_time"),
        ]
        indexes = [models.Index(fields=["tutor", "start"], name="help_date_by_tutor")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.tutor)


class HelpDateChange(models.Model):
    """A date was dropped, moved, restored, or given to another tutor: never edited. ``before`` is what it was."""

    date = models.ForeignKey(HelpDate, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("what was done"), max_length=10, choices=DateChange.choices)
    before = KeptJSON(_("what it was"), shape=dict[str, Any])
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason

    @property
    def was(self) -> datetime:
        """When the date began before."""
        return datetime.fromisoformat(self.before["start"])


class Slot(models.Model):
    """What is booked: [start, end) of a date, with its places. ``tutor`` empty: all tutors of the date together.

    It lies within its date, whose tutors and room have no other then. Made for the window of the regulation, never
    deleted: bookings lean on it.
    """

    date = models.ForeignKey(HelpDate, on_delete=models.PROTECT, related_name="slots")
    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="slots")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="slots")
    start = models.DateTimeField(_("beginning"))
    end = models.DateTimeField(_("end"))
    places = models.PositiveSmallIntegerField(_("places"))
    state = models.CharField(_("state"), max_length=10, choices=SlotState.choices, default=SlotState.OPEN)

    class Meta:
        verbose_name = _("slot")
        constraints = [
            models.UniqueConstraint(
                fields=["date", "start", "tutor"], condition=Q(tutor__isnull=False), name="slot_of_a_tutor_once"
            ),
            models.UniqueConstraint(
                fields=["date", "start"], condition=Q(tutor__isnull=True), name="slot_of_all_tutors_once"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start"), places__gte=1), name="slot_is_some_time"),
        ]
        indexes = [models.Index(fields=["centre", "state", "start"], name="slot_by_centre")]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return f"{self.start:%d.%m.%Y %H:%M}"

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end)

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)

    @property
    def is_open(self) -> bool:
        return self.state == SlotState.OPEN
