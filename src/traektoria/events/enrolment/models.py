"""Who is registered for an event or waits for a place, their places by date, and what was decided of freed places."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.events.enrolment.enums import LIVE, EnrolmentState, LogLine
from traektoria.events.event.models import Event, EventDate
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem


class Enrolment(models.Model):
    """One person at one event. ``whole``: on all its dates; else on those of its ``seats``.

    ``since`` decides whose turn it is of those who wait: who gave a place back and comes again begins anew. ``school``
    is set where the school registered the person. ``work``: the school by which places of one school are counted.
    ``item`` is the route item that the event serves.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(_("state"), max_length=10, choices=EnrolmentState.choices)
    whole = models.BooleanField(_("on all dates"), default=True)
    since = models.DateTimeField(_("since"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    work = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(RouteItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments")
    why = models.CharField(_("why"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="person_once_at_an_event")]
        indexes = [
            models.Index(fields=["event", "state", "since"], name="enrolment_by_event"),
            models.Index(fields=["person", "state"], name="enrolment_by_person"),
        ]
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_in(self) -> bool:
        return self.state == EnrolmentState.IN

    @property
    def waits(self) -> bool:
        return self.state == EnrolmentState.WAITS

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def centre(self) -> TutorCentre:
        return self.event.centre

    @property
    def centre_id(self) -> int:
        return self.event.centre_id


class Seat(models.Model):
    """A date that somebody comes on. ``number`` is the place on it, None for who only waits for one."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="seats")
    date = models.ForeignKey(EventDate, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)

    class Meta:
        verbose_name = _("place at an event")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "date"], name="seat_once_a_date"),
            models.UniqueConstraint(
                fields=["date", "number"], condition=Q(number__isnull=False), name="place_of_an_event_date_once"
            ),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gte=1), name="seats_count_from_one"),
        ]
        ordering = ["date", "number", "pk"]

    def __str__(self) -> str:
        return str(self.number or "")


class EventLine(models.Model):
    """A line of the log: what was decided of a place. Never edited; ``person`` empty: of everybody. ``by``: who took a
    free place for the person, where it was somebody else."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said = models.CharField(_("what was decided"), max_length=12, choices=LogLine.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.said
