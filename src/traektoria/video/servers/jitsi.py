"""Jitsi Meet: a room is there as soon as somebody enters it. Its name is ours; a server that asks for a token gets one.

https://developer.8x8.com/jaas/docs/api-keys-jwt and lib-jitsi-meet's tokens: HS256 over issuer, audience, room, name.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from traektoria.video.servers.http_get import fetch
from traektoria.video.servers.protocol import Guest, Room, Trouble, VideoTrouble

GOOD_FOR: Final = 4 * 3600
EARLY: Final = 60
"""Seconds that a token is good for, and that the server's clock may be behind ours."""
AUDIENCE: Final = "jitsi"


@dataclass(frozen=True, repr=False)
class Jitsi:
    """``app`` and ``secret`` are both set where the server lets in with a token only."""

    address: str
    app: str = ""
    secret: str = ""
    trusted: Collection[str] = ()
    clock: Callable[[], float] = time.time

    def check(self) -> None:
        """That a Jitsi answers there. Whether the secret fits it says only to who enters: no page of it asks for it."""
        if "hosts" not in fetch(f"{self._base}/config.js", self.trusted):
            raise VideoTrouble(Trouble.UNCLEAR)

    def create(self, room: Room) -> None:
        """Nothing is made beforehand."""

    def join(self, room: Room, guest: Guest) -> str:
        """The name stands behind «#», which no server writes into its log; the token, where there is one, holds it."""
        token = f"?jwt={self._token(room, guest)}" if self.app and self.secret else ""
        said = {"userInfo.displayName": guest.name, "config.subject": room.title}
        hints = "&".join(f"{name}={quote(json.dumps(value, ensure_ascii=False))}" for name, value in said.items())
        return f"{self._base}/{room.name}{token}#{hints}"

    def is_running(self, room: Room) -> bool:
        return False

    def end(self, room: Room) -> None:
        """It ends when the last one has left."""

    def recordings(self, room: Room) -> list[str]:
        return []

    @property
    def _base(self) -> str:
        return self.address.rstrip("/")

    def _token(self, room: Room, guest: Guest) -> str:
        now = int(self.clock())
        user = {"id": guest.key, "name": guest.name, "moderator": guest.moderator, "affiliation": _rank(guest)}
        claims = {
            "aud": AUDIENCE, "iss": self.app, "sub": urlsplit(self.address).hostname or "*", "room": room.name,
            "nbf": now - EARLY, "exp": now + GOOD_FOR, "context": {"user": user},
        }  # fmt: skip
        signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
        return f"{signed}.{_text(hmac.new(self.secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def _rank(guest: Guest) -> str:
    return "owner" if guest.moderator else "member"


def _part(said: dict[str, Any]) -> str:
    return _text(json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
