"""One GET to a server that somebody typed the address of: short, bounded, to where it says and nowhere else.

Allowed is ``https`` at its usual port, to an address of the public internet. Whatever else there is (``http``, another
port, a machine of one's own network) only the administrator of the installation allows, host by host
(``TRAEKTORIA_VIDEO_HOSTS``). The name is looked up once, and what was looked at is what is connected to.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from traektoria.video.servers.protocol import Trouble, VideoTrouble

SECONDS: Final = 3.0
MOST_BYTES: Final = 256_000
HTTPS_PORT: Final = 443
PORTS: Final = {"https": HTTPS_PORT, "http": 80}
MOST_AT_ONCE: Final = 8
"""Of each process; who comes when so many servers are silent waits no longer than the others."""


@dataclass(frozen=True)
class FetchTarget:
    """Where a request goes. ``trusted``: the administrator named this host and port."""

    scheme: str
    host: str
    port: int
    path: str
    trusted: bool


def place_of(address: str, trusted: Collection[str]) -> FetchTarget:
    """``trusted``: hosts with the port, «bbb.local:8443», or without it for the usual one. Raises ``VideoTrouble``."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS.get(parts.scheme, 0)
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError:
        raise VideoTrouble(Trouble.ADDRESS) from None
    if not host or not port or parts.username is not None or parts.password is not None:
        raise VideoTrouble(Trouble.ADDRESS)
    named = {f"{host}:{port}"} | ({host} if port == PORTS[parts.scheme] else set())
    is_trusted = bool(named & {one.lower() for one in trusted})
    if not is_trusted and (parts.scheme, port) != ("https", HTTPS_PORT):
        raise VideoTrouble(Trouble.ADDRESS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return FetchTarget(parts.scheme, host, port, path, is_trusted)


def fetch(address: str, trusted: Collection[str]) -> str:
    """The body as text, of an answer «200»; all of it within ``SECONDS``. Raises ``VideoTrouble``."""
    place = place_of(address, trusted)
    until = time.monotonic() + SECONDS
    asked = _askers().submit(_ask, place, until)
    try:
        return asked.result(timeout=SECONDS)
    except TooSlow:
        asked.cancel()
        raise VideoTrouble(Trouble.TIMEOUT) from None


@cache
def _askers() -> ThreadPoolExecutor:
    """Looking a name up can't be given a time limit, so it is waited for from outside."""
    return ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="video")


def _ask(place: FetchTarget, until: float) -> str:
    try:
        return _answer(place, until)
    except ssl.SSLCertVerificationError:
        raise VideoTrouble(Trouble.CERTIFICATE) from None
    except TimeoutError:
        raise VideoTrouble(Trouble.TIMEOUT) from None
    except (OSError, UnicodeError):
        raise VideoTrouble(Trouble.UNREACHABLE) from None
    except http.client.HTTPException:
        raise VideoTrouble(Trouble.UNCLEAR) from None


def _answer(place: FetchTarget, until: float) -> str:
    connection = http.client.HTTPConnection(place.host, place.port)
    with closing(connection):
        connection.sock = _Line(_connected(place, until), until)
        headers = {"User-Agent": "Traektoria", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        with closing(connection.sock.sock):
            connection.request("GET", place.path, headers=headers)
            response = connection.getresponse()
            _check_status(response.status)
            return _read(response)


def _connected(place: FetchTarget, until: float) -> socket.socket:
    raw = socket.create_connection((_checked(place), place.port), timeout=_left(until))
    if place.scheme == "http":
        return raw
    try:
        raw.settimeout(_left(until))
        return ssl.create_default_context().wrap_socket(raw, server_hostname=place.host)
    except BaseException:
        raw.close()
        raise


def _checked(place: FetchTarget) -> str:
    """The numbers behind the name: all of them public, or the host is trusted."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)]
    if not place.trusted and not all(map(is_public, found)):
        raise VideoTrouble(Trouble.ADDRESS)
    return found[0]


def is_public(number: str) -> bool:
    """Of the internet, not of this machine or a network of one's own; an IPv4 address inside an IPv6 one counts."""
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if inner is not None and not is_public(str(inner)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _check_status(status: int) -> None:
    if status in (301, 302, 303, 307, 308):
        raise VideoTrouble(Trouble.REDIRECT)
    if status in (404, 410):
        raise VideoTrouble(Trouble.NOT_FOUND)
    if status >= 500:
        raise VideoTrouble(Trouble.SERVER)
    if status != 200:
        raise VideoTrouble(Trouble.REFUSED)


def _read(response: http.client.HTTPResponse) -> str:
    content = response.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise VideoTrouble(Trouble.TOO_LARGE)
    return content.decode("utf-8", "replace")


class _Line:
    """A socket as ``http.client`` uses it, on which everything together ends at ``until``: a status line, a header, a
    body that come byte by byte prolong nothing."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def sendall(self, content: bytes) -> None:
        self.sock.settimeout(_left(self.until))
        self.sock.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self.sock, self.until))

    def close(self) -> None:
        """``http.client`` closes it before the body is read: who made it does."""


class _Reading(io.RawIOBase):
    def __init__(self, sock: socket.socket, until: float) -> None:
        self.sock, self.until = sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(_left(self.until))
        return self.sock.recv_into(buffer)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
