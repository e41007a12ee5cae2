"""``python -m traektoria.core.serving.supervisor DESCRIPTOR WORKERS``: the parent of the process group.

It loads the application once, forks the members, starts again who died, and ends them together. What was loaded is one
memory for all of them (docs/adr/0074-members-are-forked.md). It answers nothing and has no thread itself. A member is
any function; another one is another line of ``members_of``.
"""

import ctypes
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from typing import Any, Final

from traektoria.core.serving.preload import OURS, load, warm
from traektoria.core.serving.tasks import work
from traektoria.core.serving.worker import answer

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
STOPS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux."""
BE_CALLED: Final = 15
"""PR_SET_NAME of Linux: what ``top`` shows."""
ARENAS: Final = -8
"""M_ARENA_MAX of glibc: threads of a member share what was given back, else each holds its own leavings."""


@dataclass
class Member:
    """A process that is to run as long as the group does: ``work`` in a fork of this one; ``top`` shows ``short``."""

    name: str
    short: str
    work: Callable[[], None]
    process: ForkProcess | None = None
    began: float = 0.0
    pause: float = 0.0

    def look(self, now: float) -> None:
        """Start it, or start it again when it is gone."""
        if self.process is not None and (status := self.process.exitcode) is not None:
            self._rest(now)
            say(f"{self.name}: процесс завершился ({_how(status)}), запускаю снова.")
        if self.process is None and now >= self.began + self.pause:
            try:
                self.process = self._forked()
            except OSError as trouble:
                self._rest(now)
                say(f"{self.name}: процесс не запустить ({trouble.strerror}), пробую снова.")
            else:
                self.began = now

    def _forked(self) -> ForkProcess:
        given = (self.short, self.work, os.getpid())
        process = get_context("fork").Process(target=member_of_the_group, args=given)
        with no_stops():
            process.start()
        return process

    def _rest(self, now: float) -> None:
        """It does not run: a growing pause, unless it has lived long."""
        lived = self.process is not None and now - self.began > STEADY
        self.pause = 0.0 if lived else min(2 * self.pause or LOOK, LONGEST_PAUSE)
        self.process, self.began = None, now

    def tell(self, number: int) -> None:
        if not self.is_gone():
            os.kill(self.process.pid, number)  # type: ignore[union-attr, arg-type]

    def is_gone(self) -> bool:
        return self.process is None or self.process.exitcode is not None


@contextmanager
def no_stops() -> Iterator[None]:
    """A signal that comes meanwhile waits: a child that still had its parent's answers to them would forget it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def member_of_the_group(short: str, work: Callable[[], None], parent: int) -> None:
    """What a child does first: stop as processes do, be lean, and ask the system to end it with its parent (Linux)."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.prctl(BE_CALLED, short.encode())
        if hasattr(library, "mallopt"):
            library.mallopt(ARENAS, 1)
        library.prctl(DIE_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:
            return
    work()


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
        for number in STOPS:
            signal.signal(number, self._stop)
        try:
            while not self._asked:
                for member in self.members:
                    member.look(time.monotonic())
                if self.opening:
                    self.opening.look()
                time.sleep(LOOK)
        finally:
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


def _how(status: int) -> str:
    return f"сигнал {-status}" if status < 0 else f"код {status}"


def say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def members_of(listener: socket.socket, workers: int, application: str = OURS) -> list[Member]:
    """Who is in the group, all that they need loaded; ``application`` is another one than ours for the benches."""
    gc.disable()  # nothing of what is loaded is garbage: it is never looked through
    serve = partial(answer, load(application), listener)
    members = [Member(f"Сервер {number}", f"server {number}", serve) for number in range(1, workers + 1)]
    if application == OURS:
        warm()
        members.append(Member("Фоновые дела", "tasks", work))
    gc.freeze()
    return members


def opening_of(told: str) -> Opening | None:
    """From the environment: host and port on the first line, then the words."""
    address, _line, words = told.partition("\n")
    host, _space, port = address.partition(" ")
    return Opening(host, int(port), words) if port else None


if __name__ == "__main__":
    opening = opening_of(os.environ.pop(TOLD, ""))
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        Group(members_of(listener, int(sys.argv[2]), *sys.argv[3:]), opening).run()
