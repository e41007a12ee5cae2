"""Waitress, which reads a whole request before a thread takes it and writes the answer without one, with our limits.

Its own ``channel_timeout`` knows idleness only: a byte now and then held a connection for ever.
"""

import logging
import resource
import socket
import struct
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher
from waitress.utilities import Error, RequestEntityTooLarge

from traektoria.core.error_pages import SENTENCES, page_of
from traektoria.core.middleware import FOR_STRANGERS, POLICY
from traektoria.core.serving.limits import (
    CONNECTIONS,
    FAREWELL,
    HEAD,
    KEPT,
    SPOOLED,
    STOPPING,
    THREADS,
    Pace,
)  # fmt: skip
from traektoria.core.serving.loop import Objects, ReadyWatch

NEVER: Final = 1 << 40
"""Bytes: no answer waits in its thread until the reader has taken a part of it; beyond a megabyte it lies on disk."""
PIECE: Final = 131_072
"""Bytes read or written at once; the system holds twice as many of an answer, so that what it takes is what is read."""
ROOM: Final = 0.9
TICK: Final = 1.0
RESET: Final = struct.pack("ii", 1, 0)
CODES: Final = {400: "wrong_request", 408: "too_slow", 413: "too_large", 431: "too_large", 503: "no_room"}
log = logging.getLogger(__name__)


class Unavailable(Error):  # type: ignore[misc]
    code, reason = 503, "Service Unavailable"


class TooSlow(Error):  # type: ignore[misc]
    code, reason = 408, "Request Timeout"


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A stranger may send as much as a form has, and nobody a body of unknown length: the disk is not theirs to fill.

    Who has the cookie of a session is looked at later, by ``BodyLimit``.
    """

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        known = settings.SESSION_COOKIE_NAME + "=" in self.headers.get("COOKIE", "")
        if self.content_length > (settings.BODY_LIMIT if known else FOR_STRANGERS):
            self.refuse(RequestEntityTooLarge(""))

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.chunked and not self.completed and self.body_bytes_received > FOR_STRANGERS:
            self.refuse(RequestEntityTooLarge(""))
        return taken

    def refuse(self, error: Error) -> None:
        """Answer at once, and keep nothing of the body."""
        self.close()
        self.error, self.completed, self.body_rcv, self.expect_continue = error, True, None, False

    @property
    def spooled(self) -> int:
        """Bytes of the body that are kept."""
        return len(self.body_rcv) if self.body_rcv is not None else 0


class Refusal(ErrorTask):  # type: ignore[misc]
    """The server's own answer: a page of the house, which says nothing of the server."""

    def execute(self) -> None:
        error = self.request.error
        body = page_of(error.code, SENTENCES[error.code](), CODES.get(error.code, "server_error")).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"),
            ("Content-Security-Policy", POLICY), ("X-Content-Type-Options", "nosniff"),
        ]  # fmt: skip
        if error.code == Unavailable.code:
            self.response_headers.append(("Retry-After", "60"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that keeps up with the pace of ``limits`` or is closed."""

    error_task_class = Refusal
    parser_class = Request
    request: Request | None
    close_when_flushed: bool
    sendbuf_len: int
    lingers = False
    asked: Pace | None = None
    farewell: float | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        self.touched = time.monotonic()
        self.told = Pace(self.touched)
        super().__init__(*given, **named)
        self.sendbuf_len = min(self.sendbuf_len, PIECE)  # read from the disk again for each piece that is not taken

    # Reading

    def readable(self) -> bool:
        return self.farewell is not None or bool(super().readable())

    def handle_read(self) -> None:
        if self.farewell is None:
            super().handle_read()
        else:
            self.recv(self.adj.recv_bytes)

    def received(self, data: bytes) -> bool:
        """One piece of a request, or of several. A disk without room refuses the request and not the server."""
        self.touched = now = time.monotonic()
        self.asked = self.asked or Pace(now)
        self.asked.move(len(data), now)
        try:
            taken = bool(super().received(data))
        except OSError as trouble:
            log.error("a request is not kept: %s", trouble)
            self._refuse(Unavailable(""))
            return True
        if self.request is None:
            self.asked = None
        elif self.request.spooled > FOR_STRANGERS and self.server.is_full:
            self._refuse(Unavailable(""))
        return taken

    def _refuse(self, error: Error) -> None:
        """Answer what has been asked by half."""
        with self.requests_lock:
            if self.request is None or self.requests:
                self.will_close = True
                return
            self.request.refuse(error)
            self.requests.append(self.request)
            self.request, self.asked = None, None
            self.server.add_task(self)

    # Answering

    def service(self) -> None:
        self.lingers = self.requests[0].error is not None
        self.told = Pace(time.monotonic())
        super().service()
        self.told.began = time.monotonic()  # the reader is measured from here, not from when the page was begun

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent = super().send(data, do_close) or 0
        if sent:
            self.touched = now = time.monotonic()
            self.told.move(sent, now)
        return sent

    def handle_write(self) -> None:
        """After a refusal the rest is read and thrown away: closed at once, the page would be lost on its way."""
        if not (self.lingers and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif self.connected and not self.total_outbufs_len:
            self.close_when_flushed, self.farewell = False, time.monotonic() + FAREWELL
            self.socket.shutdown(socket.SHUT_WR)

    # Limits of time

    def is_idle(self) -> bool:
        return not (self.requests or self.total_outbufs_len or self.request)

    def check(self, now: float) -> None:
        """Close what is too slow; what a thread works on is left alone."""
        if self.requests:
            return
        if self.farewell is not None:
            over = now > self.farewell
        elif self.total_outbufs_len:
            over = self.told.is_too_slow(now)
        elif self.request is not None:
            over = self.asked is not None and self.asked.is_too_slow(now)
            if over and self.request.headers_finished:
                self._refuse(TooSlow(""))
                return
        else:
            over = now - self.touched > KEPT
        if over:
            self.drop()

    def drop(self) -> None:
        """Close, and let the system forget what the other side did not take."""
        if self.socket is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.handle_close()


class Server(TcpWSGIServer):  # type: ignore[misc]
    """One process of the server, on a socket that others listen to as well."""

    channel_class = Channel
    stop_at: float | None = None
    is_full = False
    """Requests take all the room on the disk that they may."""

    def __init__(self, application: Callable[..., Any], listener: socket.socket) -> None:
        for status in SENTENCES:
            page_of(status, "", "")  # read before anything can break
        self.most = min(CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)  # a request may have its file
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(THREADS)
        threads.queue_logger.setLevel(logging.ERROR)
        given = Adjustments(
            sockets=[listener], threads=THREADS, backlog=CONNECTIONS, connection_limit=self.most, recv_bytes=PIECE,
            channel_timeout=NEVER, max_request_header_size=HEAD, max_request_body_size=NEVER,
            outbuf_high_watermark=NEVER, ident=None, clear_untrusted_proxy_headers=False, log_socket_errors=False,
        )  # fmt: skip
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            application, Objects(), True, listener, dispatcher=threads, adj=given, sockinfo=where, bind_socket=False
        )

    def set_socket_options(self, conn: socket.socket) -> None:
        super().set_socket_options(conn)
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)

    def spooled(self) -> int:
        """Bytes of requests, finished or not, that this process keeps."""
        channels = list(self.active_channels.values())
        return sum(one.spooled for each in channels for one in [*each.requests, each.request] if one is not None)

    def keep_limits(self, now: float) -> None:
        channels = list(self.active_channels.values())
        for channel in channels:
            channel.check(now)
        self.is_full = self.spooled() > SPOOLED
        if len(channels) > ROOM * self.most:
            self._make_room()

    def _make_room(self) -> None:
        """At the limit the longest idle go, then the slowest: who comes now is more likely to be a person."""
        waiting = [one for one in list(self.active_channels.values()) if not one.requests]
        waiting.sort(key=lambda one: (not one.is_idle(), one.touched))
        for channel in waiting[: self.most // 4]:
            channel.drop()

    def run(self) -> None:
        due, watch = 0.0, ReadyWatch(self._map)
        while not self._is_done():
            watch.turn(TICK)
            if (now := time.monotonic()) >= due:
                due = now + TICK
                self.keep_limits(now)
                watch.ask_all()
        self.task_dispatcher.shutdown(timeout=TICK)

    def stop(self, *_signal: Any) -> None:
        """Take nobody new, finish what is asked; handles SIGTERM."""
        self.stop_at, self.accepting = time.monotonic() + STOPPING, False
        self.pull_trigger()

    def _is_done(self) -> bool:
        if self.stop_at is None:
            return False
        if self.socket is not None:
            wasyncore.dispatcher.close(self)  # the listening socket only
        busy = any(not one.is_idle() for one in list(self.active_channels.values()))
        return not busy or time.monotonic() > self.stop_at
