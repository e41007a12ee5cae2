"""An event of the centre, its dates, leaders, responsible schools and materials."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.points.models import ConsultationPoint, PointRoom
from traektoria.core.kept_columns import KeptText
from traektoria.engines.intervals import Interval
from traektoria.events.event.enums import DateChangeKind, DateState, EventState, Level, MaterialTime, Readers, Way
from traektoria.organisations.models import Regulation, School, TutorCentre
from traektoria.people.models import Person

MINUTE = timedelta(minutes=1)


class Event(models.Model):
    """A master class, a seminar, a tutorial … as a kind of the regulation of its day.

    ``kind`` is the slug of the kind; its name and what is special of it are kept as they were. ``subjects`` and
    ``categories`` are words between spaces (« math physics »): which teachers it is meant for; none: all. ``places``
    and ``per_school`` None: as many as come. ``programme``: a line a step, minutes first («20 Знакомство»).
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="events")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    kind_name = models.CharField(_("kind"), max_length=300)
    approval = models.BooleanField(_("announced after approval"), default=False)
    observation = models.BooleanField(_("those who came fill in an observation form"), default=False)
    pupils_only = models.BooleanField(_("for pupils, only their number is kept"), default=False)
    has_results = models.BooleanField(_("results are written down after it"), default=False)
    title = models.CharField(_("title"), max_length=200)
    about = KeptText(_("what it is about"), blank=True)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices, default=Level.MUNICIPAL)
    subjects = models.CharField(_("subjects"), max_length=300, blank=True)
    classes = models.CharField(_("classes"), max_length=60, blank=True)
    categories = models.CharField(_("categories of teachers"), max_length=600, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices, default=Way.IN_PERSON)
    point = models.ForeignKey(ConsultationPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    room = models.ForeignKey(PointRoom, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place in words"), max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    per_school = models.PositiveSmallIntegerField(_("places for one school"), null=True, blank=True)
    opens_on = models.DateField(_("registration from"), null=True, blank=True)
    closes_on = models.DateField(_("registration until"), null=True, blank=True)
    programme = KeptText(_("programme"), blank=True)
    leaders = models.ManyToManyField(Person, through="EventLeader", related_name="events_led")
    schools = models.ManyToManyField(School, through="EventSchool", related_name="events_prepared")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")
    state = models.CharField(_("state"), max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    why = models.CharField(_("why"), max_length=300, blank=True)
    number = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(condition=Q(places__isnull=True) | Q(places__gte=1), name="event_has_places"),
            models.CheckConstraint(
                condition=Q(per_school__isnull=True) | Q(per_school__gte=1), name="event_takes_somebody_of_a_school"
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="event_registration_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(why=""), name="cancelled_event_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[EventState.DRAFT, EventState.PROPOSED, EventState.CANCELLED])
                | Q(announced_at__isnull=False),
                name="announced_event_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["centre", "state"], name="event_by_centre")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject_list(self) -> list[str]:
        return self.subjects.split()

    @property
    def category_list(self) -> list[str]:
        return self.categories.split()

    @property
    def by_video(self) -> bool:
        return self.way == Way.VIDEO


class EventLeader(models.Model):
    """Who leads an event, the first of them first."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="leads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="leader_once_in_an_event")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)


class EventSchool(models.Model):
    """A school that answers for an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="answers")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "school"], name="school_once_in_an_event")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.school)


class EventDate(models.Model):
    """One date of an event, [start, end). ``original`` is when it was to begin at first: it stays where it is moved.

    ``held_at``: somebody has said that it took place; from then on its hours count; ``held_by_marks``: nobody has said
    it, it follows from who came. ``pupils``: how many came.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="dates")
    start = models.DateTimeField(_("beginning"))
    end = models.DateTimeField(_("end"))
    original = models.DateTimeField(_("beginning as planned"))
    state = models.CharField(_("state"), max_length=10, choices=DateState.choices, default=DateState.STANDING)
    why = models.CharField(_("why not"), max_length=300, blank=True)
    held_at = models.DateTimeField(_("said to have taken place"), null=True, blank=True)
    held_by_marks = models.BooleanField(default=False, editable=False)
    pupils = models.PositiveSmallIntegerField(_("pupils who came"), null=True, blank=True)

    class Meta:
        verbose_name = _("date of an event")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="event_date_ends_after_it_begins"),
            models.UniqueConstraint(fields=["event", "original"], name="date_of_an_event_once"),
            models.CheckConstraint(
                condition=Q(state=DateState.STANDING, why="") | (Q(state=DateState.DROPPED) & ~Q(why="")),
                name="dropped_event_date_says_why",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(state=DateState.STANDING), name="held_event_date_stands"
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "start"], name="event_dates")]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return str(self.start)

    @property
    def interval(self) -> Interval:
        return Interval(self.start, self.end)

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // MINUTE

    @property
    def stands(self) -> bool:
        return self.state == DateState.STANDING


class EventDateChange(models.Model):
    """When a date was before it was moved, or that it was dropped: never edited."""

    date = models.ForeignKey(EventDate, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=DateChangeKind.choices)
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.reason


class EventMaterial(models.Model):
    """What participants read before, or take away after: an address or a file; the same once in an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    time = models.CharField(_("when"), max_length=10, choices=MaterialTime.choices)
    readers = models.CharField(_("who reads it"), max_length=12, choices=Readers.choices, default=Readers.PARTICIPANTS)
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="events/%Y/%m", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("material of an event")
        constraints = [
            models.UniqueConstraint(fields=["event", "link"], condition=~Q(link=""), name="material_once_in_an_event"),
            models.UniqueConstraint(
                fields=["event", "sha256"], condition=~Q(sha256=""), name="material_file_once_in_an_event"
            ),
            models.CheckConstraint(
                condition=(~Q(link="") & Q(sha256="", file="")) | (Q(link="") & ~Q(sha256="") & ~Q(file="")),
                name="material_is_an_address_or_a_file",
            ),
        ]
        ordering = ["time", "pk"]

    def __str__(self) -> str:
        return self.title
