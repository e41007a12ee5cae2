"""A process apart: what needs heavy libraries (tables: DuckDB; papers: Typst) is done there and given back with it.

    PAPERS = Apart("papers", idle=60, patience=90)
    file = PAPERS.ask(render_pdf, card)      # a function of a module, with arguments and an answer that pickle can take

It is started by the first question, kept warm for the next ones, started again when it has died, and ends by itself: if
nobody has asked for ``idle`` seconds, and at once with the process that started it, however that one ends.
"""

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread, Timer
from time import monotonic
from typing import Any, BinaryIO, Final, TypeVar, cast

T = TypeVar("T")
OURS: Final = frozenset({"builtins", "traektoria"})
"""Errors of other modules would load them in the process that asked."""


class NoAnswer(Exception):
    """The process died or took longer than it may; it is started anew by the next question."""


class Failed(Exception):
    """A mistake in the process apart; where it happened stands in its note."""


@dataclass
class Apart:
    """One process; ``patience``: seconds for which one question may be waited for and worked on."""

    name: str
    idle: float
    patience: float
    running: "subprocess.Popen[bytes] | None" = None
    _lock: Lock = field(default_factory=Lock)

    def ask(self, function: Callable[..., T], *args: Any) -> T:
        """``function(*args)``, and what it raises. Raises ``NoAnswer`` where there is none."""
        asked = pickle.dumps((function, args))
        if not self._lock.acquire(timeout=self.patience):
            raise NoAnswer(f"{self.name}: others are answered for too long")
        try:
            is_answer, found = self._answer(asked)
        finally:
            self._lock.release()
        if is_answer:
            return cast(T, found)
        raise found

    def _answer(self, asked: bytes) -> Any:
        """Asked once more where it has died: it may have just ended, because nobody had asked."""
        end = monotonic() + self.patience
        for _try in range(2):
            with contextlib.suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):  # it has died, maybe in a word
                return self._told(asked, end)
            if monotonic() >= end:
                raise NoAnswer(f"{self.name}: no answer within {self.patience} s")
        raise NoAnswer(f"{self.name}: the process died while it answered")

    def _told(self, asked: bytes, end: float) -> Any:
        if self.running is None or self.running.poll() is not None:
            self.running = self._started()
        process = self.running
        questions, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        late = Timer(max(0.0, end - monotonic()), process.kill)
        late.daemon = True
        late.start()
        try:
            questions.write(asked)
            questions.flush()
            return pickle.load(answers)  # noqa: S301 - our own process
        except BaseException:  # what it would still say belongs to no later question
            self._ended(process)
            raise
        finally:
            late.cancel()

    def _started(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", __name__, self.name, str(self.idle)]
        try:
            return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own
        except OSError as error:  # no memory, no process more
            raise NoAnswer(f"{self.name}: the process can't be started ({error.strerror})") from error

    def _ended(self, process: "subprocess.Popen[bytes]") -> None:
        self.running = None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):
                cast(BinaryIO, pipe).close()


def serve(questions: BinaryIO, answers: BinaryIO, idle: float) -> None:
    """Answer until nobody asks. One who asks waits for the answer, so no question lies in the buffer meanwhile."""
    while select.select([questions], [], [], idle)[0]:
        try:
            asked = pickle.load(questions)  # noqa: S301 - our own process
        except EOFError:
            return
        answers.write(_answered(*asked))
        answers.flush()


def _answered(function: Callable[..., Any], args: tuple[Any, ...]) -> bytes:
    try:
        return pickle.dumps((True, function(*args)))
    except Exception as error:
        return _raised(error)


def _raised(error: Exception) -> bytes:
    if type(error).__module__.partition(".")[0] in OURS:
        with contextlib.suppress(Exception):
            told = pickle.dumps((False, error))
            pickle.loads(told)  # noqa: S301 - an error may be written and yet not read
            return told
    failed = Failed(type(error).__name__)  # its words may tell what it worked on
    failed.add_note("".join(traceback.format_tb(error.__traceback__)))
    return pickle.dumps((False, failed))


def _end_with(questions: BinaryIO) -> None:
    """Wait until nobody holds the other end any more; in the middle of work that nobody waits for."""
    hung_up = select.poll()
    hung_up.register(questions, 0)  # POLLHUP comes unasked, a question does not
    hung_up.poll()
    os._exit(0)


def main(idle: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal's Ctrl+C: the one who asks ends by itself
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    questions = sys.stdin.buffer
    Thread(target=_end_with, args=(questions,), daemon=True).start()
    serve(questions, answers, idle)


if __name__ == "__main__":
    # Under its name: what is pickled as of __main__ can't be read by others.
    from traektoria.engines import process_apart

    process_apart.main(float(sys.argv[2]))
