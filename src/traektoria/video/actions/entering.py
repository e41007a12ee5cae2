"""Somebody enters a meeting; who leads it gives a link by hand or ends it. No server is asked in a transaction."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict
from traektoria.people.actor import Actor
from traektoria.video.models import VideoConnection, VideoEntry, VideoMeeting
from traektoria.video.permissions import check_enter, check_lead
from traektoria.video.policies import check_link, check_open
from traektoria.video.queries import connection_of, server_of
from traektoria.video.registries import Meeting, entries_heard, meeting_address
from traektoria.video.servers.protocol import Guest, Room


def enter_meeting(*, kind: str, meeting: Meeting, by: Actor) -> str:
    """The address of this person alone: by the link that was given by hand, else on the centre's server, where the
    meeting is made if need be. Once or often, by one or by two at once, it is one meeting and one entry of a person.

    Side effects: the entry is noted, the first one with an audit event; the room of the meeting hears of it. Raises
    ``Refused``, ``Conflict`` where it is not the time or there is no server, ``VideoTrouble`` of the server: then
    nobody has entered.
    """
    me = check_enter(by, meeting)
    check_open(meeting, timezone.now())
    row = keep_meeting(kind=kind, meeting=meeting)
    address = link_of(row) or _on_server(_connected(meeting), kind, row, meeting, by)
    _note(row, me, by)
    for one in entries_heard:
        if one.kind == kind:
            one.heard(by, meeting.pk)
    return address


@transaction.atomic
def keep_meeting(*, kind: str, meeting: Meeting) -> VideoMeeting:
    """The meeting of the object, made when it is first needed. Its name never changes."""
    row, _new = VideoMeeting.objects.get_or_create(
        kind=kind, object_id=meeting.pk, defaults={"centre_id": meeting.centre.pk}
    )
    return row


@transaction.atomic
def give_link(*, kind: str, meeting: Meeting, link: str, by: Actor) -> VideoMeeting:
    """Everybody enters by this link from now on; an empty one gives the meeting back to the centre's server. Side
    effect: audit, without the link."""
    check_lead(meeting)
    wanted = check_link(link) if link.strip() else ""
    row = VideoMeeting.objects.select_for_update(no_key=True).get(pk=keep_meeting(kind=kind, meeting=meeting).pk)
    if row.link != wanted:
        row.link = wanted
        row.save(update_fields=["link"])
        audit.record("video.link", row, by=by, given=bool(wanted))
    return row


def end_meeting(*, kind: str, meeting: Meeting, by: Actor) -> None:
    """End it for everybody on the server; who comes then begins it anew. Side effect: audit. Raises
    ``VideoTrouble``."""
    check_lead(meeting)
    row = keep_meeting(kind=kind, meeting=meeting)
    server_of(_connected(meeting)).end(_room(kind, row, meeting))
    audit.record("video.end", row, by=by)


def recordings_of(*, kind: str, meeting: Meeting, by: Actor) -> tuple[bool, list[str]]:
    """Whether it still goes on, and what was recorded, the latest first. Writes nothing. Raises ``VideoTrouble``."""
    check_enter(by, meeting)
    row, connection = (
        VideoMeeting.objects.filter(kind=kind, object_id=meeting.pk).first(),
        connection_of(meeting.centre),
    )
    if row is None or link_of(row) or connection is None:
        return False, []
    server, room = server_of(connection), _room(kind, row, meeting)
    return server.is_running(room), server.recordings(room)


def link_of(row: VideoMeeting | None) -> str:
    """By hand: what does not begin with https was never taken."""
    return row.link if row else ""


def _connected(meeting: Meeting) -> VideoConnection:
    connection = connection_of(meeting.centre)
    if connection is None:
        raise Conflict(_("There is no link to this meeting yet: who leads it writes one down."), code="no_server")
    return connection


def _on_server(connection: VideoConnection, kind: str, row: VideoMeeting, meeting: Meeting, by: Actor) -> str:
    server, room = server_of(connection), _room(kind, row, meeting, record=connection.record)
    server.create(room)
    VideoMeeting.objects.filter(pk=row.pk).update(made_at=timezone.now())
    key = salted_hmac("traektoria.video.guest", f"{row.name} {by.person_id}").hexdigest()[:24]
    return server.join(room, Guest(key, by.name, moderator=meeting.is_moderator))


def _room(kind: str, row: VideoMeeting, meeting: Meeting, *, record: bool = False) -> Room:
    back = f"{settings.ADDRESS}{meeting_address(kind, meeting.pk)}" if settings.ADDRESS else ""
    key = salted_hmac("traektoria.video.room", row.name).hexdigest()
    return Room(row.name, meeting.title, back, record, key)


@transaction.atomic
def _note(row: VideoMeeting, person_id: int, by: Actor) -> None:
    now = timezone.now()
    entry, is_first = VideoEntry.objects.get_or_create(
        meeting=row, person_id=person_id, defaults={"entered_at": now, "last_at": now}
    )
    if is_first:
        audit.record("video.enter", row, by=by)
    else:
        VideoEntry.objects.filter(pk=entry.pk, last_at__lt=now).update(last_at=now)
