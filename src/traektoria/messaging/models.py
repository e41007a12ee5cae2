"""Messages that wait to be sent, or were; how each person wants to have them; addresses that take no letters."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON
from traektoria.messaging.enums import Rhythm, State, UnsentReason


class Message(models.Model):
    """One thing of one kind told to one addressee once: a row under the bell, and a letter.

    No text and no link: they are made at the moment of sending (``kinds``). To a person (``person_id``), or to an
    ``address`` alone where the letter is about the account itself. ``fact`` says of what it tells; ``about`` joins the
    messages of one act. ``batch`` is the digest it goes with. ``version`` grows with what there is to tell: who read an
    earlier one ends nothing. No foreign keys: the room knows no other.
    """

    person_id = models.BigIntegerField(null=True)
    address = models.EmailField(blank=True)
    kind = models.CharField(max_length=60)
    fact = models.CharField(max_length=200)
    about = models.CharField(max_length=80, blank=True)
    facts = KeptJSON(default=dict, shape=dict[str, Any])
    version = models.PositiveIntegerField(default=0)
    site = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    batch = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, choices=UnsentReason.choices, blank=True)
    done_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "address", "kind", "fact"], name="told_once"),
            models.CheckConstraint(
                condition=Q(person_id__isnull=False, address="") | (Q(person_id__isnull=True) & ~Q(address="")),
                name="message_to_one",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=State.WAITING), name="messages_waiting"),
            models.Index(fields=["person_id", "-made_at"], name="messages_of_person"),
            models.Index(fields=["person_id"], condition=Q(read_at=None), name="messages_unread"),
            models.Index(fields=["about"], condition=~Q(about=""), name="messages_about"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Digest(models.Model):
    """One person's letter of one day or week: sent once, whoever comes to send it."""

    person_id = models.BigIntegerField()
    period = models.CharField(max_length=20)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "period"], name="digest_once")]

    def __str__(self) -> str:
        return f"{self.period} {self.person_id}"


class Preference(models.Model):
    """How a person wants the letters of one kind; without a row it is as the kind says."""

    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    rhythm = models.CharField(_("letters"), max_length=10, choices=Rhythm.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}: {self.rhythm}"


class QuietHours(models.Model):
    """When letters wait till morning, by the person's clock; equal ends: at no time."""

    person_id = models.BigIntegerField(unique=True)
    begins = models.TimeField()
    ends = models.TimeField()

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M} {self.person_id}"


class Bounce(models.Model):
    """An address of which the mail server says that it does not exist. ``code`` is the server's number, its words are
    not kept. Whoever corrects the address or asks to try again takes it away."""

    address = models.EmailField(unique=True)
    code = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"
