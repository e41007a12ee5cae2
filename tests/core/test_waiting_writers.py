"""Who waits to write on SQLite asks evenly, as long as the connection's patience lasts, and gets the lock soon."""

import threading
import time
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from tests.patience import until
from traektoria.core.patience import is_busy, patience
from traektoria.core.sqlite import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows"),
]


class Holder:
    """Another connection that holds the lock of writers until it is told to give it back."""

    def __init__(self) -> None:
        self.has_it, self.may_go = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._hold)

    def __enter__(self) -> "Holder":
        self._thread.start()
        assert self.has_it.wait(60)
        return self

    def __exit__(self, *_trouble: Any) -> None:
        self.may_go.set()
        self._thread.join()

    def _hold(self) -> None:
        with transaction.atomic():
            self.has_it.set()
            self.may_go.wait(60)
        connection.close()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    made = list[float]()

    def pause(seconds: float) -> None:
        made.append(seconds)
        time.sleep(seconds)

    monkeypatch.setattr("traektoria.core.sqlite.base.sleep", pause)
    return made


def timeout() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return int(cursor.fetchone()[0])


def test_it_asks_evenly_and_writes_as_soon_as_the_other_has_ended(pauses: list[float]) -> None:
    before, wrote = timeout(), threading.Event()

    def write() -> None:
        with patience(60), transaction.atomic():
            wrote.set()
        connection.close()

    with Holder():
        thread = threading.Thread(target=write)
        thread.start()
        until(lambda: len(pauses) >= 30)
        assert not wrote.is_set()
    thread.join()
    assert wrote.is_set()
    assert set(pauses) == {base.PAUSE}
    assert timeout() == before


def test_whose_patience_is_over_is_told_and_waits_as_before_afterwards(pauses: list[float]) -> None:
    before = timeout()
    with Holder():
        with pytest.raises(OperationalError) as refusal, patience(0), transaction.atomic():
            raise AssertionError
        assert is_busy(refusal.value)
    assert pauses == []
    assert timeout() == before
    with transaction.atomic():
        assert connection.in_atomic_block
