"""BigBlueButton: its API by hand. A call is signed with the secret over its name and its query, in this very order.

https://docs.bigbluebutton.org/development/api/ – roles (from 2.4 on) and passwords (before) are both sent: a server
takes what it knows. Passwords are made of the key of the room: a new secret of the server opens the old meetings too.
"""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode
from xml.etree import ElementTree

from traektoria.video.servers.http_get import fetch
from traektoria.video.servers.protocol import Guest, Room, Trouble, VideoTrouble

GONE = frozenset({"notFound", "noMeetings", "noRecordings"})


class Digest(StrEnum):
    """How a call is signed; old servers (before 2.3) know SHA-1 alone."""

    SHA256 = "sha256"
    SHA1 = "sha1"


@dataclass(frozen=True, repr=False)
class BigBlueButton:
    """``address`` as the server prints it (``bbb-conf --secret``), with or without ``api`` at the end."""

    address: str
    secret: str
    digest: str = Digest.SHA256
    trusted: Collection[str] = ()

    def check(self) -> None:
        self._call("getMeetings")

    def create(self, room: Room) -> None:
        asked = {
            "name": room.title, "meetingID": room.name, "attendeePW": self._password(room, "attendee"),
            "moderatorPW": self._password(room, "moderator"), "logoutURL": room.back,
            "record": _flag(room.record), "allowStartStopRecording": _flag(room.record),
        }  # fmt: skip
        self._call("create", **{name: value for name, value in asked.items() if value})

    def join(self, room: Room, guest: Guest) -> str:
        role = ("MODERATOR", "moderator") if guest.moderator else ("VIEWER", "attendee")
        return self._url(
            "join", fullName=guest.name, meetingID=room.name, password=self._password(room, role[1]), role=role[0],
            userID=guest.key, redirect="true",
        )  # fmt: skip

    def is_running(self, room: Room) -> bool:
        return self._call("isMeetingRunning", meetingID=room.name).findtext("running") == "true"

    def end(self, room: Room) -> None:
        self._call("end", meetingID=room.name, password=self._password(room, "moderator"))

    def recordings(self, room: Room) -> list[str]:
        rows = self._call("getRecordings", meetingID=room.name).findall("recordings/recording")
        ready = [row for row in rows if row.findtext("published") == "true"]
        ready.sort(key=lambda row: int(row.findtext("startTime") or 0), reverse=True)
        urls = [one.findtext("url") or "" for row in ready for one in row.findall("playback/format")]
        return [url.strip() for url in urls if url.strip().startswith(("https://", "http://"))]

    def _password(self, room: Room, role: str) -> str:
        return hmac.new(room.key.encode(), f"{role} {room.name}".encode(), "sha256").hexdigest()[:24]

    def _url(self, call: str, /, **query: str) -> str:
        asked = urlencode(query)
        checksum = hashlib.new(self.digest, f"{call}{asked}{self.secret}".encode()).hexdigest()
        base = self.address.rstrip("/").removesuffix("/api")
        return f"{base}/api/{call}?{asked}{'&' if asked else ''}checksum={checksum}"

    def _call(self, name: str, /, **query: str) -> ElementTree.Element:
        answer = _xml(fetch(self._url(name, **query), self.trusted))
        if answer.findtext("returncode") == "SUCCESS":
            return answer
        key = answer.findtext("messageKey") or ""
        if answer.findtext("returncode") == "FAILED" and key in GONE:
            return answer
        raise VideoTrouble(Trouble.SECRET if key == "checksumError" else Trouble.REFUSED)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _xml(text: str) -> ElementTree.Element:
    """Such an answer has no definitions of its own: what has them is not read (they could swell or look elsewhere)."""
    if "<!" in text.replace("<![CDATA[", ""):
        raise VideoTrouble(Trouble.UNCLEAR)
    try:
        answer = ElementTree.fromstring(text)  # noqa: S314 (no definitions, 256 kB at most)
    except (ElementTree.ParseError, ValueError):
        raise VideoTrouble(Trouble.UNCLEAR) from None
    if answer.tag != "response":
        raise VideoTrouble(Trouble.UNCLEAR)
    return answer
