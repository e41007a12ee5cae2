"""A centre's server of video meetings, the meetings of objects of other rooms, and who entered through us."""

import secrets
from typing import Final

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.video.enums import ServerKind
from traektoria.video.servers.bigbluebutton import Digest

ADDRESS_LENGTH: Final = 300
LINK_LENGTH: Final = 500


def new_name() -> str:
    """128 bits: nobody comes to a meeting by trying."""
    return secrets.token_hex(16)


class VideoConnection(models.Model):
    """By which server a centre holds its meetings. ``secret`` is sealed (``sealed_secrets``) and shown nowhere.

    ``app``: the name under which a Jitsi that asks for tokens knows us. ``digest``: how BigBlueButton is signed to,
    found out by the check. ``trouble``: what the last check, at ``checked_at``, found; empty where all was well.
    """

    centre = models.OneToOneField(TutorCentre, on_delete=models.CASCADE, related_name="video_connection")
    server = models.CharField(_("server"), max_length=10, choices=ServerKind.choices)
    address = models.CharField(_("address of the server"), max_length=ADDRESS_LENGTH)
    app = models.CharField(_("application"), max_length=100, blank=True)
    secret = models.BinaryField(default=bytes, blank=True, max_length=1000, editable=False)
    digest = models.CharField(max_length=10, default=Digest.SHA256, editable=False)
    record = models.BooleanField(_("recording"), default=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    trouble = models.CharField(max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = _("video server of a centre")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_server_display()


class VideoMeeting(models.Model):
    """The meeting of one object of another room (``kind`` and ``object_id``), for good. ``name`` is what the server
    knows it by; ``link``, given by hand, goes before the server. ``made_at``: when the server was last asked for it."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="video_meetings")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=40, default=new_name, unique=True, editable=False)
    link = models.CharField(_("link"), max_length=LINK_LENGTH, blank=True, validators=[URLValidator(schemes=["https"])])
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("video meeting")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_meeting_of_an_object")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class VideoEntry(models.Model):
    """Somebody was let in: the first time, and the last one. That they stayed, nobody says."""

    meeting = models.ForeignKey(VideoMeeting, on_delete=models.CASCADE, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="video_entries")
    entered_at = models.DateTimeField(_("entered first"))
    last_at = models.DateTimeField(_("entered again"))

    class Meta:
        verbose_name = _("entry into a video meeting")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="entry_of_a_person_once"),
            models.CheckConstraint(condition=Q(last_at__gte=models.F("entered_at")), name="entered_before_again"),
        ]
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return str(self.person)
