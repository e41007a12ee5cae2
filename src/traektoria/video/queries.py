"""Connections that a person keeps, the server of a centre, a meeting with who has entered."""

from django.conf import settings
from django.db.models import QuerySet

from traektoria.core.joined_rows import Joined, hold
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.video.enums import ServerKind
from traektoria.video.models import VideoConnection, VideoEntry, VideoMeeting
from traektoria.video.registries import Meeting, meeting_kinds
from traektoria.video.sealed_secrets import unseal
from traektoria.video.servers.bigbluebutton import BigBlueButton
from traektoria.video.servers.jitsi import Jitsi
from traektoria.video.servers.protocol import VideoServer

CONNECTION = Joined(VideoConnection)
MEETING = Joined(VideoMeeting)
ENTRY = Joined(VideoEntry, "person")


def centres_kept_by(actor: Actor) -> QuerySet[TutorCentre]:
    """All for the administrator of the installation, else those that the person coordinates."""
    rows = TutorCentre.objects.select_related("municipality", "video_connection").order_by("name", "pk")
    return rows if actor.is_administrator else rows.filter(pk__in=actor.centres(Role.COORDINATOR))


def connection_of(centre: TutorCentre) -> VideoConnection | None:
    """One query, none where the centre was read with it."""
    if "video_connection" in centre._state.fields_cache:
        known: VideoConnection | None = centre._state.fields_cache["video_connection"]
        return known
    return next(iter(CONNECTION.find("t.centre_id = %s", centre.pk)), None)


def server_of(connection: VideoConnection, digest: str = "") -> VideoServer:
    """The only place where the secret is opened."""
    secret, trusted = unseal(connection.secret, connection.centre_id), trusted_hosts()
    if connection.server == ServerKind.BBB:
        return BigBlueButton(connection.address, secret, digest or connection.digest, trusted)
    return Jitsi(connection.address, connection.app, secret, trusted)


def trusted_hosts() -> frozenset[str]:
    return frozenset(settings.VIDEO_HOSTS)


def find_meeting(actor: Actor, kind: str, pk: int) -> Meeting | None:
    known = meeting_kinds.get(kind)
    return known.find(actor, pk) if known else None


def kept_meeting(kind: str, pk: int) -> VideoMeeting | None:
    """With who has entered, by name. Two queries."""
    found = next(iter(MEETING.find("t.kind = %s AND t.object_id = %s", kind, pk)), None)
    if found is not None:
        hold([found], "entries", {found.pk: ENTRY.find("t.meeting_id = %s", found.pk, order="t.entered_at, t.id")})
    return found
