"""A process apart answers as this one would, is started again when it has died, and never outlives who asked."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from tests.patience import SECONDS, until
from traektoria.engines import process_apart
from traektoria.engines.papers import PaperTooLong
from traektoria.engines.process_apart import Apart, Failed, NoAnswer

LONG = 100_000.0


@pytest.fixture
def other() -> Iterator[Apart]:
    process = Apart("test", idle=LONG, patience=SECONDS)
    yield process
    if process.running:
        process._ended(process.running)


def test_one_process_answers_question_after_question(other: Apart) -> None:
    first, second = other.ask(os.getpid), other.ask(os.getpid)
    assert first == second != os.getpid()
    assert other.ask(divmod, 17, 5) == (3, 2)


def test_it_is_started_again_when_it_has_died(other: Apart) -> None:
    first = other.ask(os.getpid)
    os.kill(first, signal.SIGKILL)
    assert other.ask(os.getpid) != first


def test_what_it_raises_is_raised_here(other: Apart) -> None:
    with pytest.raises(FileNotFoundError):
        other.ask(os.stat, "/there/is/none")
    with pytest.raises(Failed, match="InvalidOperation") as failed:  # of a module that need not be loaded here
        other.ask(Decimal, "secret")
    assert InvalidOperation.__module__ == "decimal"
    assert "secret" not in str(failed.value)
    assert other.ask(abs, -1) == 1


def test_a_refusal_of_ours_comes_whole() -> None:
    is_answer, refusal = pickle.loads(process_apart._raised(PaperTooLong("Длинный текст", 7, 9)))  # noqa: S301 - our own
    assert (is_answer, refusal.longest, refusal.signs, refusal.total) == (False, "Длинный текст", 7, 9)


def test_an_answer_that_takes_too_long_ends_the_process_and_the_next_one_is_answered(other: Apart) -> None:
    first = other.ask(os.getpid)
    other.patience = 0.1
    with pytest.raises(NoAnswer, match="within"):
        other.ask(time.sleep, LONG)
    other.patience = SECONDS
    assert other.ask(os.getpid) != first


def test_a_process_that_dies_of_its_question_is_no_endless_loop(other: Apart) -> None:
    with pytest.raises(NoAnswer, match="died"):
        other.ask(os._exit, 3)
    assert other.ask(abs, -1) == 1


def test_where_no_process_can_be_started_there_is_no_answer(other: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/there/is/none")
        with pytest.raises(NoAnswer, match="can't be started"):
            other.ask(abs, -1)
    assert other.ask(abs, -1) == 1


def test_it_ends_when_nobody_asks() -> None:
    short = Apart("test", idle=0.01, patience=SECONDS)
    assert short.ask(abs, -1) == 1
    assert short.running
    assert short.running.wait(SECONDS) == 0
    assert short.ask(abs, -2) == 2  # by a new one
    assert short.running
    short._ended(short.running)


ASKING = """
import os, sys, time
from traektoria.engines.process_apart import Apart
other = Apart("test", idle=100_000, patience=100_000)
print(other.ask(os.getpid), flush=True)
other.ask(time.sleep, 100_000)
"""


def test_it_ends_in_the_middle_of_its_work_with_the_one_who_asked() -> None:
    with subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout
        other = int(asking.stdout.readline())
        asking.kill()
    until(lambda: not is_running(other))


def is_running(pid: int) -> bool:
    """A process whose end nobody has taken note of is none."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
