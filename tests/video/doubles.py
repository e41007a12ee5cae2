"""Servers of the two protocols, on this machine: they check what is sent to them as the real ones do, and can fail.

``BbbDouble`` speaks BigBlueButton's API in XML and verifies each checksum; ``JitsiDouble`` verifies the token and the
room's name. They share no line with what they test.
"""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

from django.utils import timezone

SLOW = 30.0
"""Seconds that nobody waits for: the double stops them when it is stopped."""


@dataclass
class Double:
    """``mode``: how it fails. ``calls`` are the paths that were asked for; ``left``: who asked has hung up."""

    secret: str = "tayna-Сервера-9"
    mode: str = ""
    address: str = ""
    calls: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def trusted(self) -> frozenset[str]:
        return frozenset({urlsplit(self.address).netloc})

    def answer(self, path: str, query: str) -> tuple[int, str]:
        raise NotImplementedError


@dataclass
class BbbDouble(Double):
    """``old``: knows SHA-1 alone and no roles, as before 2.3. ``meetings`` by id, ``inside`` who is where."""

    old: bool = False
    meetings: dict[str, dict[str, str]] = field(default_factory=dict)
    inside: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    recorded: dict[str, list[tuple[int, str, bool]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, query: str) -> tuple[int, str]:
        call = path.rpartition("/api/")[2] if path.startswith("/bigbluebutton/api/") else ""
        if not call:
            return 404, "<html>no such page</html>"
        signed, _mark, checksum = query.rpartition("checksum=")
        if not self._fits(call, signed.rstrip("&"), checksum) or self.mode == "checksum":
            return 200, _failed("checksumError", "You did not pass the checksum security check")
        asked = dict(parse_qsl(query))
        with self.lock:
            return 200, getattr(self, f"_{call}", self._unsupported)(asked)

    def _fits(self, call: str, query: str, checksum: str) -> bool:
        kinds = {40: hashlib.sha1} if self.old else {40: hashlib.sha1, 64: hashlib.sha256}
        kind = kinds.get(len(checksum))
        return kind is not None and kind(f"{call}{query}{self.secret}".encode()).hexdigest() == checksum

    def _unsupported(self, asked: dict[str, str]) -> str:
        return _failed("unsupportedRequest", "This request is not supported.")

    def _getMeetings(self, asked: dict[str, str]) -> str:
        rows = "".join(f"<meeting><meetingID>{one}</meetingID></meeting>" for one in self.meetings)
        return _ok(f"<meetings>{rows}</meetings>")

    def _create(self, asked: dict[str, str]) -> str:
        have = self.meetings.get(asked["meetingID"])
        if self.mode == "not_unique":
            return _failed("idNotUnique", "A meeting already exists with that meeting ID.")
        if have and any(have.get(name) != asked.get(name) for name in ("attendeePW", "moderatorPW")):
            return _failed("idNotUnique", "A meeting already exists with that meeting ID.")
        if not have:
            self.meetings[asked["meetingID"]] = asked
        key = "<messageKey>duplicateWarning</messageKey>" if have else ""
        return _ok(f"<meetingID>{asked['meetingID']}</meetingID>{key}")

    def _join(self, asked: dict[str, str]) -> str:
        meeting = self.meetings.get(asked["meetingID"])
        if meeting is None:
            return _failed("invalidMeetingIdentifier", "The meeting ID that you supplied did not match any.")
        by_password = {meeting["moderatorPW"]: "MODERATOR", meeting["attendeePW"]: "VIEWER"}
        role = by_password.get(asked.get("password", "")) if self.old else asked.get("role")
        if role is None:
            return _failed("invalidPassword", "You either did not supply a password or it is wrong.")
        self.inside.setdefault(asked["meetingID"], []).append((asked["fullName"], role))
        return _ok("<session_token>abc</session_token>")

    def _isMeetingRunning(self, asked: dict[str, str]) -> str:
        return _ok(f"<running>{str(bool(self.inside.get(asked['meetingID']))).lower()}</running>")

    def _end(self, asked: dict[str, str]) -> str:
        meeting = self.meetings.get(asked["meetingID"])
        if meeting is None:
            return _failed("notFound", "We could not find a meeting with that meeting ID.")
        if self.old and asked.get("password") != meeting["moderatorPW"]:
            return _failed("invalidPassword", "wrong")
        del self.meetings[asked["meetingID"]]
        self.inside.pop(asked["meetingID"], None)
        return _ok("<messageKey>sentEndMeetingRequest</messageKey>")

    def _getRecordings(self, asked: dict[str, str]) -> str:
        rows = self.recorded.get(asked["meetingID"], [])
        if not rows:
            return _ok("<recordings/><messageKey>noRecordings</messageKey>")
        said = (
            f"<recording><published>{str(published).lower()}</published><startTime>{start}</startTime><playback>"
            f"<format><type>presentation</type><url> {escape(url)} </url></format></playback></recording>"
            for start, url, published in rows
        )
        return _ok(f"<recordings>{''.join(said)}</recordings>")


@dataclass
class JitsiDouble(Double):
    """Lets in by a token of ``app`` signed with ``secret`` for this very room, or anybody where ``app`` is empty."""

    app: str = "centre"
    entered: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def answer(self, path: str, query: str) -> tuple[int, str]:
        if path == "/config.js":
            return 200, "var config = { hosts: { domain: 'meet.example.org' } };"
        room = unquote(path).strip("/")
        if not (len(room) >= 32 and room.isalnum() and room == room.lower()):
            return 404, "not a room"
        user: dict[str, Any] = {}
        if self.app:
            claims = self._claims(dict(parse_qsl(query)).get("jwt", ""))
            if claims is None or claims.get("room") != room:
                return 403, "token"
            user = claims["context"]["user"]
        self.entered.append((room, user))
        return 200, "<html>meeting</html>"

    def _claims(self, token: str) -> dict[str, Any] | None:
        try:
            head, body, signature = token.split(".")
            claims = json.loads(_unpacked(body))
            known = json.loads(_unpacked(head)) == {"alg": "HS256", "typ": "JWT"}
        except ValueError:
            return None
        wanted = hmac.new(self.secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        fits = hmac.compare_digest(_unpacked(signature), wanted)
        ours = (claims.get("aud"), claims.get("iss")) == ("jitsi", self.app)
        in_time = claims["nbf"] <= timezone.now().timestamp() < claims["exp"]
        return claims if known and fits and ours and in_time else None


def _unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _ok(inner: str) -> str:
    return f"<response><returncode>SUCCESS</returncode>{inner}</response>"


def _failed(key: str, message: str) -> str:
    inner = f"<messageKey>{key}</messageKey><message>{message}</message>"
    return f"<response><returncode>FAILED</returncode>{inner}</response>"


@contextmanager
def serving(double: Double, tls: ssl.SSLContext | None = None) -> Iterator[Any]:
    """Run it on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(double))
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    scheme, tail = ("https" if tls else "http"), ("/bigbluebutton/" if isinstance(double, BbbDouble) else "")
    double.address = f"{scheme}://127.0.0.1:{server.server_port}{tail}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.stopped.set()
        server.shutdown()
        server.server_close()


def _handler(double: Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _mark, query = self.path.partition("?")
            double.calls.append(self.path)
            if double.mode == "redirect":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
                return
            if double.mode == "slow":
                double.stopped.wait(SLOW)
                return
            status, body = _spoilt(double.mode) or double.answer(path, query)
            content = body.encode()
            if double.mode == "drips":
                self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 2_000)
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if double.mode == "drops":
                self._drip(content)
            else:
                self.wfile.write(content)

        def _drip(self, content: bytes) -> None:
            """Byte by byte, until nobody listens any more."""
            for at in range(len(content)):
                try:
                    self.wfile.write(content[at : at + 1])
                except OSError:
                    double.left.set()
                    return
                if double.stopped.wait(0.1):
                    return

        def log_message(self, *args: Any) -> None: ...

    return Handler


def _spoilt(mode: str) -> tuple[int, str] | None:
    swollen = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><response>&b;</response>'
    return {
        "error": (500, "<html>500</html>"),
        "broken": (200, "<response><returncode>SUCC"),
        "page": (200, "<html><body>Welcome</body></html>"),
        "swollen": (200, swollen),
        "huge": (200, _ok("x" * 400_000)),
        "forbidden": (403, "no"),
    }.get(mode)
