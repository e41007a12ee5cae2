"""Sixty-four clients of each slow kind at once: whoever else comes gets pages, as if they were not there."""

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.test_killed_server import environment_of, names_of_static_files
from tests.bench.load import load, read_answer, request_bytes
from tests.bench.sittings import HOST, Server
from tests.choosing import ROOT
from tests.patience import SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db]
CLIENTS = 64
PAGE, LARGE = "/account/login/", "/static/large.bin"
PAGES = 8


def post(path: str, length: int, body: bytes, *lines: str) -> bytes:
    head = [f"POST {path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {length}", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body


PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'
MULTIPART = ("Content-Type: multipart/form-data; boundary=x", "Cookie: sessionid=abcdef")
GET = f" HTTP/1.1\r\nHost: {HOST}\r\n".encode()
SENT = {
    "heads": b"GET " + PAGE.encode() + GET + b"X-Slow: ",
    "forms": post(PAGE, 1000, b"a"),
    "uploads": post("/support/items/1/evidence/", 5_000_000, PART + b"a" * 600_000, *MULTIPART),
    "readers": b"GET " + LARGE.encode() + GET + b"\r\n",
    "kept": b"GET " + PAGE.encode() + GET + b"\r\n",
    "silent": b"",
}
"""What each kind sends at once; a byte now and then follows, or is read."""
WRITING = {"heads", "forms", "uploads"}


@dataclass
class Slow:
    """``CLIENTS`` connections of one kind; a byte goes on each of them a few times a second."""

    kind: str
    port: int
    lines: list[socket.socket] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    broken: int = 0

    def open(self) -> None:
        for _ in range(CLIENTS):
            line = socket.socket()
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect((HOST, self.port))
            line.sendall(SENT[self.kind])
            if self.kind == "kept":
                read_answer(line)  # the page itself is work that anybody may ask for
            line.setblocking(False)
            self.lines.append(line)

    def trickle(self) -> None:
        while not self.over.wait(0.3):
            for line in self.lines:
                self._one_byte(line)

    def _one_byte(self, line: socket.socket) -> None:
        try:
            if self.kind in WRITING:
                line.send(b"a")
            elif self.kind == "readers":
                line.recv(1)
        except BlockingIOError:
            pass
        except OSError:
            self.broken += 1


@contextmanager
def slow_clients(kind: str, port: int) -> Iterator[Slow]:
    clients = Slow(kind, port)
    clients.open()
    thread = threading.Thread(target=clients.trickle)
    thread.start()
    try:
        yield clients
    finally:
        clients.over.set()
        thread.join()
        for line in clients.lines:
            line.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """State of a server that has a large file to give to anybody."""
    made: Path = tmp_path_factory.mktemp("slow")
    names_of_static_files(made)
    with (made / "static" / "large.bin").open("wb") as file:
        file.truncate(8_000_000)
    return made


@pytest.fixture(scope="module")
def served(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of the server as ``traektoria start`` runs it."""
    with django_db_blocker.unblock():
        server = Server(workers=2, environment=environment_of(folder))
    server.start()
    try:
        server.wait()
        load(HOST, server.port, PAGE, "", 4, 2)
        yield server.port
    finally:
        server.kill(15)


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """A page that waits for slow clients fails the test and does not hang it."""
    socket.setdefaulttimeout(SECONDS)
    yield
    socket.setdefaulttimeout(None)


EXAMPLE = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
needs_nginx = pytest.mark.skipif(
    NGINX is None, reason="nginx is not installed: the example of operations.md is untested"
)


def example(listen: str, server_port: int, folder: Path) -> str:
    """A whole configuration around the example of docs/operations.md; ``listen`` is where it is to listen."""
    (text,) = EXAMPLE.findall((ROOT / "docs" / "operations.md").read_text())
    for there, here in {
        "listen 443 ssl": f"listen {listen}",
        "listen 80": f"listen unix:{folder}/redirect",
        "127.0.0.1:8000": f"{HOST}:{server_port}",
        "/etc/ssl/centre.example.pem": f"{folder}/certificate.pem",
        "/etc/ssl/private/centre.example.key": f"{folder}/key.pem",
        "centre.example": HOST,
    }.items():
        assert there in text, there
        text = text.replace(there, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    around = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/log; events {{}}"
    return f"{around} http {{ access_log off; {kept} {text} }}"


@pytest.fixture(scope="module")
def proxied(served: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx before the server, without TLS."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    text = example(f"{HOST}:{port}", served, folder)
    (folder / "nginx.conf").write_text("".join(line for line in text.splitlines(True) if "ssl_" not in line))
    process = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                break
        time.sleep(0.1)
    yield port
    process.terminate()
    process.wait(20)


def ask_beside(port: int, clients: Slow) -> None:
    """Others get their pages while all the slow ones stand there and go on: on lines that stay and on new ones.

    Not in so many milliseconds: a thread that waits for a slow client waits until the test lets go of it, and there are
    fewer threads than slow clients.
    """
    with ExitStack() as lines:
        kept = [lines.enter_context(socket.create_connection((HOST, port))) for _ in range(2)]
        for _ in range(PAGES):
            with socket.create_connection((HOST, port)) as new:
                for line in (*kept, new):
                    line.sendall(request_bytes(HOST, PAGE))
                    assert read_answer(line)[0] == 200
    assert clients.broken == 0


@pytest.mark.parametrize("kind", SENT)
def test_slow_clients_hold_up_nobody(served: int, kind: str) -> None:
    with slow_clients(kind, served) as clients:
        ask_beside(served, clients)


def test_all_kinds_at_once_hold_up_nobody(served: int) -> None:
    with ExitStack() as crowds:
        first, *_others = [crowds.enter_context(slow_clients(kind, served)) for kind in SENT]
        ask_beside(served, first)


@needs_nginx
def test_the_example_of_nginx_is_sound(tmp_path: Path) -> None:
    """With TLS, a certificate of the test's own included."""
    given = [
        "-nodes",
        "-subj",
        f"/CN={HOST}",
        "-keyout",
        str(tmp_path / "key.pem"),
        "-out",
        str(tmp_path / "certificate.pem"),
    ]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", *given], check=True, capture_output=True)
    (tmp_path / "nginx.conf").write_text(example(f"{HOST}:0 ssl".replace(":0", ":44300"), 8000, tmp_path))
    tried = [str(NGINX), "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(tried, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@needs_nginx
@pytest.mark.parametrize("kind", ["forms", "uploads", "readers"])
def test_slow_clients_of_the_proxy_hold_up_nobody(proxied: int, kind: str) -> None:
    with slow_clients(kind, proxied) as clients:
        ask_beside(proxied, clients)


@needs_nginx
def test_a_body_reaches_the_server_whole_only(proxied: int, served: int) -> None:
    """The server behind would see a half of a request as one more open connection."""
    before = connections_to(served)
    with slow_clients("forms", proxied):
        time.sleep(0.5)
        assert connections_to(served) - before < CLIENTS // 2


def connections_to(port: int) -> int:
    """Established connections whose far end is this port of this machine."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[2].endswith(f":{port:04X}") and line[3] == "01" for line in lines)
