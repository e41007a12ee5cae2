"""Locks between processes of one installation. They end with the process that holds them, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.conf import settings

BACKUP, ERASING, RUNNING = ".backup", ".erasing", ".running"


def _opened(name: str) -> int:
    return os.open(Path(settings.DATA) / name, os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def _held(name: str, kind: int, *, wait: bool = False) -> Iterator[bool]:
    """Yields whether the lock is held; without ``wait`` at once."""
    descriptor = _opened(name)
    try:
        try:
            fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)


def erasing() -> AbstractContextManager[bool]:
    """To erase stored files: not while a backup goes."""
    return _held(ERASING, fcntl.LOCK_SH)


@contextmanager
def backing_up() -> Iterator[bool]:
    """To read all stored files: nobody erases one from now on. False where another backup goes."""
    with _held(BACKUP, fcntl.LOCK_EX) as alone:
        if not alone:
            yield False
            return
        with _held(ERASING, fcntl.LOCK_EX, wait=True):
            yield True


def replacing() -> AbstractContextManager[bool]:
    """To replace everything: no server and no writing command runs."""
    return _held(RUNNING, fcntl.LOCK_EX)


def run() -> None:
    """This process writes from now on until it ends. Waits for a restore to end."""
    fcntl.flock(_opened(RUNNING), fcntl.LOCK_SH)
