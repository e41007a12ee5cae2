"""``python -m traektoria.core.serving.supervisor DESCRIPTOR WORKERS``: the parent of the process group.

It knows no Django and holds no data: it starts the members, starts again who died, and ends them together. A member is
any command; another one is another line of ``members_of``.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

LOOK: Final = 0.5
"""Seconds between looks at the members."""
FIRST_PAGE: Final = 2.0
"""Seconds that one look waits for the first page."""
STEADY: Final = 20.0
"""A member that lived for so many seconds is started again at once; another one after a growing pause."""
LONGEST_PAUSE: Final = 30.0
PATIENCE: Final = 25.0
"""Seconds for members to end by themselves; a little more than the server gives to what is being answered."""
TOLD: Final = "TRAEKTORIA_OPENING"
"""The variable in which ``traektoria start`` hands over what is said when the first page answers."""
TASKS: Final = (sys.executable, "-m", "traektoria.core.serving.tasks")
LEAN: Final = {"MALLOC_ARENA_MAX": "1"}
"""For the allocator of glibc: threads of a member share what was given back, else each holds its own leavings."""
DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux."""


@dataclass
class Member:
    """A process that is to run as long as the group does; ``descriptor`` is the socket it is given, if any."""

    name: str
    command: Sequence[str]
    descriptor: int | None = None
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = 0.0

    def look(self, now: float) -> None:
        """Start it, or start it again when it is gone."""
        if self.process is not None and (status := self.process.poll()) is not None:
            self.pause = 0.0 if now - self.began > STEADY else min(2 * self.pause or LOOK, LONGEST_PAUSE)
            self.process, self.began = None, now
            say(f"{self.name}: процесс завершился ({_how(status)}), запускаю снова.")
        if self.process is None and now >= self.began + self.pause:
            given = () if self.descriptor is None else (self.descriptor,)
            around = LEAN | os.environ
            self.process = subprocess.Popen(  # noqa: S603
                self.command, pass_fds=given, preexec_fn=with_parent(), env=around
            )
            self.began = now

    def tell(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def is_gone(self) -> bool:
        return self.process is None or self.process.poll() is not None


@dataclass
class Opening:
    """What is said once, when a page answers at ``host`` and ``port``: an address printed before leads nowhere yet."""

    host: str
    port: int
    words: str
    said: bool = False

    def look(self) -> None:
        if not self.said and self._answers():
            self.said = True
            sys.stdout.write(self.words)
            sys.stdout.flush()

    def _answers(self) -> bool:
        """One look waits as long as the first page may take to be made; the members are looked after again then."""
        try:
            with socket.create_connection((self.host, self.port), timeout=FIRST_PAGE) as line:
                line.sendall(f"GET / HTTP/1.0\r\nHost: localhost:{self.port}\r\n\r\n".encode())
                return line.recv(5) == b"HTTP/"
        except OSError:
            return False


class Group:
    """The members, from the start to SIGTERM or Ctrl+C; a second one ends them without waiting."""

    def __init__(self, members: Sequence[Member], opening: Opening | None = None) -> None:
        self.members, self.opening = members, opening
        self._asked = False  # a plain word: an Event set by a signal can wait for itself
        self._patience = PATIENCE

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        while not self._asked:
            for member in self.members:
                member.look(time.monotonic())
            if self.opening:
                self.opening.look()
            time.sleep(LOOK)
        self._end()

    def _stop(self, *_signal: Any) -> None:
        if self._asked:
            self._patience = 0.0
        self._asked = True

    def _end(self) -> None:
        began = time.monotonic()
        for member in self.members:
            member.tell(signal.SIGTERM)
        while not all(member.is_gone() for member in self.members):
            if time.monotonic() > began + self._patience:
                for member in self.members:
                    member.tell(signal.SIGKILL)
            time.sleep(0.05)


def with_parent() -> Callable[[], None] | None:
    """What a child does first: ask the system to end it with its parent, however the parent ends (Linux)."""
    if sys.platform != "linux":
        return None
    library, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        library.prctl(DIE_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return ask


def _how(status: int) -> str:
    return f"сигнал {-status}" if status < 0 else f"код {status}"


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def members_of(descriptor: int, workers: int, *application: str) -> list[Member]:
    """Who is in the group; ``application`` is another one than ours, for the benches."""
    serve = [sys.executable, "-m", "traektoria.core.serving.worker", str(descriptor), *application]
    servers = [Member(f"Сервер {number}", serve, descriptor) for number in range(1, workers + 1)]
    return servers if application else [*servers, Member("Фоновые дела", TASKS)]


def opening_of(told: str) -> Opening | None:
    """From the environment: host and port on the first line, then the words."""
    address, _line, words = told.partition("\n")
    host, _space, port = address.partition(" ")
    return Opening(host, int(port), words) if port else None


if __name__ == "__main__":
    members = members_of(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
    Group(members, opening_of(os.environ.pop(TOLD, ""))).run()
