"""Programmes of tutorials on the shelf of the centre with their versions; a tutorial that is held; its self-work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.diagnostics.models import Campaign
from traektoria.events.attendance.enums import EvidenceAnswer
from traektoria.events.event.models import Event
from traektoria.events.tutorials.content import Modules, Whole
from traektoria.events.tutorials.enums import WorkState
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.routes.models import ItemEvidence


class TutorialProgramme(models.Model):
    """A product of the centre that is held again and again: what is written now. Events are made of its versions.

    ``subjects`` are words between spaces; none: any. ``materials``: a line each, title and address. ``origin``: of
    which centre it was taken as a file, and which version; empty: written here.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="tutorial_programmes")
    title = models.CharField(_("title"), max_length=200)
    about = KeptText(_("what it is about"), blank=True)
    subjects = models.CharField(_("subjects"), max_length=300, blank=True)
    classes = models.CharField(_("classes"), max_length=60, blank=True)
    materials = KeptText(_("materials"), blank=True)
    modules = KeptJSON(_("meetings"), shape=Modules, default=list)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("taken from"), max_length=400, blank=True, editable=False)
    edition = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(_("put aside"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("programme of a tutorial")
        indexes = [models.Index(fields=["centre", "archived_at"], name="tutorial_by_centre")]
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject_list(self) -> list[str]:
        return self.subjects.split()


class TutorialVersion(models.Model):
    """A programme as it was released: never edited, so that an event says what it was made of."""

    programme = models.ForeignKey(TutorialProgramme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = KeptJSON(_("content"), shape=Whole)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a programme of a tutorial")
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="version_of_a_tutorial_programme_once")
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.programme} {self.number}"


class Tutorial(models.Model):
    """An event that has self-work; ``version`` is of the programme that it was made of. ``entry`` and ``exit`` are
    campaigns of the diagnostics, the second of which measures the first again."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="tutorial")
    version = models.ForeignKey(TutorialVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="held")
    entry = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    exit = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("tutorial")
        constraints = [
            models.CheckConstraint(
                condition=Q(exit__isnull=True) | ~Q(exit=models.F("entry")), name="exit_is_another_campaign"
            )
        ]

    def __str__(self) -> str:
        return str(self.event)


class SelfTask(models.Model):
    """What participants do by themselves after the meeting number ``meeting``, until ``days`` after it: the term moves
    together with the meeting. ``early``: it is taken before that day too."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="self_tasks")
    meeting = models.PositiveSmallIntegerField(_("after the meeting number"))
    days = models.PositiveSmallIntegerField(_("days for it"))
    minutes = models.PositiveSmallIntegerField(_("counts as, minutes"))
    title = models.CharField(_("title"), max_length=200)
    text = KeptText(_("what to do"), blank=True)
    link = models.URLField(_("address"), max_length=500, blank=True)
    early = models.BooleanField(_("can be handed in before the meeting"), default=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("task of a tutorial")
        constraints = [models.CheckConstraint(condition=Q(meeting__gte=1), name="task_follows_a_meeting")]
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return self.title


class SelfWork(models.Model):
    """What one person has handed in for a task, as it stands. ``minutes`` it counts as since it was accepted.
    ``answer``: whether the person counts it for the route item that the registration serves; as long as ``evidence``
    stands there, the tutor of the route reads the work."""

    task = models.ForeignKey(SelfTask, on_delete=models.PROTECT, related_name="works")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="self_works")
    state = models.CharField(_("state"), max_length=10, choices=WorkState.choices, default=WorkState.HANDED)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    minutes = models.PositiveSmallIntegerField(_("counts as, minutes"), default=0)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    answer = models.CharField(_("for the route"), max_length=10, choices=EvidenceAnswer.choices, blank=True)
    evidence = models.ForeignKey(ItemEvidence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("self-work")
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="self_work_once_a_task"),
            models.CheckConstraint(
                condition=Q(state=WorkState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=WorkState.ACCEPTED) & Q(accepted_at__isnull=True, minutes=0)),
                name="accepted_self_work_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="self_work_by_person")]
        ordering = ["task", "pk"]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def centre_id(self) -> int:
        return self.task.event.centre_id


class WorkTurn(models.Model):
    """What was handed in, or said of it: never edited."""

    work = models.ForeignKey(SelfWork, on_delete=models.CASCADE, related_name="turns")
    said = models.CharField(_("what happened"), max_length=10, choices=WorkState.choices)
    text = KeptText(_("text"), blank=True)
    link = models.URLField(_("address"), max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.said


class WorkFile(models.Model):
    """A document or a photo that came with what was handed in; the same content once in a work. ``sent``: SHA-256 of
    what was sent, so that a photo, which is drawn anew, is known again."""

    turn = models.ForeignKey(WorkTurn, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to="events/%Y/%m")
    file_name = models.CharField(_("name of the file"), max_length=200)
    sent = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("file of a self-work")
        constraints = [models.UniqueConstraint(fields=["turn", "sent"], name="file_of_a_self_work_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file_name
