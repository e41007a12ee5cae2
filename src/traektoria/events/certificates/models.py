"""Certificates as they were given out, and the backgrounds on which they are drawn."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.events.certificates.designs import DESIGNS, FIXED
from traektoria.events.certificates.enums import CertificateKind, CertificateState
from traektoria.events.event.models import Event
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


class CertificateBackground(models.Model):
    """A background of the centre, drawn anew from what was sent: a new one is a new version, none is changed. One that
    is put aside (``retired_at``) is offered no more; what was issued on it keeps it."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="certificate_backgrounds")
    number = models.PositiveSmallIntegerField(_("number of the background"))
    name = models.CharField(_("name of the background"), max_length=120)
    file = models.FileField(_("file"), upload_to="certificates/%Y/%m")
    sha256 = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(_("put aside"), null=True, blank=True)

    class Meta:
        verbose_name = _("background of certificates")
        constraints = [
            models.UniqueConstraint(fields=["centre", "number"], name="background_number_once"),
            models.UniqueConstraint(fields=["centre", "sha256"], name="background_once"),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.name


class Certificate(models.Model):
    """An issue, never edited: its words are its own copy, whatever becomes of the person, the event and the design.

    ``number`` counts within centre and ``year``. A revision is a new row with a number of its own that ``replaces`` the
    one before. ``days`` are words, ``minutes`` the hours that count everywhere. ``code`` is in the address of the QR,
    ``word`` is typed beside the number; ``site`` is the address of the installation that stands on the paper.
    ``content_sha256`` is of what it says, ``file_sha256`` of the file as it was drawn first (empty until then).
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="certificates")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(_("for what"), max_length=12, choices=CertificateKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    issuer = models.CharField(_("who issued it"), max_length=600)
    town = models.CharField(_("municipality"), max_length=300, blank=True)
    name = models.CharField(_("whole name"), max_length=320)
    short_name = models.CharField(max_length=120)
    event_kind = models.CharField(_("kind of the event"), max_length=300)
    title = models.CharField(_("title"), max_length=200)
    days = models.CharField(_("days"), max_length=600)
    place = models.CharField(_("place"), max_length=800, blank=True)
    minutes = models.PositiveIntegerField(_("length in minutes"))
    signed_post = models.CharField(_("post of who signs"), max_length=200)
    signed_name = models.CharField(_("name of who signs"), max_length=120)
    issued_on = models.DateField(_("issued"))
    reason = models.CharField(_("why anew"), max_length=300, blank=True)
    code = models.CharField(max_length=12, unique=True, editable=False)
    word = models.CharField(_("control word"), max_length=12, editable=False)
    site = models.CharField(max_length=200)
    design = models.PositiveSmallIntegerField(_("version of the design"))
    background = models.ForeignKey(
        CertificateBackground, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    content_sha256 = models.CharField(max_length=64, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CertificateState.choices, default=CertificateState.VALID
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_why = models.CharField(_("why revoked"), max_length=300, blank=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("certificate")
        constraints = [
            models.UniqueConstraint(fields=["person", "event", "kind", "revision"], name="certificate_once"),
            models.UniqueConstraint(fields=["centre", "year", "number"], name="certificate_number_once"),
            models.CheckConstraint(
                condition=Q(revision=1, replaces=None, reason="")
                | (Q(revision__gt=1, replaces__isnull=False) & ~Q(reason="")),
                name="later_certificate_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(state=CertificateState.REVOKED, revoked_at__isnull=False) & ~Q(revoked_why=""))
                | (~Q(state=CertificateState.REVOKED)),
                name="revoked_certificate_says_why",
            ),
        ]
        indexes = [models.Index(fields=["event", "person"], name="certificates_of_event")]
        ordering = ["year", "number"]

    def __str__(self) -> str:
        return self.full_number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ``TypeError`` where what is printed would be written once more."""
        if self.pk is not None and not self._state.adding:
            wanted = set(kwargs.get("update_fields") or FIXED)
            if wanted & {*FIXED, *(one.removesuffix("_id") for one in FIXED)}:
                raise TypeError("an issued certificate is never edited: make a revision")
        super().save(*args, **kwargs)

    def digest(self) -> str:
        """SHA-256 (hex) of what was issued: of the columns of its design, not of words that a catalogue may change."""
        said = [getattr(self, name) for name in DESIGNS[self.design].fixed]
        said.append(self.background.sha256 if self.background else "")
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()

    @property
    def is_known(self) -> bool:
        """Its design is one of this release: an archive of a newer one may bring others."""
        return self.design in DESIGNS

    @property
    def is_whole(self) -> bool:
        """Nobody has changed the row by hand, as far as this release can tell. Reads ``background``."""
        return self.is_known and self.digest() == self.content_sha256

    @property
    def length(self) -> str:
        """The hours as its paper says them; "" where it says none, or has a design that there is not."""
        design = DESIGNS.get(self.design)
        return design.length(self.minutes) if design and self.minutes else ""

    @property
    def full_number(self) -> str:
        """«3-2026-0015»: centre, year, number within both."""
        return number_of(self.centre_id, self.year, self.number)

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID


class BadgeKey(models.Model):
    """The public half of a key by which badges of this installation were signed (Ed25519, base64url)."""

    kid = models.CharField(max_length=60, unique=True)
    x = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.kid


def number_of(centre_id: int, year: int, number: int) -> str:
    return f"{centre_id}-{year}-{number:04}"
