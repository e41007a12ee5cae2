"""The group lives and ends together; who dies in it is started again. With little commands instead of servers."""

import errno
import gc
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from tests.patience import SECONDS, until
from traektoria.core.serving import supervisor
from traektoria.core.serving.supervisor import Member, members_of

PATIENT = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PATIENT
GROUP = """
import sys
from functools import partial
from traektoria.core.serving import supervisor
supervisor.PATIENCE = 0.5
program, folder = sys.argv[1:]
def work(name):
    sys.argv = ["", folder + name]
    exec(program)
supervisor.Group([supervisor.Member(name, name, partial(work, name)) for name in "ab"]).run()
"""


class Running:
    """A supervisor of two members, each of which writes its process into a file when it begins."""

    def __init__(self, folder: Path, program: str) -> None:
        self.folder = folder
        command = [sys.executable, "-c", GROUP, program, f"{folder}/"]
        self.process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE, text=True)

    def begun(self, name: str) -> list[int]:
        """Processes of a member so far."""
        kept = self.folder / name
        return [int(line) for line in kept.read_text().splitlines()] if kept.exists() else []

    def both_begun(self) -> bool:
        return bool(self.begun("a") and self.begun("b"))

    def all_gone(self) -> bool:
        return not any(is_alive(pid) for name in "ab" for pid in self.begun(name))


def is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def group(tmp_path: Path, request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    running = Running(tmp_path, getattr(request, "param", PATIENT))
    until(running.both_begun)
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
    running.process.communicate()


def test_a_killed_member_is_started_again(group: Running) -> None:
    os.kill(group.begun("a")[0], signal.SIGKILL)
    until(lambda: len(group.begun("a")) == 2)
    assert is_alive(group.begun("a")[1])
    assert len(group.begun("b")) == 1


@pytest.mark.parametrize("group", [PATIENT, DEAF], indirect=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_group_ends_together(group: Running, number: int) -> None:
    """A member that does not listen is ended after the patience."""
    group.process.send_signal(number)
    assert group.process.wait(SECONDS) == 0
    assert group.all_gone()
    assert group.process.stderr is not None
    assert group.process.stderr.read() == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_nobody_outlives_a_killed_supervisor(group: Running) -> None:
    group.process.kill()
    until(group.all_gone)


def test_who_dies_at_once_is_started_with_growing_pauses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    member, starts = Member("Сервер 1", "server 1", partial(sys.exit, 3)), []
    now = 0.0
    for _ in range(200):
        before = member.process
        member.look(now)
        if member.process is not None and member.process is not before:
            starts.append(now)
            member.process.join()
        now += 0.5
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert gaps[0] <= 1.0
    assert gaps == sorted(gaps)
    assert gaps[-1] >= supervisor.LONGEST_PAUSE
    assert "Сервер 1: процесс завершился (код 3), запускаю снова." in capsys.readouterr().err


def test_a_machine_that_can_fork_no_more_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_given: object) -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    member = Member("Сервер 1", "server 1", partial(sys.exit, 0))
    with monkeypatch.context() as machine:
        machine.setattr(os, "fork", full)
        member.look(0.0)
        member.look(0.1)
        assert member.is_gone()
    assert capsys.readouterr().err.count("Сервер 1: процесс не запустить") == 1
    member.look(1.0)
    assert member.process is not None
    member.process.join()


def test_ours_has_who_works_in_the_background_and_another_application_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "load", lambda named: named)
    monkeypatch.setattr(supervisor, "warm", lambda: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert [member.short for member in members_of(listener, 2)] == ["server 1", "server 2", "tasks"]
        assert [member.short for member in members_of(listener, 1, "another:one")] == ["server 1"]
    gc.enable()


def test_the_address_is_said_when_a_page_answers_and_once(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        opening = supervisor.opening_of(f"127.0.0.1 {listener.getsockname()[1]}\nТраектория открыта\n")
        assert opening
        supervisor_wait, supervisor.FIRST_PAGE = supervisor.FIRST_PAGE, 0.1  # type: ignore[misc]
        opening.look()  # the port is open, and nobody answers
        supervisor.FIRST_PAGE = supervisor_wait  # type: ignore[misc]
        assert capsys.readouterr().out == ""
        listener.settimeout(SECONDS)
        Thread(target=_answer, args=[listener], daemon=True).start()
        opening.look()
        opening.look()
    assert capsys.readouterr().out == "Траектория открыта\n"


def _answer(listener: socket.socket) -> None:
    """The first connection was left; the second one gets a page."""
    for _time in range(2):
        line, _from = listener.accept()
        with line:
            line.recv(1000)
            line.sendall(b"HTTP/1.1 302 Found\r\n\r\n")


def test_nothing_is_said_where_nothing_was_told() -> None:
    assert supervisor.opening_of("") is None
