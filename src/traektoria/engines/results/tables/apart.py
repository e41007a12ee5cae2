"""Tables computed in a process of their own: what the libraries of tables need (about 180 MB) is given back with it.

It is started when a table is asked for that nobody has computed, answers what is asked meanwhile, and ends when nobody
has asked for a while, or with the process that started it.
"""

import contextlib
import pickle
import select
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, Final, cast

from .decisions import Decisions
from .groups import Selection
from .kinds import Published, TableKind, compute
from .rows import Spec
from .source import Dataset

IDLE: Final = 60.0
"""Seconds for which it waits for another question."""
OPENED: Final = 4
_lock = Lock()
_running: "subprocess.Popen[bytes] | None" = None


def compute_apart(path: Path, decisions: Decisions, kind: TableKind, selection: Selection, spec: Spec) -> Published:
    """``compute`` for the dataset at ``path``. Raises what ``compute`` raises: OSError where files are lost."""
    asked = pickle.dumps((path, decisions, kind, selection, dict(spec)))
    with _lock:
        try:
            answer = _answer(asked)
        except (EOFError, BrokenPipeError):  # it has just ended
            answer = _answer(asked)
    if isinstance(answer, BaseException):
        raise answer
    return answer  # type: ignore[no-any-return]


def _answer(asked: bytes) -> Any:
    global _running
    if _running is None or _running.poll() is not None:
        _running = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=-1
        )
    questions, answers = cast(BinaryIO, _running.stdin), cast(BinaryIO, _running.stdout)
    try:
        questions.write(asked)
        questions.flush()
        return pickle.load(answers)  # noqa: S301 - our own process
    except (EOFError, BrokenPipeError):
        _running.kill()
        _running.wait()
        for pipe in (questions, answers):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        _running = None
        raise


def serve(questions: BinaryIO, answers: BinaryIO, idle: float = IDLE) -> None:
    """Answer until nobody asks. One who asks waits for the answer, so no question lies in the buffer meanwhile."""
    opened: OrderedDict[tuple[Path, str], Dataset] = OrderedDict()
    while select.select([questions], [], [], idle)[0]:
        try:
            path, decisions, kind, selection, spec = pickle.load(questions)  # noqa: S301 - our own process
        except EOFError:
            return
        answers.write(_pickled(opened, path, decisions, kind, selection, spec))
        answers.flush()


def _pickled(
    opened: "OrderedDict[tuple[Path, str], Dataset]",
    path: Path, decisions: Decisions, kind: TableKind, selection: Selection, spec: Spec,
) -> bytes:  # fmt: skip
    key = path, repr(decisions.as_json())
    try:
        source = opened.pop(key, None) or Dataset(path, published=decisions)
        opened[key] = source
        while len(opened) > OPENED:
            opened.popitem(last=False)
        return pickle.dumps(compute(source, kind, selection, spec))
    except OSError as lost:
        return pickle.dumps(lost)
    except Exception as error:
        return pickle.dumps(RuntimeError(f"{type(error).__name__} in a table"))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
