"""What every room stands on: audit trail, answered presses, what waits and is fixed for whom, which installation."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText


class AuditEvent(models.Model):
    """What happened, written in the transaction of the action; outlives its objects, hence no foreign keys."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    event = models.CharField(_("event"), max_length=80)
    actor_id = models.BigIntegerField(_("account"), null=True)
    centre_id = models.BigIntegerField(_("centre"), null=True)
    object_kind = models.CharField(_("kind of object"), max_length=80)
    object_id = models.BigIntegerField(_("object"))
    facts = KeptJSON(_("facts"), default=dict, shape=dict[str, Any])

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "at"], name="audit_by_object"),
            models.Index(fields=["centre_id", "at"], name="audit_by_centre"),
        ]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event} {self.object_kind} {self.object_id}"


class Submission(models.Model):
    """A press of a form that was answered, written in the transaction of its effect (core.submissions).

    ``mark`` is a digest of account, address and key, ``body`` of what was typed: nobody can be read from them.
    """

    mark = models.CharField(max_length=64, unique=True)
    body = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = KeptText(blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.status}"


class Waiting(models.Model):
    """Something waits for somebody: written when it begins to wait, deleted when it does no more (``core.waiting``).

    ``addressee`` is a person, or whoever holds a role at a place (``people.addressees``), but for the persons
    ``not_for`` (their ids between spaces). ``about_id`` is the person whom the line names: the name itself is read with
    the line. ``facts`` are what else the sentence of the ``kind`` says, and nothing that the addressee may not read.
    ``due``, ``shows_from`` and ``shows_until`` are days of the centre.
    """

    addressee = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    centre_id = models.BigIntegerField(null=True)
    about_id = models.BigIntegerField(null=True)
    not_for = models.CharField(max_length=60, blank=True, default="")
    facts = KeptJSON(default=dict, shape=dict[str, Any])
    due = models.DateField(null=True)
    since = models.DateTimeField(default=timezone.now)
    shows_from = models.DateField(null=True)
    shows_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["addressee", "kind", "object_kind", "object_id"], name="waits_once"),
        ]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="waiting_by_object")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.addressee}"


class EngagementState(models.TextChoices):
    """Whether it will be."""

    FIXED = "fixed", _("fixed")
    TENTATIVE = "tentative", _("not confirmed yet")
    CANCELLED = "cancelled", _("will not be")


class Seen(models.TextChoices):
    """Who reads what it is, beside its parties and the coordinator of its centre; everybody else reads «taken»."""

    PARTIES = "parties", _("nobody else")
    SCHOOL = "school", _("the heads of the person's school")
    CENTRE = "centre", _("everybody in the centre")


class Engagement(models.Model):
    """What is fixed in time for a person or a place: written when it is fixed (``core.engagements``).

    ``addressee`` is a person or a place (``people.addressees``), ``person_id`` the person's number. ``main``: of who
    holds it; the week of a centre shows these rows, and not those of who comes besides. ``about_id`` is the person whom
    the line names; ``facts`` are what else it says, without names and topics: they go to telephones. [start, end) are
    moments, ``zone`` is the clock of the place; ``open_end``: nobody said until when. What is cancelled stays for sixty
    days, so that every calendar hears of it; ``sequence`` and ``changed_at`` tell which word is the last. Dates of one
    recurring thing share ``series``; ``original`` is the moment that its rule says.
    """

    addressee = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    main = models.BooleanField(default=True)
    kind = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True, default="")
    centre_id = models.BigIntegerField(null=True)
    about_id = models.BigIntegerField(null=True)
    start = models.DateTimeField()
    end = models.DateTimeField()
    zone = models.CharField(max_length=40, blank=True, default="")
    all_day = models.BooleanField(default=False)
    open_end = models.BooleanField(default=False)
    busy = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=EngagementState, default=EngagementState.FIXED)
    seen = models.CharField(max_length=10, choices=Seen, default=Seen.PARTIES)
    series = models.CharField(max_length=80, blank=True, default="")
    original = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    facts = KeptJSON(default=dict, shape=dict[str, Any])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["addressee", "kind", "object_kind", "object_id", "part"], name="engaged_once"
            ),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="engagement_takes_time"),
        ]
        indexes = [
            models.Index(fields=["addressee", "end"], name="engaged_by_addressee"),
            models.Index(fields=["centre_id", "main", "end"], name="engaged_by_centre"),
            models.Index(fields=["object_kind", "object_id"], name="engaged_by_object"),
        ]
        ordering = ["start", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.addressee}"


class TaskWorker(models.Model):
    """A process that does tasks, and when it was last seen alive (``core.tasks``)."""

    name = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class ErrandState(models.TextChoices):
    """How far an errand is."""

    ASKED = "asked", _("waits for its turn")
    RUNNING = "running", _("is being done")
    DONE = "done", _("done")
    FAILED = "failed", _("did not work")

    @classmethod
    def open(cls) -> tuple["ErrandState", ...]:
        """Somebody waits for it."""
        return (cls.ASKED, cls.RUNNING)


class Errand(models.Model):
    """Long work that a person asked for (``core.errands``): how far it is, and for a week what came of it.

    ``mark`` is a digest of account, kind and facts. ``attempt`` tells the one who does it now from a worker that was
    thought dead. ``file`` is a name in its folder; ``url`` is where what was done is shown, and ``asks`` says that
    something is wanted there. ``seen_at`` is when the person took it or let it be.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mark = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=60)
    account_id = models.BigIntegerField(db_index=True)
    person_id = models.BigIntegerField(null=True)
    centre_id = models.BigIntegerField(null=True)
    facts = KeptJSON(default=dict, shape=dict[str, Any])
    state = models.CharField(max_length=10, choices=ErrandState, default=ErrandState.ASKED)
    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    said = KeptText(blank=True, default="")
    url = models.CharField(max_length=500, blank=True, default="")
    asks = models.BooleanField(default=False)
    file = models.CharField(max_length=40, blank=True, default="")
    file_name = models.CharField(max_length=200, blank=True, default="")
    content_type = models.CharField(max_length=100, blank=True, default="")
    rows = models.PositiveIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at"], name="errands_ended")]
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in ErrandState.open()


class Installation(models.Model):
    """Which installation this database is: one row. The data folder carries the same key (``core.installation``)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    key = models.CharField(max_length=32)
    settled = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_installation")]

    def __str__(self) -> str:
        return self.key


class Leaving(models.Model):
    """A file or folder of ours that is to go when its time comes, unless a row owns it by then.

    Written before the thing is made, so that what a killed process leaves is known. ``aside``: into quarantine first.
    """

    root = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    due_at = models.DateTimeField()
    aside = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "name"], name="leaving_once")]
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return f"{self.root}/{self.name}"
