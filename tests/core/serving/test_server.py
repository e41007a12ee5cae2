"""A slow client costs a connection and no thread; the server's own refusals are pages of the house."""

import errno
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from django.conf import settings

from tests.patience import SECONDS, until
from traektoria.core.serving import limits, server
from traektoria.core.serving.server import Server

LARGE = 12_000_000
Clients = Callable[..., socket.socket]


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Echoes the length of the body; ``/large`` answers much, ``/slow`` after a while, ``/broken`` not at all."""
    path = environ["PATH_INFO"]
    if path == "/broken":
        raise RuntimeError("secret of the server")
    if path == "/slow":
        time.sleep(0.5)
    body = b"x" * LARGE if path == "/large" else str(len(environ["wsgi.input"].read())).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body[start : start + 65536] for start in range(0, len(body), 65536)]


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server in a thread of the test, with seconds instead of minutes."""
    monkeypatch.setattr(server, "TICK", 0.05)
    monkeypatch.setattr(server, "FAREWELL", 1.0)
    listener = socket.create_server(("127.0.0.1", 0))
    one = Server(application, listener)
    loop = threading.Thread(target=one.run)
    loop.start()
    yield one
    one.stop()
    loop.join(SECONDS)
    for channel in list(one.active_channels.values()):
        channel.handle_close()
    one.trigger.close()


@pytest.fixture
def client(running: Server) -> Iterator[Clients]:
    opened: list[socket.socket] = []

    def connect(sent: bytes = b"", window: int = 0) -> socket.socket:
        one = socket.socket()
        if window:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        one.settimeout(SECONDS)
        one.connect(("127.0.0.1", int(running.effective_port)))
        one.sendall(sent)
        opened.append(one)
        return one

    yield connect
    for one in opened:
        one.close()


def hasty(monkeypatch: pytest.MonkeyPatch, **given: float) -> None:
    for name, value in {"GRACE": 0.3, **given}.items():
        monkeypatch.setattr(limits, name, value)


def request_of(method: str = "GET", path: str = "/", *lines: str, body: bytes = b"") -> bytes:
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body


def everything(one: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    try:
        while piece := one.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def answer(one: socket.socket) -> tuple[int, str]:
    """Status and body of one answer on a connection that stays open."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += one.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += one.recv(65536)
    return int(head.split()[1]), body.decode()


def is_refused(found: bytes, status: int) -> bool:
    """A page of the house with this status, and no word of what serves it."""
    head, _, body = found.decode().partition("\r\n\r\n")
    plain = not any(word in found.lower() for word in (b"waitress", b"server:", b"traceback", b"secret"))
    return head.startswith(f"HTTP/1.1 {status} ") and 'lang="ru"' in body and "На главную" in body and plain


# No thread


@pytest.mark.parametrize(
    ("sent", "window"),
    [
        (b"GET / HTTP/1.1\r\nHost: loc", 0),
        (request_of("POST", "/", "Content-Length: 1000", body=b"abc"), 0),
        (request_of("POST", "/", "Transfer-Encoding: chunked", body=b"3e8\r\nabc"), 0),
        (request_of("POST", "/", "Cookie: sessionid=a", "Content-Length: 9000000", body=b"x" * 700_000), 0),
        (request_of("GET", "/large"), 4096),
        (request_of(), 0),
        (b"", 0),
    ],
    ids=["head", "body", "chunks", "upload", "reader", "kept", "silent"],
)
def test_many_slow_clients_hold_up_nobody(client: Clients, sent: bytes, window: int) -> None:
    """Four times as many as there are threads; unbuffered, the fifth person would wait for ever."""
    slow = [client(sent, window) for _ in range(4 * limits.THREADS)]
    person = client()
    for _ in range(3):
        person.sendall(request_of())
        assert answer(person) == (200, "0")
    assert len(slow) == 4 * limits.THREADS


# Not for ever


def trickle(one: socket.socket, pause: float = 0.05) -> None:
    """A byte now and then, until the server has enough."""

    def it_had_enough() -> bool:
        try:
            one.sendall(b"a")
        except OSError:
            return True
        return False

    until(it_had_enough, pause)


def test_a_trickled_head_is_given_up(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty(monkeypatch)
    trickle(client(b"GET / HTTP/1.1\r\nX-Long: "))


def test_a_trickled_body_is_given_up_with_a_sentence(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty(monkeypatch)
    one = client(request_of("POST", "/", "Content-Length: 1000"))
    writer = threading.Thread(target=trickle, args=[one])
    writer.start()
    assert is_refused(everything(one), 408)
    writer.join()


@pytest.mark.parametrize("limit", [{"WHOLE": 0.5}, {"STANDSTILL": 0.3}])
def test_what_was_fast_has_limits_too(
    client: Clients, monkeypatch: pytest.MonkeyPatch, limit: dict[str, float]
) -> None:
    hasty(monkeypatch, GRACE=1000.0, **limit)
    assert is_refused(everything(client(request_of("POST", "/", "Content-Length: 900000", body=b"x" * 500_000))), 408)


@pytest.mark.parametrize("limit", [{"RATE": LARGE * 10}, {"STANDSTILL": 0.5, "GRACE": 1000.0}])
def test_a_reader_who_does_not_read_is_given_up(
    client: Clients, running: Server, monkeypatch: pytest.MonkeyPatch, limit: dict[str, float]
) -> None:
    hasty(monkeypatch, **limit)
    reader = client(request_of("GET", "/large"), 4096)
    assert reader.recv(10)
    until(lambda: not running.active_channels)
    assert len(everything(reader)) < LARGE


def test_a_patient_reader_gets_all_of_it(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty(monkeypatch)
    reader = client(request_of("GET", "/large"), 65536)
    time.sleep(0.5)
    status, body = answer(reader)
    assert (status, len(body)) == (200, LARGE)


def test_what_is_kept_open_for_nothing_is_closed(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "KEPT", 0.3)
    silent, kept = client(), client(request_of())
    assert answer(kept)[0] == 200
    assert everything(silent) == everything(kept) == b""


def test_a_page_that_takes_its_time_is_not_given_up(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty(monkeypatch, GRACE=0.1, STANDSTILL=0.2, RATE=1_000_000)
    monkeypatch.setattr(server, "KEPT", 0.2)
    assert answer(client(request_of("GET", "/slow"))) == (200, "0")


def test_a_clock_set_back_does_not_stop_the_limits(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty(monkeypatch)
    first = client(request_of())
    assert answer(first)[0] == 200
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)  # of the year 2001
    trickle(client(b"GET / HTTP/1.1\r\nX-Long: "))


def test_at_the_limit_of_connections_the_idle_make_room(
    client: Clients, running: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "most", 20)
    idle = [client() for _ in range(20)]
    half = client(request_of("POST", "/", "Content-Length: 10", body=b"12345"))
    until(lambda: len(running.active_channels) <= 18)
    half.sendall(b"67890")
    assert answer(half) == (200, "10")
    assert len(idle) == 20


# Refusals


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost\r\n\r\n", 400),
        (request_of("POST", "/", "Content-Length: -1"), 400),
        (request_of("POST", "/", "Transfer-Encoding: gzip"), 501),
        (request_of("GET", "/", "X-Long: " + "a" * 40_000), 431),
        (request_of("GET", "/broken"), 500),
        (request_of("POST", "/", "Content-Length: 2000000", "Expect: 100-continue"), 413),
        (request_of("POST", "/", "Transfer-Encoding: chunked", body=b"1e8480\r\n" + b"x" * 1_500_000), 413),
        (request_of("POST", "/", "Cookie: sessionid=a", f"Content-Length: {settings.BODY_LIMIT + 1}"), 413),
        (request_of("POST", "/", "Content-Length: " + "9" * 30), 413),
    ],
)
def test_a_refusal_of_the_server_is_a_page_of_the_house(client: Clients, sent: bytes, status: int) -> None:
    found = everything(client(sent))
    assert found.startswith(b"HTTP/1.") and int(found.split()[1]) == status  # noqa: PT018
    assert is_refused(found.replace(b"HTTP/1.0", b"HTTP/1.1", 1), status)


def test_who_sends_too_much_still_sees_the_refusal(client: Clients) -> None:
    """A browser sends all of it before it reads; a connection closed at once would lose the page."""
    assert is_refused(
        everything(client(request_of("POST", "/", "Content-Length: 2000000", body=b"x" * 2_000_000))), 413
    )


def test_what_fits_is_taken(client: Clients) -> None:
    one = client(request_of("POST", "/", "Content-Length: 900000", body=b"x" * 900_000))
    assert answer(one) == (200, "900000")
    one.sendall(request_of("POST", "/", "Cookie: sessionid=a", "Content-Length: 3000000", body=b"x" * 3_000_000))
    assert answer(one) == (200, "3000000")


def test_requests_fill_the_disk_to_a_limit_only(
    client: Clients, running: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "SPOOLED", 2_000_000)  # and each tick looks
    half = request_of("POST", "/", "Cookie: sessionid=a", "Content-Length: 3000000", body=b"x" * 1_200_000)
    first, second = client(half), client(half)
    until(lambda: running.is_full)
    second.sendall(b"x")
    found = everything(second)
    assert is_refused(found, 503)
    assert b"Retry-After: 60" in found
    until(lambda: not running.is_full)
    first.sendall(b"x" * 1_800_000)
    assert answer(first) == (200, "3000000")


def test_a_full_disk_refuses_the_request_only(client: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("waitress.buffers.TempfileBasedBuffer.newfile", full)
    upload = request_of("POST", "/", "Cookie: sessionid=a", "Content-Length: 3000000", body=b"x" * 3_000_000)
    assert is_refused(everything(client(upload)), 503)
    assert answer(client(request_of())) == (200, "0")


# The end


def test_what_is_asked_is_answered_when_the_server_stops(client: Clients, running: Server) -> None:
    one, place = client(request_of("GET", "/slow")), ("127.0.0.1", int(running.effective_port))
    until(lambda: any(channel.requests for channel in running.active_channels.values()))
    running.stop()
    assert answer(one) == (200, "0")
    until(lambda: running.socket is None)
    with closing(socket.socket()) as late:
        assert late.connect_ex(place) == errno.ECONNREFUSED
